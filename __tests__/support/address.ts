import { type EmailAddress, parseEmailAddress } from '../../src/text/email-address.ts'

/** A checked address for a test. */
export function address(text: string): EmailAddress {
  const email = parseEmailAddress(text)
  if (typeof email === 'object') throw new Error(`${text} ${email.problem}`)
  return email
}

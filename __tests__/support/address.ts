import { type EmailAddress, isEmailAddress } from '../../src/text/email-address.ts'

/** A checked address for a test. */
export function address(text: string): EmailAddress {
  if (!isEmailAddress(text)) throw new Error(`${text} is no address`)
  return text
}

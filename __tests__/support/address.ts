import { type EmailAddress, parseEmailAddress } from '../../src/text/email-address.ts'
import { problemText } from '../../src/text/problem.ts'
import type { User } from '../../src/users/user.ts'

/** A checked address for a test. */
export function address(text: string): EmailAddress {
  const email = parseEmailAddress(text)
  if (typeof email === 'object') throw new Error(problemText(email))
  return email
}

/** A user with nothing but an address. */
export function user(text: string): User {
  return { email: address(text), timing: 'due', source: 'email' }
}

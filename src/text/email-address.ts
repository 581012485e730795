import * as v from 'valibot'
import { unprintableIn } from './plain-text.ts'

const EmailAddress = v.pipe(v.string(), v.brand('EmailAddress'))

/** An address that {@link parseEmailAddress} found nothing wrong with, in the letter case it was given. */
export type EmailAddress = v.InferOutput<typeof EmailAddress>

/** What is wrong with an address, as the end of a sentence that begins with it. */
export interface AddressProblem {
  readonly problem: string
}

/** RFC 5321, 4.5.3.1: a path holds 256 octets, two of them the angle brackets. */
const MAX_LENGTH = 254

/**
 * Checks an address.
 *
 * The check is stricter than RFC 5322: quoted local parts and addresses without a dot in the domain are far more
 * often a mistake than an account, and a mistaken address revokes nobody.
 */
export function parseEmailAddress(text: string): EmailAddress | AddressProblem {
  const problem = problemWith(text)
  return problem === undefined ? v.parse(EmailAddress, text) : { problem }
}

/** The form in which addresses are compared: without regard to letter case. */
export function addressKey(email: string): string {
  return email.toLowerCase()
}

function problemWith(text: string): string | undefined {
  const unprintable = unprintableIn(text)
  if (unprintable !== undefined) {
    return `contains an invisible or control character (${unprintable}); type the address instead of pasting it`
  }
  if (/\s/.test(text))
    return 'contains white space; give one address per line, or separate addresses with commas'
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  if (!/^[^@<>()[\]\\,;:"]+@[^@<>()[\]\\,;:"]+$/.test(text))
    return 'is not an email address like user@example.com'
  const domain = text.slice(text.indexOf('@') + 1)
  const labels = domain.split('.')
  if (labels.length < 2 || labels.includes('')) return 'has no complete domain like example.com after the @'
  return undefined
}

import { unprintableIn } from './plain-text.ts'

declare const checked: unique symbol

/** An address that {@link emailAddressProblem} found nothing wrong with, in the letter case it was given. */
export type EmailAddress = string & { readonly [checked]: 'EmailAddress' }

/** RFC 5321, 4.5.3.1: a path holds 256 octets, two of them the angle brackets. */
const MAX_LENGTH = 254

/**
 * What is wrong with an address, as the end of a sentence that begins with it; undefined if nothing is.
 *
 * The check is stricter than RFC 5322: quoted local parts and addresses without a dot in the domain are far more
 * often a mistake than an account, and a mistaken address revokes nobody.
 */
export function emailAddressProblem(text: string): string | undefined {
  const unprintable = unprintableIn(text)
  if (unprintable !== undefined) {
    return `holds an invisible or control character (${unprintable}); type the address anew instead of pasting it`
  }
  if (/\s/.test(text)) return 'holds white space; give one address per line, or separate them by commas'
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  if (!/^[^@<>()[\]\\,;:"]+@[^@<>()[\]\\,;:"]+$/.test(text))
    return 'is no email address like user@example.com'
  const domain = text.slice(text.indexOf('@') + 1)
  const labels = domain.split('.')
  if (labels.length < 2 || labels.includes('')) return 'has no complete domain like example.com after the @'
  return undefined
}

/** Whether the address passes {@link emailAddressProblem}. */
export function isEmailAddress(text: string): text is EmailAddress {
  return emailAddressProblem(text) === undefined
}

import * as v from 'valibot'
import { unexpandedCause } from './mistakes.ts'
import { isAscii, unprintableIn } from './plain-text.ts'

const EmailAddress = v.pipe(v.string(), v.brand('EmailAddress'))

/** An address that {@link parseEmailAddress} found nothing wrong with, in the letter case it was given. */
export type EmailAddress = v.InferOutput<typeof EmailAddress>

/** What is wrong with an address, as the end of a sentence that begins with it. */
export interface AddressProblem {
  readonly problem: string
}

/** RFC 5321, 4.5.3.1: a path holds 256 octets, two of them the angle brackets. */
const MAX_LENGTH = 254

/** How addresses are often written, each with what to do about it. */
const COMMON_MISTAKES: readonly (readonly [RegExp, string])[] = [
  [/\*/, 'contains a `*`; wildcards are not supported, so list every address'],
  [/^mailto:/i, 'begins with `mailto:`; remove that, and write the address alone'],
  [/^smtp:/i, 'begins with `SMTP:`; remove that, and write the address alone'],
  [/#EXT#@/i, 'is the name of a guest in Entra; use the address, which is in another column, `mail`'],
  [/<[^<>]*@[^<>]*>/, 'contains angle brackets; write only the address that is between them'],
  [/;/, 'contains a semicolon; give one address per line, or separate addresses with commas'],
  [/^(["'`]).*\1$/, 'is in quotation marks; write the address without them'],
  [/^['‘’=]/, 'begins with a character by which a spreadsheet marks text or a formula; remove it'],
  [/\s/, 'contains white space; give one address per line, or separate addresses with commas'],
]

/** Most labels are nothing but these, and need none of Unicode's tables. */
const ASCII_LABEL = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i

/**
 * Checks an address.
 *
 * The check is stricter than RFC 5322: quoted local parts and addresses without a dot in the domain are far more
 * often a mistake than an account, and a mistaken address revokes no user.
 */
export function parseEmailAddress(text: string): EmailAddress | AddressProblem {
  const composed = composedMarks(text)
  const problem = problemWith(composed)
  return problem === undefined ? v.parse(EmailAddress, composed) : { problem }
}

/** Whether {@link parseEmailAddress} finds nothing wrong with the text. */
export function isEmailAddress(text: string): boolean {
  return problemWith(composedMarks(text)) === undefined
}

/** The texts in a text that are addresses, or nearly so. A word or a mere @ is none. */
export function addressesIn(text: string): string[] {
  return text.match(/[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+/g) ?? []
}

/** Letters with combining marks as one character. Other characters stay, even those that only look like letters. */
function composedMarks(text: string): string {
  // The expression is created on use, because setting up Unicode's tables takes milliseconds.
  return isAscii(text) ? text : text.replace(/\P{M}\p{M}+/gu, (letter) => letter.normalize('NFC'))
}

/**
 * The form in which addresses are compared: without regard to the letter case of ASCII letters.
 *
 * Of those alone, because Unicode folds letters that only look alike, such as the Kelvin sign and the letter k, and
 * would make one user of two.
 */
export function addressKey(email: string): string {
  return email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function problemWith(text: string): string | undefined {
  const cause = unexpandedCause(text)
  if (cause !== undefined) return `${cause}; write it as an expression like \`\${{ inputs.email }}\``
  const unprintable = unprintableIn(text)
  if (unprintable !== undefined) {
    return `contains an invisible or control character (${unprintable}); type the address instead of pasting it`
  }
  const mistake = COMMON_MISTAKES.find(([pattern]) => pattern.test(text))
  if (mistake !== undefined) return mistake[1]
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  if (!/^[^@<>()[\]\\,:"]+@[^@]+$/.test(text)) return 'is not an email address like user@example.com'
  if (/^\.|\.@|\.\..*@/.test(text))
    return 'has a dot at an end of the part before the @, or two in a row; fix the address'
  return domainProblem(text.slice(text.indexOf('@') + 1))
}

/** The expression is created on use, because setting it up takes milliseconds. */
function isUnicodeLabel(label: string): boolean {
  return /^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}-]*[\p{L}\p{M}\p{Nd}])?$/u.test(label)
}

function domainProblem(domain: string): string | undefined {
  const labels = domain.split('.')
  if (labels.length < 2 || labels.includes('')) return 'has no complete domain like example.com after the @'
  if (!labels.every((label) => ASCII_LABEL.test(label) || isUnicodeLabel(label))) {
    return 'has something in its domain that is not a letter, a digit, or a hyphen between them'
  }
  return /\.(?:\d+|.)$/u.test(domain)
    ? 'has no top-level domain like .com at its end; fix the address'
    : undefined
}

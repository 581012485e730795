import * as v from 'valibot'
import { unexpandedCause } from './mistakes.ts'
import { codePointName, isAscii, shownValue, unprintableIn } from './plain-text.ts'
import type { Problem } from './problem.ts'

const EmailAddress = v.pipe(v.string(), v.brand('EmailAddress'))

/** An address that {@link parseEmailAddress} found nothing wrong with, in the letter case it was given. */
export type EmailAddress = v.InferOutput<typeof EmailAddress>

/** RFC 5321, 4.5.3.1: a path holds 256 octets, two of them the angle brackets. */
const MAX_LENGTH = 254

/**
 * Checks an address.
 *
 * The check is stricter than RFC 5322: quoted local parts and addresses without a dot in the domain are far more
 * often a mistake than an account, and a mistaken address revokes no user.
 */
export function parseEmailAddress(text: string): EmailAddress | Problem {
  const composed = text.length > MAX_LENGTH ? text : composedMarks(text)
  if (isValid(composed)) return v.parse(EmailAddress, composed)
  const { is, remedy } = mistakeIn(composed)
  return { what: `${shownValue(text)} ${is}`, ...(remedy !== undefined && { remedy }) }
}

/** Whether {@link parseEmailAddress} finds nothing wrong with the text. */
export function isEmailAddress(text: string): boolean {
  return text.length <= MAX_LENGTH && text.includes('@') && isValid(composedMarks(text))
}

/** The words of a text that are addresses, or nearly so. A word without @, or a mere @, is not. */
export function addressesIn(text: string): string[] {
  return text.split(/[\s<>()[\]\\,;:"]/).filter((word) => /[^@]@[^@]/.test(word))
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

function isValid(text: string): boolean {
  if (text.length > MAX_LENGTH) return false
  const [localPart = '', domain = '', ...others] = text.split('@')
  return (
    others.length === 0 &&
    /^[^.'=\s"(),:;<>[\]\\*][^\s"(),:;<>[\]\\*]*$/.test(localPart) &&
    !/\.\.|\.$|#EXT#$/i.test(localPart) &&
    domainMistake(domain) === undefined &&
    (isAscii(text) || (unprintableIn(text) === undefined && refusedCharacter(text) === undefined))
  )
}

/** The first character beyond ASCII that is no letter, mark, or digit, or a letter that modifies another one. */
function refusedCharacter(text: string): string | undefined {
  // Created on use, see above.
  return /(?![\x20-\x7e])(?:[\u02B0-\u02FF]|[^\p{L}\p{M}\p{Nd}])/u.exec(text)?.[0]
}

/** What is wrong with an address. */
interface Mistake {
  /** The end of a sentence that begins with the address. */
  readonly is: string
  readonly remedy?: string
}

const ALONE = 'Write only the address.'
const SEPARATELY = 'Separate addresses with commas, or write one per line.'
const TYPE_IT = 'Type the address instead of pasting it.'

/** What people paste instead of an address. The first pattern that matches tells. */
const PASTED: readonly (readonly [pattern: RegExp, is: string, remedy: string])[] = [
  [/^@\{/, 'is an object as PowerShell writes it', 'Use `ConvertTo-Json`, or write only the address.'],
  [/^#{1,6}\s/, 'is a heading, as in the text of an issue form', 'Write only the answer to the question.'],
  [/^_no response_$/i, 'is the empty answer of an issue form', 'Write the address.'],
  [/#EXT#/i, 'is the name of a guest in Entra', 'Use the address, which is in another column, `mail`.'],
  [/^(?:https?|ftp):\/\//i, 'is a URL', 'Write an address.'],
  [/&(?:[a-z]{2,8}|#\w{2,7});/i, 'contains an HTML entity, such as `&lt;`', ALONE],
  [/<\/|<(?:a|b|i|p|br|em|div|code|span|strong)\b[^@>]{0,99}[=>]/i, 'contains HTML', ALONE],
  [/[[\]]|<mailto:/, 'contains a link or brackets, as in Markdown, Slack, or Jira', ALONE],
  [/^•/, 'begins with U+2022, the mark of a list', `Remove it. ${SEPARATELY}`],
  [/^[-+*]\s|^\d{1,5}[.)]\s/, 'begins with the mark of a list', `Remove it. ${SEPARATELY}`],
  [/^`.*`$/, 'is in backticks', ALONE],
  [/^[*_]{1,2}[^*_@].*[*_]$/, 'is bold or italic in Markdown', ALONE],
  [/\*/, 'contains a `*`', 'Wildcards are not supported, so list every address.'],
  [/^[^@]*@[^@\s,;|/&]*[\s,;|/&][^@]*@/, 'contains several addresses', SEPARATELY],
  [/^(?:mailto|smtp|sip|e-?mail|to|cc):/i, 'begins with a label like `mailto:`', ALONE],
  [/[<>]/, 'contains angle brackets', 'Write only the address that is between them.'],
  [/;/, 'contains a semicolon', SEPARATELY],
  [/^(["'])[^"']*\1$/, 'is in quotation marks', 'Write the address without them.'],
  [/^['=]/, 'begins with a character by which a spreadsheet marks text or a formula', 'Remove it.'],
  [/\s/, 'contains white space', `Write only the address, without a name. ${SEPARATELY}`],
  [/[.!?)]$/, 'ends with a punctuation mark', 'Remove it.'],
]

/** Characters that programs write instead of others. */
const LOOK_ALIKES: readonly (readonly [pattern: RegExp, name: string, ascii: string])[] = [
  [/[\u2018\u2019\u201B\u02B9\u02BB-\u02BD\u00B4\u2032\uFF07]/, 'an apostrophe', "'"],
  [/[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/, 'a hyphen', '-'],
  [/[\uFE6B\uFF20]/, 'an @ sign', '@'],
]
const QUOTATION_MARK = /[\u00AB\u00BB\u2018-\u201F\u2039\u203A]/

function mistakeIn(text: string): Mistake {
  if (text.length > MAX_LENGTH) {
    return { is: `is longer than an address can be (${MAX_LENGTH} characters)`, remedy: SEPARATELY }
  }
  const cause = unexpandedCause(text)
  if (cause !== undefined) {
    return { is: cause, remedy: 'Write it as an expression like `${{ inputs.email }}`.' }
  }
  const unprintable = unprintableIn(text)
  if (unprintable !== undefined) {
    return { is: `contains an invisible or control character (${unprintable})`, remedy: TYPE_IT }
  }
  const pasted = PASTED.find(([pattern]) => pattern.test(text))
  if (pasted !== undefined) return { is: pasted[1], remedy: pasted[2] }
  const refused = refusedCharacter(text)
  if (refused !== undefined) return refusedMistake(refused, text)
  const [localPart = '', domain, ...others] = text.split('@')
  if (domain === undefined || others.length > 0 || localPart === '' || /[",:()\\]/.test(localPart)) {
    return { is: 'is not an email address like user@example.com' }
  }
  return domainMistake(domain) ?? { is: 'has a dot at an end of the part before the @, or two in a row' }
}

function refusedMistake(character: string, text: string): Mistake {
  const contains = `contains ${codePointName(character)} (${character})`
  const isAtEnd = text.startsWith(character) || text.endsWith(character)
  if (QUOTATION_MARK.test(character) && (isAtEnd || !/[\u2018\u2019\u201B]/.test(character))) {
    return { is: `${contains}, a quotation mark`, remedy: 'Write the address without it.' }
  }
  const alike = LOOK_ALIKES.find(([pattern]) => pattern.test(character))
  if (alike === undefined) return { is: `${contains}, which no address has`, remedy: TYPE_IT }
  const [, name, ascii] = alike
  return {
    is: `${contains}, which only looks like ${name}`,
    remedy: `If the address has ${name}, write \`${ascii}\`.`,
  }
}

/** What is wrong with a domain, apart from characters beyond ASCII. */
function domainMistake(domain: string): Mistake | undefined {
  const labels = domain.split('.')
  if (labels.length < 2 || labels.includes(''))
    return { is: 'has no complete domain like example.com after the @' }
  const invalid = /[^\dA-Za-z.\u0080-\u{10FFFF}-]/u.exec(domain)?.[0]
  if (invalid !== undefined) return { is: `has an invalid character in the domain (${invalid})` }
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-'))) {
    return { is: 'has a hyphen at an end of a part of the domain' }
  }
  return /\.(?:\d+|.)$/u.test(domain) ? { is: 'has no top-level domain like .com at its end' } : undefined
}

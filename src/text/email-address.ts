import * as v from 'valibot'
import { codePointName, isAscii, shownValue, unexpandedCause } from './plain-text.ts'
import { type Problem, problem } from './problem.ts'

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
  const [is, remedy] = mistakeIn(composed) ?? []
  return is === undefined ? v.parse(EmailAddress, composed) : problem(`${shownValue(text)} ${is}`, remedy)
}

/** Whether {@link parseEmailAddress} finds nothing wrong with the text. */
export function isEmailAddress(text: string): boolean {
  return text.includes('@') && typeof parseEmailAddress(text) === 'string'
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

/** The addresses in a text, or nearly so, in the form in which they are compared. */
export function keysIn(text: string): string[] {
  return Array.from(new Set(addressesIn(text).map(addressKey)))
}

/**
 * The form in which protected addresses are compared. It is broader than that of users, because Cloudflare may treat
 * two addresses as one where this action does not.
 */
export function protectionKey(email: string): string {
  return email.normalize('NFKC').toLowerCase()
}

/** What is wrong with an address: the end of a sentence that begins with it, and what to do. */
type Mistake = readonly [is: string, remedy?: string]

const ALONE = 'Write only the address.'
const SEPARATELY = 'Give each address a line or an entry of its own.'

/** What people paste instead of an address. The first pattern that matches tells. */
const PASTED: readonly (readonly [pattern: RegExp, is: string, remedy: string])[] = [
  [/^_no response_$/i, 'is an empty field of an issue form', 'Write the address in that field.'],
  [/^@\{/, 'is an object as PowerShell writes it', 'Use `ConvertTo-Json`, or write only the address.'],
  [/#EXT#/i, 'is the name of a guest in Entra', 'Use the address, which is in another column, `mail`.'],
  [/^(?:https?|ftp):\/\//i, 'is a URL', 'Write an address.'],
  [/&(?:[a-z]{2,8}|#\w{2,7});|<[/a-z][^@>:]{0,99}[=>]/i, 'contains HTML', ALONE],
  [/[[\]]|<mailto:|^`.*`$/, 'contains a link, brackets, or backticks, as in Markdown, Slack, or Jira', ALONE],
  [/^(?:[-+*]|\d{1,5}[.)])\s/, 'begins with the mark of a list', `Remove it. ${SEPARATELY}`],
  [/\*/, 'contains a `*`', 'Wildcards are not supported, so list every address.'],
  [/^[^@]*@[^@\s,;|/&]*[\s,;|/&][^@]*@/, 'contains several addresses', SEPARATELY],
  [/^(?:mailto|smtp|sip|e-?mail|to|cc):/i, 'begins with a label like `mailto:`', ALONE],
  [/[<>]/, 'contains angle brackets', 'Write only the address that is between them.'],
  [/^["']|["']$/, 'begins or ends with a quotation mark', 'Remove it.'],
  [/^=/, 'begins with `=`, as a formula does', 'Remove it.'],
  [/[\s;]/, 'contains white space or a semicolon', `${ALONE} ${SEPARATELY}`],
  [/[.!?)]$/, 'ends with a punctuation mark', 'Remove it.'],
]

/** Undefined if the text is an address. */
function mistakeIn(text: string): Mistake | undefined {
  if (text.length > MAX_LENGTH)
    return [`is longer than an address can be (${MAX_LENGTH} characters)`, SEPARATELY]
  const cause = unexpandedCause(text)
  if (cause !== undefined) return [cause, 'Write it as an expression like `${{ inputs.email }}`.']
  const refused = refusedCharacter(text)
  if (refused !== undefined)
    return [`contains ${refused}, which no address has`, 'Type the address instead of pasting it.']
  const pasted = PASTED.find(([pattern]) => pattern.test(text))
  if (pasted !== undefined) return [pasted[1], pasted[2]]
  const [, domain] = /^[^@",:()\\]+@([^@]*)$/.exec(text) ?? []
  if (domain === undefined) return ['is not an email address like user@example.com']
  if (/^\.|\.@|\.\.[^@]*@/.test(text))
    return ['has a dot at an end of the part before the @, or two in a row']
  const invalid = /[^\dA-Za-z.\u0080-\u{10FFFF}-]/u.exec(domain)?.[0]
  if (invalid !== undefined) return [`has an invalid character in the domain (${invalid})`]
  const isComplete = /^[^.-](?:[^.]*[^.-])?(?:\.[^.-](?:[^.]*[^.-])?)+$/u.test(domain)
  return isComplete && !/\.(?:\d+|.)$/u.test(domain)
    ? undefined
    : ['has no complete domain like example.com after the @']
}

/** The first character that cannot be seen, or that is beyond ASCII and no letter, mark, or digit, as `U+201C`. */
export function refusedCharacter(text: string): string | undefined {
  if (isAscii(text)) return undefined
  // Letters that modify another one are refused as well. Created on use, see above.
  const refused = /(?![\x20-\x7e])(?:[\u02B0-\u02FF]|\p{Default_Ignorable_Code_Point}|[^\p{L}\p{M}\p{Nd}])/u
  const [found] = refused.exec(text) ?? []
  return found === undefined ? undefined : codePointName(found)
}

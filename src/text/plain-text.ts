/** Whether all characters are printable ASCII, as those of most texts are. */
export function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

/**
 * Text from outside as one line of plain text that starts no workflow command.
 *
 * The runner takes a line that begins with `::` (after white space) for a command, and `##[` anywhere in a line for
 * one of the older kind (source: actions/runner, `ActionCommand.cs`). Line breaks and unprintable characters become
 * visible escapes such as `\u{200B}`; nothing is silently dropped, so that look-alike texts stay distinguishable.
 */
export function plainText(text: string): string {
  const escaped = (character: string): string => `\\u{${codePointName(character).slice(2)}}`
  // Characters that could end a line, move the cursor, reorder the text or hide in it.
  const visible = isAscii(text)
    ? text
    : text
        .replace(/\r\n|[\n\r]/g, ' ')
        .replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu, escaped)
  return visible.replaceAll('##[', '## [').replace(/^\s*::/, ': :')
}

/** A word that `shortened` would cut, and no longer than an address can be. See {@link LOCAL_WORD}. */
const CUT_WORD = /(?:[^\s@<>()[\]\\,;:"]|\uFEFF){1,256}$/

/**
 * `text`, cut to `length` characters with an ellipsis, for messages that must stay readable.
 *
 * The word at the cut goes whole: half of an email address could not be recognized as one, and masked.
 */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  return withEllipsis(text.slice(0, length - 1).replace(CUT_WORD, ''))
}

/** `text`, cut to `length` characters with an ellipsis, even within a word. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : withEllipsis(text.slice(0, length - 1))
}

/** The items of a list that is separated by commas or line breaks, trimmed; blank ones are left out. */
export function itemsOf(text: string): string[] {
  return text
    .split(/[,\n\r]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Through a buffer, since a mere slice would keep the whole text in memory, and may end within a character. */
function withEllipsis(text: string): string {
  return `${Buffer.from(text).toString()}…`
}

/** In quotation marks that the text itself does not contain. */
export function inQuotes(text: string): string {
  return `"${text.replaceAll('"', String.raw`\u{0022}`)}"`
}

/** Messages repeat this many characters of a value. */
const MAX_SHOWN_LENGTH = 80

/** A value from outside as a message repeats it: cut, in quotation marks, and never a credential. */
export function shownValue(text: string): string {
  return looksLikeCredential(text)
    ? 'something that looks like a credential'
    : inQuotes(shortened(text, MAX_SHOWN_LENGTH))
}

/** Whether there is a credential in the text, by the prefixes of Cloudflare's tokens and keys. */
export function looksLikeCredential(text: string): boolean {
  return /cf(?:ut|at|k|oat)_/.test(text)
}

/** The first character of a text by its code point, as `U+201C`. */
export function codePointName(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** What may be the local part of an address: up to white space that can be seen, or a character of a special meaning. */
const LOCAL_WORD = /(?:[^\s@<>()[\]\\,;:"]|\uFEFF)+@?/gu

/** The first character, and the rest up to the @ sign, which URLs write as `%40` (and URLs within URLs as `%2540`). */
const LOCAL_PART = /^([^])[^]*(?:@|%(?:25)*40)/u

/** The contexts of GitHub's expressions that values are taken from, and a variable as a shell would read it. */
const NAME_OF_VALUE = /^(?:(?:env|github|inputs|matrix|needs|secrets|steps|vars)\.[\w.-]+|\$\w+|\$\{\w+\})$/

/** An expression that nothing evaluated, with or without its `$`. */
export const UNEVALUATED = /^\$?\{\{[^]*\}\}$/

/**
 * Why a text is the name of a value, such as `secrets.NAME` or `$NAME`, where the value itself was meant: the beginning
 * of a sentence after its subject. Undefined for other texts.
 */
export function unexpandedCause(text: string): string | undefined {
  if (NAME_OF_VALUE.test(text)) return 'is the name of a value, not the value'
  if (!UNEVALUATED.test(text)) return undefined
  return text.startsWith('$')
    ? 'is an expression that was not evaluated, because it comes from where GitHub evaluates nothing, such as a payload'
    : 'is an expression without its `$`'
}

/** The candidate of which `name` is likely a misspelling: at most a third of its letters differ, and at most two. */
export async function similarName(name: string, candidates: readonly string[]): Promise<string | undefined> {
  // Loaded on demand: nothing is misspelt in most runs, and every start parses what is loaded.
  const { closest, distance } = await import('fastest-levenshtein')
  const nearest = closest(name, candidates)
  const most = nearest.length < 6 ? 1 : 2
  return distance(name, nearest) <= most ? nearest : undefined
}

/**
 * How addresses appear in what people read: the log, the annotations and the job summary. Mask first, then escape: an
 * address with an invisible character is an address, but its escaped form is not.
 *
 * @param masked - whether to mask them (`mask-emails`)
 * @returns a function that returns a text with its addresses masked, as `j***@example.com`, or unchanged
 */
export function addressMask(masked: boolean): (text: string) => string {
  return (text) => (masked ? text.replace(LOCAL_WORD, (word) => word.replace(LOCAL_PART, '$1***@')) : text)
}

/** What could end a line, move the cursor, reorder the text or hide in it. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Most texts are nothing but these, and need no look at all of Unicode, whose tables take milliseconds to set up. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/**
 * Text from outside as one line of plain text that starts no workflow command.
 *
 * The runner takes a line that begins with `::` (after white space) for a command, and `##[` anywhere in a line for
 * one of the older kind (source: actions/runner, `ActionCommand.cs`). Line breaks and unprintable characters become
 * visible escapes such as `\u{200B}`; nothing is silently dropped, so that look-alike texts stay distinguishable.
 */
export function plainText(text: string): string {
  const visible = PRINTABLE_ASCII.test(text)
    ? text
    : text.replace(/\r\n|[\n\r]/g, ' ').replace(UNPRINTABLE, (character) => `\\u{${codePoint(character)}}`)
  return visible.replaceAll('##[', '## [').replace(/^\s*::/, ': :')
}

/** The first character of `text` that cannot be seen, as `U+200B`; undefined if all of them can. */
export function unprintableIn(text: string): string | undefined {
  if (PRINTABLE_ASCII.test(text)) return undefined
  const [found] = text.match(UNPRINTABLE) ?? []
  return found === undefined ? undefined : `U+${codePoint(found)}`
}

/** `text`, cut to `length` characters with an ellipsis, for messages that must stay readable. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  // Through a buffer, since a mere slice would keep the whole text in memory, and may end within a character.
  return `${Buffer.from(text.slice(0, length - 1)).toString()}…`
}

function codePoint(character: string): string {
  return Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0')
}

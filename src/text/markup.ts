/**
 * HTML for GitHub's job summaries. Inside an HTML block (a line that begins with a block tag, no blank line until its
 * end) GitHub reads no Markdown, and inside `code` it makes no links, mentions or emoji of what it finds.
 */
const SPECIAL = /[&<>"'`|\\]/g

/**
 * A text of the action; what stands between backticks becomes code, and so does what it quotes from outside, in quotation
 * marks that the quoted text does not contain, except within code, where the quotation marks belong to the text. A text
 * from outside alone goes through {@link code}.
 */
export function html(text: string): string {
  return entities(text).replace(/(&#96;|&#34;)(.*?)\1/g, '<code>$2</code>')
}

/** One line of text from outside, shown unchanged. */
export function code(text: string): string {
  return `<code>${entities(text)}</code>`
}

function entities(text: string): string {
  return text.replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`)
}

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

/** A numbered list; the items are HTML. */
export function list(items: readonly string[]): string {
  return `<ol>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ol>\n\n`
}

/** A table row; the cells are HTML. */
export function row(cells: readonly string[]): string {
  return `<tr valign="top">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`
}

/** The beginning of a table with these titles; {@link TABLE_END} ends it. */
export function tableStart(titles: readonly string[]): string {
  return `<table>\n<tr>${titles.map((title) => `<th align="left">${title}</th>`).join('')}</tr>\n`
}

/** Ends a table, and the HTML block. */
export const TABLE_END = '</table>\n\n'

function entities(text: string): string {
  return text.replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`)
}

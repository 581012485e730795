import { code, html } from '../text/markup.ts'
import { quantity } from '../text/measures.ts'
import { addressMask, plainText, shortened } from '../text/plain-text.ts'

/** GitHub drops a summary of more than 1 MiB entirely; the rest is for the last row and the closing lines. */
const MAX_BYTES = 900 * 1024

/** Text from outside is cut at this length; the action's own text never is. */
const MAX_LENGTH = 300

/** A longer address would leave no room for the other column on a phone. */
const MAX_UNBROKEN = '<code>contractor@example.com</code>'.length

/** What the job summary says of a user, or of a row that could not be used. All texts are HTML. */
export interface SummaryRow {
  readonly noun: 'user' | 'row'
  /** The address or place, and what else identifies the user. */
  readonly name: readonly string[]
  readonly result: string
  /** What happened, what to do about it, and what was read. */
  readonly details: readonly string[]
  /** Identifies the call to Cloudflare support: it differs between users even if all else is the same. */
  readonly rayId?: string
}

/** Makes HTML of texts: harmless, with addresses masked where `mask-emails` is set, and not more than GitHub takes. */
export class SummaryPage {
  readonly #mask: (text: string) => string
  #bytes = 0
  /** How many users, rows, or problems are not shown. */
  missing = 0

  constructor(maskEmails: boolean) {
    this.#mask = addressMask(maskEmails)
  }

  /** Text of the action's own; what stands in backticks or quotation marks becomes code. */
  actionText(text: string): string {
    return html(plainText(this.#mask(text)))
  }

  /** Text from outside, as code, and short. */
  outsideText(text: string): string {
    return code(shortened(plainText(this.#mask(text)), MAX_LENGTH))
  }

  /**
   * @param entries - how many users, rows, or problems the part shows
   * @returns the part, or nothing once the summary is full
   */
  take(part: string, entries: number): string {
    if (this.#bytes > MAX_BYTES) {
      this.missing += entries
      return ''
    }
    this.#bytes += Buffer.byteLength(part)
    return part
  }

  /**
   * Two narrow columns, and the details below them, so that a phone shows them as well.
   *
   * @param isGrouped - whether rows that tell the same are told together
   */
  table(rows: readonly SummaryRow[], { isGrouped = false, titles = ['User', 'Result'] } = {}): string {
    if (rows.length === 0) return ''
    const keyOf = (row: SummaryRow): unknown =>
      isGrouped ? JSON.stringify([row.noun, row.result, row.details]) : row
    const groups = Array.from(Map.groupBy(rows, keyOf).values(), (group) => this.#group(group))
    const head = titles.map((title) => `<th align="left">${title}</th>`).join('')
    return `<table>\n<tr>${head}</tr>\n${groups.join('')}</table>\n\n`
  }

  #group(group: readonly SummaryRow[]): string {
    const [first] = group
    if (first === undefined) return ''
    const { noun, name, result, details, rayId } = first
    const isAlone = group.length === 1
    const who = isAlone ? name.map(breakable).join('<br>') : `<b>${quantity(group.length, noun)}</b>`
    const ray = rayId === undefined ? [] : [`${isAlone ? 'Ray ID' : 'Ray ID of the first:'} ${rayId}`]
    const lines = [...details, ...ray]
    const top = `<tr valign="top"><td>${who}</td><td>${result}</td></tr>\n`
    const start = `${top}${lines.length === 0 ? '' : wide(lines.join('<br>'))}`
    if (isAlone) return this.take(start, 1)
    const begun = this.take(start, 0)
    const names = group.map((each) => this.take(each.name.join(' '), 1)).filter((each) => each !== '')
    return names.length === 0 ? begun : `${begun}${wide(names.join(', '))}`
  }
}

/** Lets a phone break a long address, as HTML, into lines. */
function breakable(name: string): string {
  return name.length > MAX_UNBROKEN ? name.replaceAll(/[@.]/g, '$&<wbr>') : name
}

function wide(content: string): string {
  return `<tr><td colspan="2">${content}</td></tr>\n`
}

export function paragraph(content: string): string {
  return `<p>${content}</p>\n\n`
}

/** It names the product, because a job may have summaries of several steps. */
export function heading(sign: string, headline: string): string {
  return `<h3>${sign} Cloudflare Access – ${html(plainText(headline))}</h3>\n\n`
}

import { parseEmailAddress } from '../text/email-address.ts'
import { plainText } from '../text/plain-text.ts'
import type { CsvRow } from './csv-rows.ts'

/** A column that means nothing to us, so far. */
interface UnknownColumn {
  readonly title: string
  readonly place: number
}

/** Dates of any kind, and what a spreadsheet makes of one. */
const DATE_LIKE = /^(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ].*)?|\d{1,2}[- ]\p{L}{3,}[- ]\d{2,4}|now)$/iu

const DATE_TITLE = /date|day|datum|austritt|fecha|last|leav|end|exit|term|until/i

/** The title that is likely to be that of the addresses; undefined if several are, or none. */
export function likelyEmail(titles: readonly string[], rows: readonly CsvRow[]): string | undefined {
  const [only, ...others] = titles.filter((_title, place) =>
    firstCells(rows, place).some((cell) => typeof parseEmailAddress(cell) === 'string'),
  )
  return others.length === 0 ? only : undefined
}

/** The titles of the columns that are likely to be that of the dates, by what is in them, or else by their names. */
export function likelyDates(unknown: readonly UnknownColumn[], rows: readonly CsvRow[]): string[] {
  const byCells = unknown.filter(({ place }) => firstCells(rows, place).some((cell) => DATE_LIKE.test(cell)))
  const likely = byCells.length > 0 ? byCells : unknown.filter(({ title }) => DATE_TITLE.test(title))
  return likely.map(({ title }) => title)
}

/** The line to write in the workflow, as code: `date-column: Last Day`. */
export function exactLine(input: string, title: string): string {
  const plain =
    /^\p{L}[\p{L}\p{Nd} ._/()-]*$/u.test(title) && !/^(?:true|false|null|none|yes|no|on|off)$/i.test(title)
  return `\`${input}: ${plain ? title : plainText(JSON.stringify(title))}\``
}

/** What the first rows have in a column, blank cells left out. */
function firstCells(rows: readonly CsvRow[], place: number): string[] {
  return rows
    .slice(0, 20)
    .map(({ cells }) => (cells[place] ?? '').trim())
    .filter((cell) => cell !== '')
}

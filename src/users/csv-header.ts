import { parse } from 'csv-parse/sync'
import * as v from 'valibot'
import { isEmailAddress } from '../text/email-address.ts'
import { unprintableIn } from '../text/plain-text.ts'
import type { Checked, Problem } from '../text/problem.ts'
import { type ListName, placeIn, shownValues } from './list-problems.ts'

/** A row of a table that is not blank. */
export interface CsvRow {
  /** Trimmed. */
  readonly cells: readonly string[]
  /** As they are in the file, with line breaks at their ends; undefined for a row of one line. */
  readonly rawCells?: readonly string[]
  /** The line that the row begins on, and the one it ends on. */
  readonly line: number
  readonly lastLine: number
}

/** Separators of cells; which one spreadsheets use depends on their language. */
const DELIMITERS = [',', ';', '\t']

/** The header is among the first rows. */
const MAX_HEADER_ROW = 30

/** Lines with wrong quotation marks that are told. */
const MAX_WRONG_QUOTES = 20

/** No header has more cells. */
const MAX_COLUMNS = 10_000

const SkippedRow = v.fallback(v.object({ lines: v.number() }), { lines: 0 })

/** How a table is read. */
interface Reading {
  readonly delimiter: string
  /** The line of the file that the text begins on. */
  readonly firstLine?: number
  readonly maxRows: number
  /** Whether quotation marks within cells are allowed. */
  readonly relaxQuotes?: boolean
}

/** Splits a table into rows and cells. The problems are those with quotation marks. */
export function rowsOf(
  text: string,
  list: ListName,
  { delimiter, firstLine = 1, maxRows, relaxQuotes = false }: Reading,
): Checked<CsvRow[]> {
  const rows: CsvRow[] = []
  const wrongLines = new Set<number>()
  const enough = new Error('no more wrong quotation marks')
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: relaxQuotes,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      skip_records_with_error: true,
      to: maxRows,
      trim: true,
      on_skip: (error) => {
        wrongLines.add(v.parse(SkippedRow, error).lines + firstLine - 1)
        if (wrongLines.size > MAX_WRONG_QUOTES) throw enough
        return undefined
      },
      on_record: (cells: string[], { lines }) => {
        const lastLine = lines + firstLine - 1
        const line = lastLine - cells.reduce((breaks, cell) => breaks + lineBreaksIn(cell), 0)
        rows.push({
          cells: cells.map((cell) => cell.trim()),
          ...(line < lastLine && { rawCells: cells }),
          line,
          lastLine,
        })
        return null
      },
    })
  } catch (error) {
    if (error !== enough) throw error
  }
  const problems = Array.from(wrongLines, (line) => ({
    what: 'a quotation mark is wrong here or on an earlier line',
    remedy: 'Fix it, because what follows cannot be checked.',
    at: placeIn(list, line),
  }))
  return { value: rows, problems }
}

function lineBreaksIn(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0
}

/** The places of the titles that a name fits: exactly, or else without letter case, spaces, `-`, `_`, and composition. */
export function placesOf(titles: readonly string[], name: string): number[] {
  const places = (fits: (title: string) => boolean): number[] =>
    titles.flatMap((title, place) => (title !== '' && fits(title) ? [place] : []))
  const exact = places((title) => title === name)
  const key = titleKey(name)
  return exact.length > 0 || key === '' ? exact : places((title) => titleKey(title) === key)
}

/** The form in which titles are compared if none fits exactly. */
export function titleKey(title: string): string {
  return title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[-_\s]+/g, '')
}

/** The row of titles, and the delimiter that it was found with. */
export interface CsvHeader {
  readonly delimiter: string
  readonly line: number
  readonly titles: readonly string[]
  /** The rows above it. */
  readonly above: readonly CsvRow[]
}

/** The names that each of the wanted columns may have, that of the addresses first. */
export type WantedColumns = readonly (readonly string[])[]

/**
 * Finds the header: the first row that has the wanted columns, with the delimiter that gives it most cells; or else the
 * row that has most of them.
 *
 * @returns undefined for a text without rows, and if there is no header
 */
export function findHeader(
  text: string,
  list: ListName,
  wanted: WantedColumns,
): Checked<CsvHeader | undefined> {
  const found = DELIMITERS.flatMap((delimiter) => {
    const { value: rows } = rowsOf(text, list, { delimiter, maxRows: MAX_HEADER_ROW, relaxQuotes: true })
    const ranks = rows.map(({ cells }) => rankOf(cells, wanted))
    const rank = Math.max(...ranks)
    const place = ranks.indexOf(rank)
    const { [place]: row } = rows
    if (row === undefined) return []
    return [{ rank, header: { delimiter, line: row.line, titles: row.cells, above: rows.slice(0, place) } }]
  })
  // The first delimiter stays first where several do equally well.
  const [best] = found.sort(
    (one, other) => other.rank - one.rank || other.header.titles.length - one.header.titles.length,
  )
  return best !== undefined && best.rank > 0
    ? { value: best.header, problems: addressProblems(best.header, list) }
    : { value: undefined, problems: noHeader(text, list, best?.header, wanted) }
}

/** How many of the columns a row has. */
function rankOf(cells: readonly string[], wanted: WantedColumns): number {
  if (cells.length > MAX_COLUMNS) return 0
  return wanted.filter((names) => names.some((name) => placesOf(cells, name).length > 0)).length
}

/** @param first - the first row; undefined for a text without rows */
function noHeader(
  text: string,
  list: ListName,
  first: CsvHeader | undefined,
  wanted: WantedColumns,
): readonly Problem[] {
  const { problems } = rowsOf(text, list, { delimiter: ',', maxRows: MAX_HEADER_ROW })
  if (problems.length > 0 || first === undefined || /^[\s,;]*$/.test(text)) return problems
  const { titles, line } = first
  const what = titles.some(isEmailAddress)
    ? 'the first row must be a header, but it contains an address'
    : `there is no header: none of the first ${MAX_HEADER_ROW} rows has a column called ${shownValues(wanted.flatMap((names) => names.slice(0, 1)))}`
  const remedy = `The first row reads ${shownValues(titles)}.${hiddenText(titles)} Add a line with the names of the columns above the users, or set \`email-column\` to the name of the column with the addresses.`
  return [{ what, remedy, at: placeIn(list, line) }]
}

/** A sentence about a title that is not what it looks like; empty if there is none. */
export function hiddenText(titles: readonly string[]): string {
  const code = titles.map(unprintableIn).find((found) => found !== undefined)
  return code === undefined ? '' : ` One of them contains an invisible character (${code}).`
}

/** Rows above the header are skipped, and titles are not read as users, unless they may be users. */
function addressProblems({ above, line, titles }: CsvHeader, list: ListName): Problem[] {
  const isInTitle = titles.some((title) => holdsAddress(title.replace(/\([^()]*\)/g, '')))
  return [
    ...above
      .filter(({ cells }) => mayBeUser(cells))
      .map((row) => ({
        what: `there is an address above the header, which seems to be line ${line}`,
        remedy: 'Move the users below the header. The lines above it must not contain addresses.',
        at: placeIn(list, row.line),
      })),
    ...(isInTitle
      ? [
          {
            what: 'there is an address in the header',
            remedy: 'Add the line break that is missing between the header and the first row.',
            at: placeIn(list, line),
          },
        ]
      : []),
  ]
}

/** Whether a cell has an address in it, or nearly so. */
export function holdsAddress(text: string): boolean {
  return /[^\s@]@[^\s@]/.test(text)
}

/** Whether a row may be a user's: it has an address, and not only among other words in its only cell. */
function mayBeUser(cells: readonly string[]): boolean {
  const [only = '', ...others] = cells.filter((cell) => cell !== '')
  if (others.length > 0) return cells.some(holdsAddress)
  return only.split(/[,;\t]/).some((part) => holdsAddress(part) && !/\s/.test(part.trim()))
}

/** The cell in a column, blank where the row has ended; undefined if there is no such column. */
export function cellOf(cells: readonly string[], place: number): string
export function cellOf(cells: readonly string[], place: number | undefined): string | undefined
export function cellOf(cells: readonly string[], place: number | undefined): string | undefined {
  return place === undefined ? undefined : (cells[place] ?? '')
}

/** Where in a text a line begins. */
export function startOfLine(text: string, line: number): number {
  let start = 0
  for (let passed = 1; passed < line; passed += 1) start = text.indexOf('\n', start) + 1
  return start
}

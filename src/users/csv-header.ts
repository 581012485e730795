import { parse } from 'csv-parse/sync'
import * as v from 'valibot'
import { isEmailAddress } from '../text/email-address.ts'
import { unprintableIn } from '../text/plain-text.ts'
import { type Checked, type Problem, problem } from '../text/problem.ts'
import { type ListName, placeIn, shownValues } from './list.ts'

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

const MAX_HEADER_ROW = 30

/** So much is searched for the header. In characters. */
const MAX_BEGINNING = 256 * 1024

const ErrorOfLibrary = v.object({ code: v.string(), lines: v.number() })

interface Reading {
  readonly delimiter: string
  /** The line of the file that the text begins on. */
  readonly firstLine?: number
  readonly maxRows: number
  /** Whether quotation marks within cells are allowed. */
  readonly relaxQuotes?: boolean
}

/** Splits a table into rows and cells, up to the first wrong quotation mark, which is the problem if there is one. */
export function rowsOf(
  text: string,
  list: ListName,
  { delimiter, firstLine = 1, maxRows, relaxQuotes = false }: Reading,
): Checked<CsvRow[]> {
  const value: CsvRow[] = []
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: relaxQuotes,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: maxRows,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        const lastLine = lines + firstLine - 1
        const breaks = cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0)
        value.push({
          cells: cells.map((cell) => cell.trim()),
          ...(breaks > 0 && { rawCells: cells }),
          line: lastLine - breaks,
          lastLine,
        })
        return null
      },
    })
    return { value, problems: [] }
  } catch (error) {
    if (!v.is(ErrorOfLibrary, error)) throw error
    const what = 'a quotation mark is wrong here or on an earlier line'
    const at = placeIn(list, error.lines + firstLine - 1)
    return { value, problems: [problem(what, 'Fix it, because what follows cannot be checked.', at)] }
  }
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

/** A column that the step names: the input that does, and the names that the column may have. */
export interface WantedColumn {
  readonly input: string
  readonly names: readonly string[]
}

export function hasColumn(titles: readonly string[], { names }: WantedColumn): boolean {
  return names.some((name) => placesOf(titles, name).length > 0)
}

/**
 * Finds the header: the first row that has the wanted columns, with the delimiter that gives it most cells; or else the
 * row that has most of them.
 *
 * @returns undefined for a text without rows, and if there is no header
 */
export function findHeader(
  text: string,
  list: ListName,
  wanted: readonly WantedColumn[],
): Checked<CsvHeader | undefined> {
  const beginning = beginningOf(text)
  const found = DELIMITERS.flatMap((delimiter) => {
    const reading = { delimiter, maxRows: MAX_HEADER_ROW, relaxQuotes: true }
    const { value: rows } = rowsOf(beginning, list, reading)
    const ranks = rows.map(({ cells }) => wanted.filter((column) => hasColumn(cells, column)).length)
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
  if (best !== undefined && best.rank > 0)
    return { value: best.header, problems: addressProblems(best.header, list) }
  const { problems } = rowsOf(beginning, list, { delimiter: ',', maxRows: MAX_HEADER_ROW })
  return {
    value: undefined,
    problems:
      problems.length > 0 || best === undefined || /^[\s,;]*$/.test(text)
        ? problems
        : [noHeader(best.header, list, wanted)],
  }
}

/** The first lines, whole unless the very first one is longer than any header. */
function beginningOf(text: string): string {
  if (text.length <= MAX_BEGINNING) return text
  const end = text.lastIndexOf('\n', MAX_BEGINNING)
  return text.slice(0, end === -1 ? MAX_BEGINNING : end)
}

/** @param first - the first row */
function noHeader({ titles, line }: CsvHeader, list: ListName, wanted: readonly WantedColumn[]): Problem {
  const names = wanted.flatMap((column) => column.names.slice(0, 1))
  const what = titles.some(isEmailAddress)
    ? 'the first row must be a header, but it contains an address'
    : `there is no header: none of the first ${MAX_HEADER_ROW} rows has a column called ${shownValues(names)}`
  const remedy = `The first row reads ${shownValues(titles)}.${hiddenText(titles)} Add a line with the names of the columns above the users, or set \`email-column\` to the name of the column with the addresses.`
  return problem(what, remedy, placeIn(list, line))
}

export function hiddenText(titles: readonly string[]): string {
  const code = titles.map(unprintableIn).find((found) => found !== undefined)
  return code === undefined ? '' : ` One of them contains an invisible character (${code}).`
}

/** Rows above the header are skipped, and titles are not read as users, unless they may be users. */
function addressProblems({ above, line, titles }: CsvHeader, list: ListName): Problem[] {
  const isInTitle = titles.some((title) => holdsAddress(title.replace(/\([^()]*\)/g, '')))
  const missing = 'Add the line break that is missing between the header and the first row.'
  const move = 'Move the users below the header. The lines above it must not contain addresses.'
  const isAbove = `there is an address above the header, which seems to be line ${line}`
  return [
    ...above
      .filter(({ cells }) => mayBeUser(cells))
      .map((row) => problem(isAbove, move, placeIn(list, row.line))),
    ...(isInTitle ? [problem('there is an address in the header', missing, placeIn(list, line))] : []),
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

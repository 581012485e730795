import { type Options, parse } from 'csv-parse/sync'
import * as v from 'valibot'
import { type Checked, type Problem, problem } from '../text/problem.ts'
import { fieldsOf } from './csv-columns.ts'
import { type ListFormat, type ListName, placeIn, shownValues } from './list.ts'

/** A row of a table that is not blank. */
export interface CsvRow {
  /** Trimmed. */
  readonly cells: readonly string[]
  /** As they are in the file, with line breaks at their ends. */
  readonly rawCells: readonly string[]
  /** The line that the row begins on, and the one it ends on. */
  readonly line: number
  readonly lastLine: number
}

/** So much is searched for the header, in rows and in characters. */
const [MAX_HEADER_ROW, MAX_BEGINNING] = [30, 256 * 1024]

const ErrorOfLibrary = v.object({ code: v.string(), lines: v.number() })

/**
 * Splits a table into rows and cells, up to the first wrong quotation mark, which is the problem if there is one.
 *
 * @param options - of the library: the delimiter, and the last row
 */
export function rowsOf(
  text: string,
  list: ListName,
  options: Pick<Options, 'delimiter' | 'to'>,
): Checked<CsvRow[]> {
  const [value, problems]: [CsvRow[], Problem[]] = [[], []]
  try {
    parse(text, {
      ...options,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      on_record: (rawCells: string[], { lines: lastLine }) => {
        const breaks = rawCells.reduce((count, cell) => count + cell.split('\n').length - 1, 0)
        const cells = rawCells.map((cell) => cell.trim())
        value.push({ cells, rawCells, line: lastLine - breaks, lastLine })
        return null
      },
    })
  } catch (error) {
    if (!v.is(ErrorOfLibrary, error)) throw error
    const what = 'a quotation mark is wrong here or on an earlier line'
    const remedy = 'Fix it, because what follows cannot be checked.'
    problems.push(problem(what, remedy, placeIn(list, error.lines)))
  }
  return { value, problems }
}

/** The row of titles, and the delimiter that it was found with. */
export interface CsvHeader {
  readonly delimiter: string
  readonly line: number
  readonly titles: readonly string[]
  /** The rows above it. */
  readonly above: readonly CsvRow[]
}

/**
 * Finds the header: of the first rows the one in which most columns are found, by the delimiter that gives most cells. In
 * a list without a header that is the first row.
 *
 * @returns undefined for a blank text, and if there is a problem
 */
export function findHeader(text: string, list: ListName, format: ListFormat): Checked<CsvHeader | undefined> {
  if (/^[\s,;]*$/.test(text)) return { value: undefined, problems: [] }
  const beginning = text.slice(0, MAX_BEGINNING)
  const candidates = [',', ';', '\t'].flatMap((delimiter) => {
    const { value: rows } = rowsOf(beginning, list, { delimiter, to: MAX_HEADER_ROW })
    const size = rows.flatMap(({ cells }) => cells).length
    return rows.map(({ cells: titles, line }, place) => {
      const rank = fieldsOf(titles, format).filter(({ places }) => places.length > 0).length
      return { rank, size, delimiter, line, titles, above: rows.slice(0, place) }
    })
  })
  // The first row, and the first delimiter, stay first where several do equally well.
  const [header] = candidates.sort((one, other) => other.rank - one.rank || other.size - one.size)
  const problems =
    header === undefined
      ? rowsOf(beginning, list, { delimiter: ',' }).problems
      : addressProblems(header, list)
  return { value: problems.length > 0 ? undefined : header, problems }
}

/** Rows above the header are skipped, and titles are not read as users, unless they may be users. */
function addressProblems({ above, line, titles }: CsvHeader, list: ListName): Problem[] {
  const isInTitle = titles.some((title) => holdsAddress(title.replace(/\([^()]*\)/g, '')))
  const users = above.filter(({ cells }) => {
    const text = cells.filter((cell) => cell !== '').join(';')
    // An address among other words, without delimiters, is a part of a title.
    return holdsAddress(text) && (/[,;\t]/.test(text) || !/\s/.test(text))
  })
  const lines = [...users.map((row) => row.line), ...(isInTitle ? [line] : [])]
  const what = `there is an address in or above the header, which seems to be line ${line} and reads ${shownValues(titles)}`
  const remedy =
    'Write a line with the names of the columns above the users, and no address in it or above it.'
  return lines.map((place) => problem(what, remedy, placeIn(list, place)))
}

/** Whether a cell has an address in it, or nearly so. */
export function holdsAddress(text: string): boolean {
  return /[^\s@]@[^\s@]/.test(text)
}

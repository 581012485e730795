import type { ReportProblem } from '../runner/input-reader.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { type Columns, findColumns } from './csv-columns.ts'
import { type CsvRow, readCsvRows } from './csv-rows.ts'
import { filePlaceOf, type ListName, type Place, whereOf } from './place.ts'
import type { ListFormat, MessageQuotes, UserEntry } from './user-entry.ts'

/**
 * Reads users from CSV: a header row with the column of the addresses, optionally `user_uid`, the column of the dates
 * and a column to carry along; others are ignored.
 *
 * @param report - takes each problem with the file as a whole
 */
export async function entriesFromCsv(
  text: string,
  list: ListName,
  format: ListFormat,
  quotes: MessageQuotes,
  report: ReportProblem,
): Promise<UserEntry[]> {
  const tellAt = (line: number, sentence: string): void => {
    const place = { list, line }
    report(`${whereOf(place)}: ${sentence}`, filePlaceOf(place))
  }
  if (/^"?sep=/i.test(text)) {
    tellAt(1, 'this is an instruction to Excel ("sep="), not the header; remove the line.')
    return []
  }
  const { rows, badLines } = await readCsvRows(text)
  for (const line of badLines) {
    tellAt(
      line,
      'a quotation mark is wrong here or on an earlier line; fix it, because what follows cannot be checked.',
    )
  }
  const [header, ...others] = rows
  if (header === undefined) return []
  const columns = findColumns(rows, format, quotes, (problem) => {
    tellAt(header.line, problem)
  })
  const swallowing = rows.filter((row) => swallows(row, row === header ? undefined : columns))
  for (const { line, lastLine } of swallowing) {
    tellAt(
      line,
      `a cell contains a line break and may have swallowed the rows up to line ${lastLine}; check the quotation marks.`,
    )
  }
  if (columns === undefined || swallowing.length > 0) return []
  const named = columns.date === undefined ? undefined : quotes.name(cellOf(header, columns.date))
  const called: ListName =
    named === undefined || format.dateColumn === 'revoke_after' ? list : { ...list, dateName: named }
  return others.map((row) => {
    const place = { list: called, line: row.line }
    return row.cells.length === header.cells.length
      ? entryOf(row, columns, format, place)
      : {
          place,
          email: onlyAddress(row),
          wrong: `${row.cells.length} cells where the header has ${header.cells.length}; fix the delimiters and quotation marks.`,
        }
  })
}

/**
 * Whether two stray quotation marks may have made a cell of several rows: then a later line of it has an address. In
 * the columns that are read, no cell has a second line at all.
 */
function swallows({ cells }: CsvRow, columns: Columns | undefined): boolean {
  const read = new Set(Object.values(columns ?? {}))
  return cells.some((cell, place) => {
    const [, ...later] = cell.split('\n')
    return later.some((line) => read.has(place) || line.includes('@'))
  })
}

/** The cell in that column; every row that comes here has one. */
function cellOf({ cells }: CsvRow, column: number): string {
  const { [column]: cell = '' } = cells
  return cell.trim()
}

function entryOf(row: CsvRow, columns: Columns, format: ListFormat, place: Place): UserEntry {
  const cell = (column: number | undefined): string | undefined =>
    column === undefined ? undefined : cellOf(row, column)
  const userUid = cell(columns.userUid)
  const revokeAfter = cell(columns.date)
  const reference = cell(columns.reference)
  const staying = revokeAfter === '' && format.blankDate === 'not-due'
  return {
    place,
    email: cellOf(row, columns.email),
    ...(userUid !== undefined && { userUid }),
    ...(staying ? { staying } : revokeAfter !== undefined && { revokeAfter }),
    ...(reference !== undefined && { reference }),
  }
}

/** Of a row whose cells may have shifted: what is an address, if there is one and no other. */
function onlyAddress({ cells }: CsvRow): string {
  const [only = '', ...others] = cells.filter((cell) => typeof parseEmailAddress(cell.trim()) === 'string')
  return others.length === 0 ? only.trim() : ''
}

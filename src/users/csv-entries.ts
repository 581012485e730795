import { isEmailAddress } from '../text/email-address.ts'
import { quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Problem, problem, withPlace } from '../text/problem.ts'
import { type Columns, endsAtMidnight, findColumns } from './csv-columns.ts'
import { type CsvHeader, type CsvRow, findHeader, holdsAddress, rowsOf } from './csv-header.ts'
import {
  contentOf,
  type ListContent,
  type ListFormat,
  type ListName,
  MAX_ENTRIES,
  placeIn,
  type UserEntry,
} from './list.ts'
import { endsInValue, selectionOf, valueKey } from './row-filter.ts'
import { saysNoAddress } from './user.ts'

type Cells = CsvRow['cells']

interface Table {
  readonly list: ListName
  readonly header: CsvHeader
  readonly columns: Columns
  readonly rows: readonly CsvRow[]
}

/** A date of any kind, and what a spreadsheet makes of one. */
const DATE_LIKE =
  /(?<!\d)(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|20\d{6})(?!\d)|(?<!\d)\d{1,2}[- ][a-z]{3,9}[- ]\d{2,4}(?!\d)|\bnow\b/i

/**
 * Reads users from a table: a header with the column of the addresses, optionally `user_uid`, the column of the dates,
 * and a column to carry along; others are ignored.
 *
 * @param text - with line feeds as the only line ends
 */
export function entriesFromCsv(text: string, list: ListName, format: ListFormat): Checked<ListContent> {
  const { value: header, problems: headerProblems } = findHeader(text, list, format)
  if (header === undefined) return contentOf([], headerProblems)
  const { delimiter, line, titles } = header
  const options = { delimiter, to: header.above.length + MAX_ENTRIES + 2 }
  const { value: all, problems: quoteProblems } = rowsOf(text, list, options)
  const rows = all.slice(header.above.length + 1)
  const cells = rows.map((row) => row.cells)
  const { value: columns, problems: columnProblems } = findColumns(titles, cells, format)
  const problems = [...withPlace(columnProblems, placeIn(list, line)), ...quoteProblems]
  if (columns === undefined || problems.length > 0) return contentOf([], problems)
  return readTable({ list, header, columns, rows }, format)
}

function readTable(table: Table, { dateColumn }: ListFormat): Checked<ListContent> {
  const { list, header, columns, rows } = table
  const { filter, date } = columns
  const skipped = `the header is line ${header.line}; the lines above it were skipped.`
  const titleAt = (place = -1): string => header.titles[place] ?? ''
  const isShifted = shiftTest(table)
  const inColumn = rows.map(({ cells }) => cells[filter?.place ?? -1] ?? '')
  const selection =
    filter === undefined ? undefined : selectionOf(filter.value, titleAt(filter.place), inColumn)
  const value = {
    entries: rows.map((row) => entryOf(row, table, isShifted)),
    dateName:
      date === undefined || dateColumn === 'revoke_after' ? '`revoke_after`' : shownValue(titleAt(date)),
    endsAtMidnight: endsAtMidnight(titleAt(date)),
    ...selection?.value,
    notes: [...(header.above.length > 0 ? [skipped] : []), ...(selection?.value.notes ?? [])].map(
      (note) => `${list.name}: ${note}`,
    ),
  }
  const swallowed = rows.filter((row) => hasSwallowedRows(row, columns.email, header.delimiter))
  const what = 'a cell contains line breaks and may have swallowed rows'
  const problems = [
    ...(selection?.problems ?? []),
    ...swallowed.map(({ line, lastLine }) =>
      problem(what, `Check the quotation marks up to line ${lastLine}.`, placeIn(list, line)),
    ),
  ]
  return { value, problems }
}

/** Whether two stray quotation marks have made one cell of several rows: a line of it has an address in its column. */
function hasSwallowedRows({ rawCells, line, lastLine }: CsvRow, email: number, delimiter: string): boolean {
  return (
    line < lastLine &&
    rawCells.some((cell, place) =>
      cell.split('\n').some((text, index, lines) => {
        const cells = text.split(delimiter)
        // The first line begins within its row.
        const address = cells[index === 0 ? email - place : email] ?? ''
        return lines.length > 1 && cells.length > 1 && isEmailAddress(address.trim())
      }),
    )
  )
}

function entryOf({ cells, line }: CsvRow, table: Table, isShifted: (cells: Cells) => boolean): UserEntry {
  const { columns, list } = table
  const at = placeIn(list, line)
  const broken = brokenProblem(cells, table, isShifted)
  // Where cells may have shifted, whatever holds an address may be the user's.
  if (broken !== undefined) return { at, email: cells.filter(holdsAddress).join(', '), broken }
  const cellAt = (place: number | undefined): string | undefined =>
    place === undefined ? undefined : (cells[place] ?? '')
  return {
    at,
    email: cells[columns.email] ?? '',
    userUid: cellAt(columns.userUid),
    revokeAfter: cellAt(columns.date),
    reference: cellAt(columns.reference),
    isUnselected: !isSelected(cells, columns),
  }
}

function isSelected(cells: Cells, { filter }: Columns): boolean {
  return filter === undefined || filter.value.keys.has(valueKey(cells[filter.place] ?? ''))
}

function brokenProblem(
  cells: Cells,
  { columns: { filter, ...places }, header }: Table,
  isShifted: (cells: Cells) => boolean,
): Problem | undefined {
  const filled = cells.findLastIndex((cell) => cell !== '') + 1
  if (filled > header.titles.length) {
    const what = `this row has ${quantity(filled, 'cell')}, the header has ${header.titles.length}`
    return problem(what, 'Fix the delimiters and quotation marks.')
  }
  if ([...Object.values(places), filter?.place].some((place = -1) => cells[place]?.includes('\n')))
    return problem('a cell that has to be read contains several lines', 'Check the quotation marks.')
  const what = 'this row has a value where no complete row has one, so cells seem to be missing or shifted'
  const remedy = 'Write a delimiter for every cell, and put cells with delimiters in quotation marks.'
  return isShifted(cells) ? problem(what, remedy) : undefined
}

/**
 * Learns from complete rows where addresses, dates, and selected values are.
 *
 * @returns whether a row has one elsewhere, so that cells seem to be missing or shifted
 */
function shiftTest({ header: { titles }, columns, rows }: Table): (cells: Cells) => boolean {
  const { email, date, filter } = columns
  const lastTitle = titles.findLastIndex((title) => title !== '')
  const isComplete = ({ length }: Cells): boolean => length > lastTitle && length <= titles.length
  const complete = rows.map(({ cells }) => cells).filter(isComplete)
  const elsewhere = (isIn: (cell: string) => boolean, from: readonly Cells[], own?: number) => {
    const places = from.flatMap((cells) => cells.flatMap((cell, place) => (isIn(cell) ? [place] : [])))
    const usual = new Set([own, ...places])
    return (cells: Cells): boolean => cells.some((cell, place) => !usual.has(place) && isIn(cell))
  }
  // Only a row with an address, or a selected value, in its own column says where else these are.
  const addressed = complete.filter((cells) => isEmailAddress(cells[email] ?? ''))
  const selected = complete.filter((cells) => isSelected(cells, columns))
  const hasAddress = elsewhere(holdsAddress, addressed, email)
  const hasDate = elsewhere((cell) => DATE_LIKE.test(cell), complete, date)
  const hasValue = elsewhere((cell) => filter !== undefined && endsInValue(filter.value, cell), selected)
  return (cells) =>
    isComplete(cells)
      ? saysNoAddress(cells[email] ?? '') && hasAddress(cells)
      : hasAddress(cells) || hasDate(cells) || (!isSelected(cells, columns) && hasValue(cells))
}

import { isEmailAddress } from '../text/email-address.ts'
import { DATE_PATTERNS, quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import { type Place, type Problem, problem } from '../text/problem.ts'
import { type CsvRow, holdsAddress, readTable, type Table, titleKey } from './csv-table.ts'
import { type ListContent, type ListFormat, placeIn, type UserEntry } from './list.ts'
import { endsInValue, selectionOf, valueKey } from './row-filter.ts'
import { saysNoAddress } from './user.ts'

type Cells = CsvRow['cells']

/** Columns of Active Directory for the day on which an account has expired when it begins. */
const MIDNIGHT_TITLES = ['accountexpirationdate', 'accountexpires']

/** A date as it stands in a text, what a spreadsheet makes of one, and each format. */
const DATES = [
  /(?<!\d)(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|20\d{6})(?!\d)|(?<!\d)\d{1,2}[- ][a-z]{3,9}[- ]\d{2,4}(?!\d)|\bnow\b/i,
  ...Object.values(DATE_PATTERNS),
]

/**
 * Reads users from a table: a header with the column of the addresses, optionally `user_uid`, the column of the dates,
 * and a column to carry along; others are ignored.
 *
 * @param text - with line feeds as the only line ends
 */
export function entriesFromCsv(text: string, list: Place, format: ListFormat): ListContent {
  const { value: table, problems: tableProblems } = readTable(text, list, format)
  if (table === undefined || tableProblems.length > 0) return { entries: [], problems: tableProblems }
  const { titles, columns, rows, above } = table
  const { filter, date } = columns
  const titleAt = (place = -1): string => titles[place] ?? ''
  const isShifted = shiftTest(table)
  const inColumn = rows.map(({ cells }) => cells[filter?.place ?? -1] ?? '')
  const selection = filter && selectionOf(filter.value, titleAt(filter.place), inColumn)
  const swallowed = rows.filter((row) => hasSwallowedRows(row, table))
  const skipped = `${list.source}: the header is line ${table.line}; the lines above it were skipped.`
  const what = 'a cell contains line breaks and may have swallowed rows'
  return {
    entries: rows.map((row) => entryOf(row, table, brokenProblem(row.cells, table, isShifted(row.cells)))),
    problems: [
      ...(selection?.problems ?? []),
      ...swallowed.map(({ line, lastLine }) =>
        problem(what, `Check the quotation marks up to line ${lastLine}.`, placeIn(list, line)),
      ),
    ],
    ...(date !== undefined &&
      format.dateColumn !== 'revoke_after' && { dateName: shownValue(titleAt(date)) }),
    endsAtMidnight: MIDNIGHT_TITLES.includes(titleKey(titleAt(date))),
    ...selection?.value,
    notes: [
      ...(above.length > 0 ? [skipped] : []),
      ...(selection?.value.notes ?? []).map((note) => `${list.source}: ${note}`),
    ],
  }
}

/** Whether two stray quotation marks have made one cell of several rows: a line of it has an address in its column. */
function hasSwallowedRows({ rawCells, line, lastLine }: CsvRow, { columns, delimiter }: Table): boolean {
  return (
    line < lastLine &&
    rawCells.some((cell, place) =>
      cell.split('\n').some((text, index, lines) => {
        const cells = text.split(delimiter)
        // The first line begins within its row.
        const address = cells[index === 0 ? columns.email - place : columns.email] ?? ''
        return lines.length > 1 && cells.length > 1 && isEmailAddress(address.trim())
      }),
    )
  )
}

function entryOf({ cells, line }: CsvRow, table: Table, broken: Problem | undefined): UserEntry {
  const { columns, list } = table
  const at = placeIn(list, line)
  // Where cells may have shifted, whatever holds an address may be the user's.
  if (broken !== undefined) return { at, email: cells.filter(holdsAddress).join(', '), broken }
  const cellAt = (place = -1): string | undefined => (place < 0 ? undefined : (cells[place] ?? ''))
  return {
    at,
    email: cells[columns.email] ?? '',
    userUid: cellAt(columns.userUid),
    revokeAfter: cellAt(columns.date),
    reference: cellAt(columns.reference),
    isUnselected: !isSelected(cells, table),
  }
}

function isSelected(cells: Cells, { columns: { filter } }: Table): boolean {
  return filter === undefined || filter.value.keys.has(valueKey(cells[filter.place] ?? ''))
}

function brokenProblem(cells: Cells, { columns, titles }: Table, isShifted: boolean): Problem | undefined {
  const { filter, ...places } = columns
  const filled = cells.findLastIndex((cell) => cell !== '') + 1
  if (filled > titles.length) {
    const what = `this row has ${quantity(filled, 'cell')}, the header has ${titles.length}`
    return problem(what, 'Fix the delimiters and quotation marks.')
  }
  if ([...Object.values(places), filter?.place].some((place = -1) => cells[place]?.includes('\n')))
    return problem('a cell that has to be read contains several lines', 'Check the quotation marks.')
  const what = 'this row has a value where no complete row has one, so cells seem to be missing or shifted'
  const remedy = 'Write a delimiter for every cell, and put cells with delimiters in quotation marks.'
  return isShifted ? problem(what, remedy) : undefined
}

/**
 * Learns from complete rows where addresses, dates, and selected values are.
 *
 * @returns whether a row has one elsewhere, so that cells seem to be missing or shifted
 */
function shiftTest(table: Table): (cells: Cells) => boolean {
  const { titles, columns, rows } = table
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
  const selected = complete.filter((cells) => isSelected(cells, table))
  const hasAddress = elsewhere(holdsAddress, addressed, email)
  const hasDate = elsewhere((cell) => DATES.some((pattern) => pattern.test(cell)), complete, date)
  const hasValue = elsewhere((cell) => filter !== undefined && endsInValue(filter.value, cell), selected)
  return (cells) =>
    isComplete(cells)
      ? saysNoAddress(cells[email] ?? '') && hasAddress(cells)
      : hasAddress(cells) || hasDate(cells) || (!isSelected(cells, table) && hasValue(cells))
}

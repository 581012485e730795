import { isEmailAddress } from '../text/email-address.ts'
import { quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Problem, problem, withPlace } from '../text/problem.ts'
import { type Columns, endsAtMidnight, findColumns, wantedColumns } from './csv-columns.ts'
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
import {
  columnValues,
  endsInValue,
  readFilterValues,
  type RowFilter,
  selectionOf,
  selectionProblems,
  valueKey,
} from './row-filter.ts'
import { saysNoAddress } from './user.ts'

interface Table {
  readonly list: ListName
  readonly header: CsvHeader
  readonly columns: Columns
  readonly rows: readonly CsvRow[]
  /** The values of `only-rows`; undefined if every row counts. */
  readonly filter: RowFilter | undefined
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
  const { value: header, problems: headerProblems } = findHeader(text, list, wantedColumns(format))
  if (header === undefined) return contentOf([], headerProblems)
  const { delimiter, line } = header
  const { value: columns, problems: columnProblems } = findColumns(header, format)
  const reading = { delimiter, firstLine: line, maxRows: MAX_ENTRIES + 2 }
  const { value: rows, problems: quoteProblems } = rowsOf(text.slice(startOfLine(text, line)), list, reading)
  const filter = columns?.filter === undefined ? undefined : readFilterValues(columns.filter.values)
  const problems = [
    ...headerProblems,
    ...withPlace([...columnProblems, ...(filter?.problems ?? [])], placeIn(list, line)),
    ...quoteProblems,
  ]
  if (columns === undefined || problems.length > 0) return contentOf([], problems)
  return readTable({ list, header, columns, rows: rows.slice(1), filter: filter?.value }, format)
}

function startOfLine(text: string, line: number): number {
  let start = 0
  for (let passed = 1; passed < line; passed += 1) start = text.indexOf('\n', start) + 1
  return start
}

function readTable(table: Table, { dateColumn }: ListFormat): Checked<ListContent> {
  const { list, header, columns, rows, filter } = table
  const usual = usualPlaces(table)
  const dateTitle = header.titles[columns.date ?? -1] ?? ''
  const values = columnValues(filter === undefined ? [] : rows.map(({ cells }) => filterCell(cells, columns)))
  const selection =
    filter === undefined
      ? undefined
      : selectionOf(filter, values, header.titles[columns.filter?.place ?? -1] ?? '')
  const value = {
    entries: rows.map((row) => entryOf(row, table, usual)),
    dateName: dateTitle === '' || dateColumn === 'revoke_after' ? '`revoke_after`' : shownValue(dateTitle),
    endsAtMidnight: endsAtMidnight(dateTitle),
    ...(selection?.emptiness !== undefined && rows.length > 0 && { emptiness: selection.emptiness }),
    notes: [
      ...skippedLines(header, list),
      ...(selection === undefined ? [] : [`${list.name}: ${selection.note}`]),
    ],
  }
  const problems = [
    ...(filter === undefined ? [] : withPlace(selectionProblems(filter, values), placeIn(list))),
    ...rows.flatMap((row) => withPlace(tableProblems(row, table), placeIn(list, row.line))),
  ]
  return { value, problems }
}

function filterCell(cells: readonly string[], { filter }: Columns): string {
  return cells[filter?.place ?? -1] ?? ''
}

function skippedLines({ above, line }: CsvHeader, { name }: ListName): string[] {
  if (above.length === 0) return []
  const lines = ['line 1 was', 'lines 1 and 2 were'][line - 2] ?? `lines 1 to ${line - 1} were`
  return [`${name}: ${lines} skipped; the header is line ${line}.`]
}

function tableProblems(row: CsvRow, { columns, header }: Table): Problem[] {
  const untitled = 'a column without a title has something in it, which may be a date'
  const swallowed = `a cell contains line breaks and may have swallowed rows, up to line ${row.lastLine}`
  return [
    ...(columns.mustBeBlank.some((place) => (row.cells[place] ?? '') !== '')
      ? [problem(untitled, 'Give the column a title.')]
      : []),
    ...(hasSwallowedRows(row, columns.email, header.delimiter)
      ? [problem(swallowed, 'Check the quotation marks.')]
      : []),
  ]
}

/** Whether two stray quotation marks have made one cell of several rows: a line of it has an address in its column. */
function hasSwallowedRows({ rawCells = [] }: CsvRow, email: number, delimiter: string): boolean {
  return rawCells.some((cell, place) =>
    cell.split('\n').some((line, index, lines) => {
      const cells = line.split(delimiter)
      // The first line begins within its row.
      const address = cells[index === 0 ? email - place : email] ?? ''
      return lines.length > 1 && cells.length > 1 && isEmailAddress(address.trim())
    }),
  )
}

function entryOf(row: CsvRow, table: Table, usual: UsualPlaces): UserEntry {
  const { columns } = table
  const { cells } = row
  const at = placeIn(table.list, row.line)
  const broken = brokenProblem(row, table, usual)
  // Where cells may have shifted, whatever holds an address may be the user's.
  if (broken !== undefined) return { at, email: cells.filter(holdsAddress).join(', '), broken }
  const [userUid, revokeAfter, reference] = [columns.userUid, columns.date, columns.reference].map((place) =>
    place === undefined ? undefined : (cells[place] ?? ''),
  )
  return {
    at,
    email: cells[columns.email] ?? '',
    ...(userUid !== undefined && { userUid }),
    ...(revokeAfter !== undefined && { revokeAfter }),
    ...(reference !== undefined && { reference }),
    ...(!isSelected(cells, table) && { isUnselected: true }),
  }
}

function isSelected(cells: readonly string[], { columns, filter }: Table): boolean {
  return filter === undefined || filter.keys.has(valueKey(filterCell(cells, columns)))
}

function brokenProblem({ cells }: CsvRow, table: Table, usual: UsualPlaces): Problem | undefined {
  const { columns, header, filter } = table
  const filled = cells.findLastIndex((cell) => cell !== '') + 1
  if (filled > header.titles.length) {
    const what = `this row has ${quantity(filled, 'cell')}, the header has ${header.titles.length}`
    return problem(what, 'Fix the delimiters and quotation marks.')
  }
  const { email, userUid, date, reference } = columns
  if (
    [email, userUid, date, reference, columns.filter?.place].some((place) =>
      cells[place ?? -1]?.includes('\n'),
    )
  )
    return problem('a cell that has to be read contains several lines', 'Check the quotation marks.')
  const hasAddress = cells.some((cell, place) => !usual.addresses.has(place) && holdsAddress(cell))
  const hasDate = cells.some((cell, place) => !usual.dates.has(place) && DATE_LIKE.test(cell))
  const hasValue =
    !isFull(cells, table) &&
    !isSelected(cells, table) &&
    cells.some((cell, place) => !usual.values.has(place) && endsInValue(filter, cell))
  const isShifted =
    hasValue ||
    (hasAddress && saysNoAddress(cells[email] ?? '')) ||
    ((hasAddress || hasDate) && !usual.isComplete(cells))
  return isShifted
    ? problem(
        'this row has a value where no complete row has one, so cells seem to be missing or shifted',
        'Write a delimiter for every cell, and put cells with delimiters in quotation marks.',
      )
    : undefined
}

/** Where addresses, dates, and selected values are, as complete rows show. */
interface UsualPlaces {
  readonly isComplete: (cells: readonly string[]) => boolean
  readonly addresses: ReadonlySet<number>
  readonly dates: ReadonlySet<number>
  readonly values: ReadonlySet<number>
}

/** Whether a row has as many cells as the header. */
function isFull({ length }: readonly string[], { header: { titles } }: Table): boolean {
  return length > titles.findLastIndex((title) => title !== '') && length <= titles.length
}

function usualPlaces(table: Table): UsualPlaces {
  const { rows, columns, header, filter } = table
  // Some programs write blank cells too many in every row.
  const areLonger = rows.every(({ cells }) => cells.length > header.titles.length)
  const isComplete = (cells: readonly string[]): boolean => areLonger || isFull(cells, table)
  const [addresses, dates, values] = [new Set([columns.email]), new Set<number>(), new Set<number>()]
  if (columns.date !== undefined) dates.add(columns.date)
  for (const { cells } of rows.filter((row) => isComplete(row.cells))) {
    // Only a row with an address, or a selected value, in its own column says where else these are.
    const isAddressed = isEmailAddress(cells[columns.email] ?? '')
    const isChosen = filter !== undefined && isSelected(cells, table)
    for (const [place, cell] of cells.entries()) {
      if (isAddressed && holdsAddress(cell)) addresses.add(place)
      if (DATE_LIKE.test(cell)) dates.add(place)
      if (isChosen && endsInValue(filter, cell)) values.add(place)
    }
  }
  return { isComplete, addresses, dates, values }
}

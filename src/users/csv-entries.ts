import { isEmailAddress } from '../text/email-address.ts'
import { quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import type { Checked, Problem } from '../text/problem.ts'
import { type Columns, endsAtMidnight, findColumns, wantedColumns } from './csv-columns.ts'
import {
  cellOf,
  type CsvHeader,
  type CsvRow,
  findHeader,
  holdsAddress,
  rowsOf,
  startOfLine,
} from './csv-header.ts'
import { type ListName, placeIn } from './list-problems.ts'
import { readFilterValues, type RowFilter, selectionOf, selectionProblems, valueKey } from './row-filter.ts'
import { contentOf, type ListContent, type ListFormat, MAX_ENTRIES, type UserEntry } from './user-entry.ts'

/** A table whose columns are known. */
interface Table {
  readonly list: ListName
  readonly header: CsvHeader
  readonly columns: Columns
  readonly rows: readonly CsvRow[]
  /** The values of `only-rows`; undefined if every row counts. */
  readonly filter: RowFilter | undefined
  /** The number of cells of a complete row: all up to the last one with a title. */
  readonly width: number
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
  if (header === undefined) return { value: contentOf([]), problems: headerProblems }
  const { delimiter, line, titles } = header
  const { value: columns, problems: columnProblems } = findColumns(header, format)
  const { value: rows, problems: quoteProblems } = rowsOf(text.slice(startOfLine(text, line)), list, {
    delimiter,
    firstLine: line,
    maxRows: MAX_ENTRIES + 2,
  })
  const filter = columns?.filter === undefined ? undefined : readFilterValues(columns.filter.values)
  const at = placeIn(list, line)
  const problems = [
    ...headerProblems,
    ...[...columnProblems, ...(filter?.problems ?? [])].map((problem) => ({ ...problem, at })),
    ...quoteProblems,
  ]
  if (columns === undefined || problems.length > 0) return { value: contentOf([]), problems }
  const width = titles.findLastIndex((title) => title !== '') + 1
  return readTable({ list, header, columns, rows: rows.slice(1), filter: filter?.value, width }, format)
}

function readTable(table: Table, { dateColumn }: ListFormat): Checked<ListContent> {
  const { list, header, columns, rows, filter } = table
  const marks = countMarks(table)
  const hasComplete = rows.some((row) => lengthOf(row, table) === 'complete')
  const entries = rows.map((row) => entryOf(row, table, marks, hasComplete))
  const values = new Map<string, { text: string; count: number }>()
  for (const { cells } of columns.filter === undefined ? [] : rows) {
    const text = cellOf(cells, columns.filter?.place) ?? ''
    const key = valueKey(text)
    const known = values.get(key) ?? { text, count: 0 }
    if (key !== '') values.set(key, { ...known, count: known.count + 1 })
  }
  const selection =
    filter === undefined
      ? undefined
      : selectionOf(filter, values, cellOf(header.titles, columns.filter?.place) ?? '')
  const place = placeIn(list)
  const value = {
    entries,
    dateName:
      columns.date === undefined || dateColumn === 'revoke_after'
        ? '`revoke_after`'
        : shownValue(cellOf(header.titles, columns.date)),
    endsAtMidnight: columns.date !== undefined && endsAtMidnight(cellOf(header.titles, columns.date)),
    ...(selection?.emptiness !== undefined &&
      rows.length > 0 && { emptiness: { ...selection.emptiness, at: place } }),
    notes: [
      ...skippedLines(header, list),
      ...(selection === undefined ? [] : [`${list.name}: ${selection.note}`]),
    ],
    warnings: selection?.warnings.map((warning) => ({ ...warning, at: place })) ?? [],
  }
  const problems = [
    ...(filter === undefined
      ? []
      : selectionProblems(filter, values).map((problem) => ({ ...problem, at: place }))),
    ...rows.flatMap((row) =>
      tableProblems(row, table).map((problem) => ({ ...problem, at: placeIn(list, row.line) })),
    ),
  ]
  return { value, problems }
}

function skippedLines({ above, line }: CsvHeader, { name }: ListName): string[] {
  if (above.length === 0) return []
  const lines = ['line 1 was', 'lines 1 and 2 were'][line - 2] ?? `lines 1 to ${line - 1} were`
  return [`${name}: ${lines} skipped; the header is line ${line}.`]
}

/** What is wrong with a row that shows that the whole table may not be what it seems. */
function tableProblems(row: CsvRow, { columns, header }: Table): Problem[] {
  const untitled = columns.mustBeBlank.some((place) => cellOf(row.cells, place) !== '')
  return [
    ...(untitled
      ? [
          {
            what: 'a column without a title has something in it, which may be a date',
            remedy: 'Give the column a title.',
          },
        ]
      : []),
    ...(hasSwallowedRows(row, columns.email, header.delimiter)
      ? [
          {
            what: `a cell contains line breaks and may have swallowed rows, up to line ${row.lastLine}`,
            remedy: 'Check the quotation marks.',
          },
        ]
      : []),
  ]
}

/** Whether two stray quotation marks have made one cell of several rows: a line of it has an address in its column. */
function hasSwallowedRows({ rawCells = [] }: CsvRow, email: number, delimiter: string): boolean {
  return rawCells.some((cell, place) => {
    const lines = cell.split('\n')
    return (
      lines.length > 1 &&
      lines.some((line, index) => {
        const cells = line.split(delimiter)
        // The first line begins within its row.
        return cells.length > 1 && isEmailAddress((cells[index === 0 ? email - place : email] ?? '').trim())
      })
    )
  })
}

function entryOf(row: CsvRow, table: Table, marks: MarkCounts, hasComplete: boolean): UserEntry {
  const { list, header, columns, filter } = table
  const { cells, line, rawCells = [] } = row
  const at = placeIn(list, line)
  // Where cells may have shifted, whatever holds an address may be the user's.
  const broken = (problem: Problem): UserEntry => ({
    at,
    email: cells.filter(holdsAddress).join(', '),
    broken: problem,
  })
  const filled = cells.findLastIndex((cell) => cell !== '') + 1
  if (filled > header.titles.length) {
    const what = `this row has ${quantity(filled, 'cell')}, the header has ${header.titles.length}`
    return broken({ what, remedy: 'Fix the delimiters and quotation marks.' })
  }
  const { email, userUid, date, reference } = columns
  const read = [email, userUid, date, reference, columns.filter?.place]
  if (read.some((place) => place !== undefined && rawCells[place]?.trim().includes('\n') === true)) {
    return broken({
      what: 'a cell that has to be read contains several lines',
      remedy: 'Check the quotation marks.',
    })
  }
  const unusual = marksOf(row, table).filter((mark) => isUnusual(mark, row, table, marks))
  const length = lengthOf(row, table)
  // A row with cells too many can only be judged by rows that have as many as the header.
  const isJudged = length === 'shorter' || (length === 'longer' && hasComplete)
  if (isJudged && unusual.some((mark) => !mark.startsWith('value'))) return broken(SHIFTED)
  const isInAddressColumn = unusual.some((mark) => mark.endsWith(` ${email}`))
  const lacksAddress = isInAddressColumn || unusual.some((mark) => mark.startsWith('address'))
  const [uuid, revokeAfter, carried, value = ''] = read.slice(1).map((place) => cellOf(cells, place))
  const isUnselected = filter !== undefined && !filter.keys.has(valueKey(value))
  return {
    at,
    email: cellOf(cells, email),
    ...(uuid !== undefined && { userUid: uuid }),
    ...(revokeAfter !== undefined && { revokeAfter }),
    ...(carried !== undefined && { reference: carried }),
    ...(isUnselected && { isUnselected }),
    ...(length !== 'complete' && unusual.length > 0 && { brokenIfStays: SHIFTED }),
    ...((lacksAddress || (length !== 'complete' && unusual.length > 0)) && { brokenWithoutAddress: SHIFTED }),
  }
}

const SHIFTED: Problem = {
  what: 'this row has a value where no complete row has one, so cells seem to be missing or shifted',
  remedy: 'Write a delimiter for every cell, and put cells with delimiters in quotation marks.',
}

/** How many rows have a mark: those with as many cells as the header, and those with blank cells beyond it. */
type MarkCounts = ReadonlyMap<string, { readonly complete: number; readonly longer: number }>

function countMarks(table: Table): MarkCounts {
  const counts = new Map<string, { complete: number; longer: number }>()
  for (const row of table.rows) {
    for (const mark of marksOf(row, table)) {
      const kind = lengthOf(row, table)
      if (kind === 'shorter' || !isWitness(mark, row, table)) continue
      const count = counts.get(mark) ?? { complete: 0, longer: 0 }
      counts.set(mark, count)
      count[kind] += 1
    }
  }
  return counts
}

/** Whether no other row of the right length has the mark. */
function isUnusual(mark: string, row: CsvRow, table: Table, marks: MarkCounts): boolean {
  const { complete = 0, longer = 0 } = marks.get(mark) ?? {}
  const kind = lengthOf(row, table)
  const own = kind !== 'shorter' && isWitness(mark, row, table) ? 1 : 0
  return complete + (kind === 'longer' ? longer : 0) <= own
}

function lengthOf({ cells }: CsvRow, { width, header }: Table): 'shorter' | 'complete' | 'longer' {
  if (cells.length < width) return 'shorter'
  return cells.length > header.titles.length ? 'longer' : 'complete'
}

/** Only a row with an address in its own column says where else addresses are. */
function isWitness(mark: string, { cells }: CsvRow, { columns }: Table): boolean {
  return !mark.startsWith('address') || isEmailAddress(cellOf(cells, columns.email))
}

/** Addresses, dates, and selected values in columns that are not meant for them, each as its kind and column. */
function marksOf({ cells }: CsvRow, { columns, filter, header }: Table): string[] {
  if (cells.length > header.titles.length + MAX_SURPLUS) return []
  const sought = filter?.values.slice(0, MAX_SOUGHT) ?? []
  return cells.flatMap((cell, place) => {
    if (cell === '') return []
    const isElsewhere = place !== columns.filter?.place && sought.length > 0
    const text = isElsewhere ? valueKey(cell) : ''
    return [
      ...(place !== columns.email && holdsAddress(cell) ? [`address ${place}`] : []),
      ...(place !== columns.date && DATE_LIKE.test(cell) ? [`date ${place}`] : []),
      ...(isElsewhere &&
      sought.some(({ key }) => text === key || (key.length >= MIN_SOUGHT && text.includes(key)))
        ? [`value ${place}`]
        : []),
    ]
  })
}

/** So many values are sought in other columns, and shorter ones only as a whole cell. */
const [MAX_SOUGHT, MIN_SOUGHT] = [50, 4]

/** Rows that are much longer than the header are not examined. In cells. */
const MAX_SURPLUS = 1_000

import { isEmailAddress } from '../text/email-address.ts'
import {
  columnsText,
  doubtfulColumns,
  noDateColumn,
  noEmailColumn,
  type UnknownColumn,
} from './csv-advice.ts'
import { type CsvRow, DELIMITERS, firstRows } from './csv-rows.ts'
import type { ListFindings, ListName, MessageQuotes } from './list-findings.ts'
import type { ListFormat } from './user-entry.ts'

/** The row of titles, and the delimiter that it was found with. */
export interface CsvHeader {
  readonly delimiter: string
  readonly line: number
  readonly titles: readonly string[]
  /** The first rows below it. */
  readonly rows: readonly CsvRow[]
}

/** Where each field is in a row; undefined for a field without a column. */
export interface Columns {
  readonly email: number
  readonly userUid: number | undefined
  readonly date: number | undefined
  readonly reference: number | undefined
  /** The column of `only-rows`. */
  readonly filter: number | undefined
  /** Columns without a title. They may hold dates, so they must be blank where nothing says what the dates are. */
  readonly mustBeBlank: readonly number[]
}

/** The default of `date-column`. */
const DATE_COLUMN = 'revoke_after'

/** The header is among the first rows. */
const MAX_HEADER_ROW = 10

/** The form in which titles are compared: without letter case, white space, `-` and `_`. */
function columnKey(title: string): string {
  return title.toLowerCase().replace(/[-_\s"]/g, '')
}

/**
 * Finds the header: with the delimiter that gives it the wanted columns, the first row that has them.
 *
 * @returns undefined for a file without rows
 */
export async function findHeader(bytes: Buffer, format: ListFormat): Promise<CsvHeader | undefined> {
  const { emailColumn, dateColumn, referenceColumn, onlyRows } = format
  const wanted = [
    emailColumn,
    ...(isNamed(dateColumn) ? [dateColumn] : []),
    ...(referenceColumn === '' ? [] : [referenceColumn]),
    ...(onlyRows === undefined ? [] : [onlyRows.column]),
  ].map(columnKey)
  const found = await Promise.all(
    DELIMITERS.map(async (delimiter) => {
      const rows = await firstRows(bytes, delimiter, 3 * MAX_HEADER_ROW)
      const all = rowWith(wanted, rows)
      const some = rowWith(wanted.slice(0, 1), rows)
      const index = all ?? some ?? 0
      const header = rows[index]
      return header === undefined
        ? undefined
        : {
            delimiter,
            line: header.line,
            titles: header.cells,
            rows: rows.slice(index + 1),
            rank: all === undefined ? (some === undefined ? 0 : 1) : 2,
          }
    }),
  )
  // The first delimiter stays first where several do equally well.
  return found
    .filter((header) => header !== undefined)
    .sort((one, other) => other.rank - one.rank || other.titles.length - one.titles.length)[0]
}

/** The first row that has all these columns, and no address, which would make it a user's. */
function rowWith(wanted: readonly string[], rows: readonly CsvRow[]): number | undefined {
  const index = rows.slice(0, MAX_HEADER_ROW).findIndex(({ cells }) => {
    const keys = cells.map(columnKey)
    return (
      wanted.every((key) => keys.includes(key)) &&
      !cells.some((cell) => cell.includes('@') && isEmailAddress(cell))
    )
  })
  return index === -1 ? undefined : index
}

function isNamed(dateColumn: string): boolean {
  return dateColumn.toLowerCase() !== 'none' && columnKey(dateColumn) !== columnKey(DATE_COLUMN)
}

/**
 * Finds the columns by the header.
 *
 * A date column with an unknown name must not cause users who leave in two years to be revoked now. So a file with
 * unknown columns needs a date column, or `date-column: none`.
 *
 * @returns undefined if a problem was reported
 */
export function findColumns(
  { titles, rows, line }: CsvHeader,
  format: ListFormat,
  list: ListName,
  findings: ListFindings,
): Columns | undefined {
  const { quotes } = findings
  const { emailColumn, dateColumn, referenceColumn, onlyRows } = format
  const keys = titles.map(columnKey)
  const find = (name: string): number | undefined => {
    const place = name === '' ? -1 : keys.indexOf(columnKey(name))
    return place === -1 ? undefined : place
  }
  const email = find(emailColumn)
  if (email === undefined) {
    findings.problemAt({ list, line }, noEmailColumn(titles, rows, emailColumn, quotes))
    return undefined
  }
  const isDateless = dateColumn.toLowerCase() === 'none'
  const found = {
    email,
    userUid: find('user_uid'),
    date: isDateless ? undefined : find(dateColumn),
    reference: find(referenceColumn),
    filter: find(onlyRows?.column ?? ''),
  }
  const unknown = titles.flatMap((title, place): UnknownColumn[] =>
    Object.values(found).includes(place) ? [] : [{ title, place }],
  )
  const dateProblems = (): string[] => {
    const usual = titles.find((title) => columnKey(title) === columnKey(DATE_COLUMN))
    if (usual !== undefined && columnKey(dateColumn) !== columnKey(DATE_COLUMN)) {
      return [
        `there is a column ${quotes.name(usual)} beside \`date-column: ${dateColumn}\`, so it is not clear which dates count; remove that input, or rename the column.`,
      ]
    }
    if (found.date !== undefined || isDateless) return []
    if (isNamed(dateColumn)) return missing(titles, 'date-column', dateColumn, quotes)
    return noDateColumn(unknown, rows, onlyRows !== undefined, quotes)
  }
  const ambiguous = [...repeatedTitles(titles, keys, format, quotes), ...sharedColumns(found)]
  const problems = [
    ...ambiguous,
    ...(referenceColumn !== '' && found.reference === undefined
      ? missing(titles, 'reference-column', referenceColumn, quotes)
      : []),
    ...(onlyRows !== undefined && found.filter === undefined
      ? missing(titles, 'only-rows', onlyRows.column, quotes)
      : []),
    ...(ambiguous.length > 0 ? [] : dateProblems()),
  ]
  for (const problem of problems) findings.problemAt({ list, line }, problem)
  if (problems.length > 0) return undefined
  for (const warning of doubtfulColumns(titles[email], titles[found.date ?? -1], quotes)) {
    findings.warn(warning)
  }
  const untitled = unknown.filter(({ title }) => title === '').map(({ place }) => place)
  return { ...found, mustBeBlank: found.date === undefined && !isDateless ? untitled : [] }
}

function missing(
  titles: readonly string[],
  input: string,
  name: string,
  quotes: MessageQuotes,
): [problem: string] {
  return [`no column is called ${quotes.name(name)} (\`${input}\`). ${columnsText(titles, quotes)}`]
}

function repeatedTitles(
  titles: readonly string[],
  keys: readonly string[],
  { emailColumn, dateColumn, referenceColumn, onlyRows }: ListFormat,
  quotes: MessageQuotes,
): string[] {
  const names = [emailColumn, 'user_uid', dateColumn, referenceColumn, onlyRows?.column ?? '']
  const read = new Set(names.map(columnKey))
  return titles.flatMap((title, place) => {
    const key = columnKey(title)
    const again = key !== '' && read.has(key) && keys.indexOf(key) < place
    return again ? [`two columns have the same name, the second ${quotes.name(title)}; keep one.`] : []
  })
}

/** One column for two things is a mistake in the step. */
function sharedColumns({ email, userUid, date, reference }: Omit<Columns, 'mustBeBlank'>): string[] {
  const places = [email, userUid, date, reference].filter((place) => place !== undefined)
  return new Set(places).size === places.length
    ? []
    : ['`email-column`, `date-column`, and `reference-column` must be different columns.']
}

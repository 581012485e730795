import { CsvError, parse } from 'csv-parse/sync'
import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Place, type Problem, problem, withPlace } from '../text/problem.ts'
import { type ListFormat, MAX_ENTRIES, placeIn, shownValues } from './list.ts'
import { filterReadings, readFilterValues, type RowFilter } from './row-filter.ts'

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

/** The row of titles, and the delimiter that it was found with. */
interface Header {
  readonly delimiter: string
  readonly line: number
  readonly titles: readonly string[]
  readonly fields: ReturnType<typeof fieldsOf>
  readonly above: readonly CsvRow[]
}

/** Where each field is in a row; undefined for a field without a column. */
interface Columns {
  readonly email: number
  readonly userUid: number | undefined
  readonly date: number | undefined
  readonly reference: number | undefined
  /** That of `only-rows`, and the values that it selects; undefined if every row counts. */
  readonly filter: { readonly place: number; readonly value: RowFilter } | undefined
}

/** A table, of which it is clear what is where if there is no problem. */
export interface Table extends Header {
  readonly list: Place
  readonly columns: Columns
  readonly rows: readonly CsvRow[]
}

/** So much is searched for the header, in rows and in characters. */
const [MAX_HEADER_ROW, MAX_BEGINNING] = [30, 256 * 1024]

/** @param text - with line feeds as the only line ends */
export function readTable(text: string, list: Place, format: ListFormat): Checked<Table | undefined> {
  const { value: header, problems: headerProblems } = findHeader(text, list, format)
  if (header === undefined) return { value: undefined, problems: headerProblems }
  const { delimiter, line, above } = header
  const begin = above.length + 1
  const { value: all, problems: quoteProblems } = rowsOf(text, list, delimiter, begin + MAX_ENTRIES + 1)
  const rows = all.slice(begin)
  const { value: columns, problems: columnProblems } = findColumns(header, rows, format)
  const problems = [...withPlace(columnProblems, placeIn(list, line)), ...quoteProblems]
  return { value: columns && { ...header, list, columns, rows }, problems }
}

/** The first rows, up to the first wrong quotation mark, which is the problem if there is one. */
function rowsOf(text: string, list: Place, delimiter: string, to = MAX_HEADER_ROW): Checked<CsvRow[]> {
  const value: CsvRow[] = []
  try {
    parse(text, {
      delimiter,
      to,
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
    return { value, problems: [] }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const what = 'a quotation mark is wrong here or on an earlier line'
    const remedy = 'Fix it, because what follows cannot be checked.'
    return { value, problems: [problem(what, remedy, placeIn(list, Number(error['lines'])))] }
  }
}

/**
 * Finds the header: of the first rows the one in which most columns are found, by the delimiter that gives most cells. In
 * a list without a header that is the first row.
 *
 * @returns undefined for a blank text, and if there is a problem
 */
function findHeader(text: string, list: Place, format: ListFormat): Checked<Header | undefined> {
  if (/^[\s,;]*$/.test(text)) return { value: undefined, problems: [] }
  const beginning = text.slice(0, MAX_BEGINNING)
  const candidates = [',', ';', '\t'].flatMap((delimiter) => {
    const { value: rows } = rowsOf(beginning, list, delimiter)
    const size = rows.flatMap(({ cells }) => cells).length
    return rows.map(({ cells: titles, line }, place) => {
      const fields = fieldsOf(titles, format)
      const rank = fields.filter(({ places }) => places.length > 0).length
      return { rank, size, delimiter, line, titles, fields, above: rows.slice(0, place) }
    })
  })
  // The first row, and the first delimiter, stay first where several do equally well.
  const [header] = candidates.sort((one, other) => other.rank - one.rank || other.size - one.size)
  const problems =
    header === undefined ? rowsOf(beginning, list, ',').problems : addressProblems(header, list)
  return { value: problems.length > 0 ? undefined : header, problems }
}

/** Rows above the header are skipped, and titles are not read as users, unless they may be users. */
function addressProblems({ above, line, titles }: Header, list: Place): Problem[] {
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

/** What dates on which something else happens are called. */
const OTHER_DATE =
  /\b(?:log ?in|log ?on|sign ?in|sign ?on|seen|hired?|start(?:ed)?|birth(?:day|date)?|created|changed|modified|updated)\b/

const OTHER_ADDRESS = /\b(?:manager|supervisor)\b/

const LEAVING =
  /\b(?:leave|leaving|end|exit|last day|terminat\w*|offboard\w*|disabled|deactivated|expir\w*)\b/

/**
 * The address, UUID, date, and reference of a row, and the column of `only-rows`, each with the places of the columns that
 * may be meant by its name; several are a problem. The name of one that is not used is empty. `input` is the one that
 * names the column, and undefined for a column that may be missing.
 */
function fieldsOf(titles: readonly string[], format: ListFormat) {
  const { emailColumn, dateColumn, referenceColumn } = format
  const field = (name: string, input?: string) => ({ name, input, places: placesOf(titles, name) })
  return [
    field(emailColumn, 'email-column'),
    field('user_uid'),
    field(dateColumn, titleKey(dateColumn) === 'revokeafter' ? undefined : 'date-column'),
    field(referenceColumn, 'reference-column'),
    field(readingFor(titles, format)?.title ?? '', 'only-rows'),
  ]
}

/** The way to read `only-rows` that begins with a title, or else the first. */
function readingFor(titles: readonly string[], { onlyRows }: ListFormat) {
  const readings = filterReadings(onlyRows)
  return readings.find(({ title }) => placesOf(titles, title).length > 0) ?? readings[0]
}

/** The places of the titles that a name fits: exactly, or else without letter case, spaces, `-`, `_`, and composition. */
function placesOf(titles: readonly string[], name: string): number[] {
  const places = (fits: (title: string) => boolean): number[] =>
    titles.flatMap((title, place) => (title !== '' && fits(title) ? [place] : []))
  const exact = places((title) => title === name)
  const key = titleKey(name)
  return exact.length > 0 || key === '' ? exact : places((title) => titleKey(title) === key)
}

export function titleKey(title: string): string {
  return title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[-_\s]+/g, '')
}

/**
 * A date column with an unknown name must not cause users who leave in two years to be revoked now. So a table with
 * anything in other columns needs a date column, or `date-column: none`.
 *
 * @param rows - those below the header
 * @returns undefined if there is no column of addresses
 */
function findColumns(
  { titles, fields }: Header,
  rows: readonly CsvRow[],
  format: ListFormat,
): Checked<Columns | undefined> {
  const [email, userUid, date, reference, filterPlace] = fields.map(({ places: [place] }) => place)
  const { values = '' } = readingFor(titles, format) ?? {}
  const filter = filterPlace === undefined ? undefined : { place: filterPlace, ...readFilterValues(values) }
  const missing = fields.flatMap(({ name, input, places }) =>
    name === '' || input === undefined || places.length > 0 ? [] : [`${shownValue(name)} (\`${input}\`)`],
  )
  const equal = fields.flatMap(({ places }) => (places.length > 1 ? places : []))
  // The column of `only-rows` may be one of the others.
  const known = fields.slice(0, -1).flatMap(({ places }) => places)
  const filled = new Set(
    rows.flatMap(({ cells }) => cells.flatMap((cell, place) => (cell === '' ? [] : [place]))),
  )
  const others = titles.filter(
    (title, place) => (title !== '' || filled.has(place)) && !known.includes(place),
  )
  const needsDate = date === undefined && titleKey(format.dateColumn) === 'revokeafter'
  const usualDate = placesOf(titles, 'revoke_after').find((place) => place !== date)
  const titleOf = (place = -1): string => titles[place] ?? ''
  const columns = `The columns are ${shownValues(titles)}.`
  const found: readonly (readonly [isWrong: boolean, what: string, remedy: string])[] = [
    [missing.length > 0, `no column is called ${missing.join(' or ')}`, columns],
    [
      equal.length > 0,
      `several columns are called nearly the same: ${shownValues(equal.map(titleOf))}`,
      'Rename all of them but the right one, or write its exact title in the input.',
    ],
    [
      new Set(known).size < known.length,
      '`email-column`, `date-column`, and `reference-column` must be different columns',
      columns,
    ],
    [
      usualDate !== undefined,
      `the list has a column ${shownValue(titleOf(usualDate))}, but \`date-column\` is ${shownValue(format.dateColumn === '' ? 'none' : format.dateColumn)}, so it is not clear which dates count`,
      'If the dates of that column are the right ones, remove `date-column`. If not, rename the column.',
    ],
    [
      // A column that is only misnamed is told as that.
      needsDate && others.length > missing.length,
      'no column is called "revoke_after", so nothing says when users leave',
      `${columns} Set \`date-column\` to the one with the dates on which users leave, or if \`only-rows\` says who leaves, set \`date-column: none\`. For a list of nothing but leavers, see docs/lists.md.`,
    ],
    [
      saysOther(titleOf(date), OTHER_DATE),
      `the column ${shownValue(titleOf(date))} (\`date-column\`) does not seem to say when users leave`,
      'Use another column, or `only-rows`. If it is the right one, rename it.',
    ],
    [
      saysOther(titleOf(email), OTHER_ADDRESS),
      `the column ${shownValue(titleOf(email))} (\`email-column\`) does not seem to have the addresses of the users who leave`,
      'Use another column. If it is the right one, rename it.',
    ],
  ]
  const problems = [
    ...found.flatMap(([isWrong, what, remedy]) => (isWrong ? [problem(what, remedy)] : [])),
    ...(filter?.problems ?? []),
  ]
  return { value: email === undefined ? undefined : { email, userUid, date, reference, filter }, problems }
}

/** "lastLogin" and "LAST_LOGIN" are "last login". */
function saysOther(title: string, other: RegExp): boolean {
  const separated = title.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
  const words = (separated.match(/[\p{L}\d]+/gu) ?? []).join(' ').toLowerCase()
  return other.test(words) && !LEAVING.test(words)
}

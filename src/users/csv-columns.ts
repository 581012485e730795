import { shownValue } from '../text/plain-text.ts'
import { type Checked, problem } from '../text/problem.ts'
import { type ListFormat, shownValues } from './list.ts'
import { type FilterReading, filterReadings, readFilterValues, type RowFilter } from './row-filter.ts'

/** Where each field is in a row; undefined for a field without a column. */
export interface Columns {
  readonly email: number
  readonly userUid: number | undefined
  readonly date: number | undefined
  readonly reference: number | undefined
  /** That of `only-rows`, and the values that it selects; undefined if every row counts. */
  readonly filter: { readonly place: number; readonly value: RowFilter } | undefined
}

const [DATE_COLUMN, DATE_KEY] = ['revoke_after', 'revokeafter']

/** What dates on which something else happens are called. */
const OTHER_DATE =
  /\b(?:log ?in|log ?on|sign ?in|sign ?on|seen|hired?|start(?:ed)?|birth(?:day|date)?|created|changed|modified|updated)\b/

const OTHER_ADDRESS = /\b(?:manager|supervisor)\b/

const LEAVING =
  /\b(?:leave|leaving|end|exit|last day|terminat\w*|offboard\w*|disabled|deactivated|expir\w*)\b/

/** Whether the column is one of Active Directory for the day on which an account has expired when it begins. */
export function endsAtMidnight(title: string): boolean {
  return ['accountexpirationdate', 'accountexpires'].includes(titleKey(title))
}

/** A field of a row, and the columns that may be meant by its name; several are a problem. */
interface Field {
  /** Empty if the step does not use the field. */
  readonly name: string
  /** The input that names the column; undefined for a column that may be missing. */
  readonly input: string | undefined
  readonly places: readonly number[]
}

/** Address, UUID, date, reference, and the column of `only-rows`. */
export function fieldsOf(titles: readonly string[], format: ListFormat): Field[] {
  const { emailColumn, dateColumn, referenceColumn } = format
  const field = (name: string, input?: string): Field => ({ name, input, places: placesOf(titles, name) })
  return [
    field(emailColumn, 'email-column'),
    field('user_uid'),
    field(dateColumn, titleKey(dateColumn) === DATE_KEY ? undefined : 'date-column'),
    field(referenceColumn, 'reference-column'),
    field(readingFor(titles, format)?.title ?? '', 'only-rows'),
  ]
}

/** The way to read `only-rows` that begins with a title, or else the first. */
function readingFor(titles: readonly string[], { onlyRows }: ListFormat): FilterReading | undefined {
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

function titleKey(title: string): string {
  return title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[-_\s]+/g, '')
}

/**
 * Finds the columns by the titles of the header.
 *
 * A date column with an unknown name must not cause users who leave in two years to be revoked now. So a table with
 * anything in other columns needs a date column, or `date-column: none`.
 *
 * @param rows - the cells below the header
 * @returns undefined if there is a problem
 */
export function findColumns(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  format: ListFormat,
): Checked<Columns | undefined> {
  const fields = fieldsOf(titles, format)
  const [email, userUid, date, reference, filterPlace] = fields.map(({ places: [place] }) => place)
  const { values = '' } = readingFor(titles, format) ?? {}
  const filter = filterPlace === undefined ? undefined : { place: filterPlace, ...readFilterValues(values) }
  const missing = fields
    .filter(({ name, input, places }) => name !== '' && input !== undefined && places.length === 0)
    .map(({ name, input = '' }) => `${shownValue(name)} (\`${input}\`)`)
  const equal = fields.flatMap(({ places }) => (places.length > 1 ? places : []))
  // The column of `only-rows` may be one of the others.
  const known = fields.slice(0, -1).flatMap(({ places }) => places)
  const filled = new Set(
    rows.flatMap((cells) => cells.flatMap((cell, place) => (cell === '' ? [] : [place]))),
  )
  const others = titles.filter(
    (title, place) => (title !== '' || filled.has(place)) && !known.includes(place),
  )
  const needsDate = date === undefined && titleKey(format.dateColumn) === DATE_KEY
  const usualDate = placesOf(titles, DATE_COLUMN).find((place) => place !== date)
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
  if (email === undefined || problems.length > 0) return { value: undefined, problems }
  return { value: { email, userUid, date, reference, filter }, problems }
}

/** "lastLogin" and "LAST_LOGIN" are "last login". */
function saysOther(title: string, other: RegExp): boolean {
  const separated = title.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
  const words = (separated.match(/[\p{L}\d]+/gu) ?? []).join(' ').toLowerCase()
  return other.test(words) && !LEAVING.test(words)
}

import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Problem, problem } from '../text/problem.ts'
import { type CsvHeader, hasColumn, hiddenText, placesOf, titleKey, type WantedColumn } from './csv-header.ts'
import { type ListFormat, shownValues } from './list.ts'
import { filterReadings } from './row-filter.ts'

/** Where each field is in a row; undefined for a field without a column. */
export interface Columns {
  readonly email: number
  readonly userUid: number | undefined
  readonly date: number | undefined
  readonly reference: number | undefined
  /** The column of `only-rows`, and the values that the input has for it. */
  readonly filter: { readonly place: number; readonly values: string } | undefined
  /** Columns without a title. They may hold dates, so they must be blank where nothing says what the dates are. */
  readonly mustBeBlank: readonly number[]
}

const DATE_COLUMN = 'revoke_after'

/** The columns of Active Directory for the day on which an account has expired when it begins. */
const EXPIRATION_KEYS = ['accountexpirationdate', 'accountexpires']

/** What dates on which something else happens are called. */
const OTHER_DATE =
  /\b(?:log ?in|log ?on|sign ?in|sign ?on|seen|hired?|start(?:ed)?|birth(?:day|date)?|created|changed|modified|updated)\b/

const OTHER_ADDRESS = /\b(?:manager|supervisor)\b/

const LEAVING =
  /\b(?:leave|leaving|end|exit|last day|terminat\w*|offboard\w*|disabled|deactivated|expir\w*)\b/

export function wantedColumns(format: ListFormat): WantedColumn[] {
  const { emailColumn, dateColumn, referenceColumn, onlyRows } = format
  return [
    { input: 'email-column', names: [emailColumn] },
    { input: 'date-column', names: isNamed(dateColumn) ? [dateColumn] : [] },
    { input: 'reference-column', names: referenceColumn === '' ? [] : [referenceColumn] },
    { input: 'only-rows', names: filterReadings(onlyRows).map(({ title }) => title) },
  ].filter(({ names }) => names.length > 0)
}

function isNamed(dateColumn: string): boolean {
  return !isNone(dateColumn) && titleKey(dateColumn) !== titleKey(DATE_COLUMN)
}

function isNone(dateColumn: string): boolean {
  return dateColumn.toLowerCase() === 'none'
}

/** Whether a date in that column may mean that the account ends when the day begins. */
export function endsAtMidnight(title: string): boolean {
  return EXPIRATION_KEYS.includes(titleKey(title))
}

/**
 * Finds the columns by the header.
 *
 * A date column with an unknown name must not cause users who leave in two years to be revoked now. So a table with
 * unknown columns needs a date column, or `date-column: none`.
 *
 * @returns undefined if there is a problem
 */
export function findColumns({ titles }: CsvHeader, format: ListFormat): Checked<Columns | undefined> {
  const { emailColumn, dateColumn, referenceColumn, onlyRows } = format
  const filter = filterReadings(onlyRows).find(({ title }) => placesOf(titles, title).length > 0)
  const usual = placesOf(titles, DATE_COLUMN)
  const places = {
    email: placesOf(titles, emailColumn),
    userUid: placesOf(titles, 'user_uid'),
    date: isNone(dateColumn) ? [] : placesOf(titles, dateColumn),
    reference: placesOf(titles, referenceColumn),
    filter: filter === undefined ? [] : placesOf(titles, filter.title),
  }
  const [email, userUid, date, reference] = [places.email, places.userUid, places.date, places.reference].map(
    ([place]) => place,
  )
  const [filterPlace] = places.filter
  const known = Object.values(places).flat()
  const others = Array.from(titles.keys()).filter((place) => !known.includes(place))
  const missing = wantedColumns(format).filter((column) => !hasColumn(titles, column))
  const needsDate = date === undefined && !isNone(dateColumn) && !isNamed(dateColumn)
  // A column that is only misnamed is told as that.
  const undated = others.filter((place) => titles[place] !== '').length + (filter === undefined ? 0 : 1)
  const problems = [
    ...(missing.length > 0 ? [problem(missingText(missing), columnsText(titles))] : []),
    ...ambiguousColumns(Object.values(places), titles),
    ...sharedColumns([email, userUid, date, reference]),
    ...(isNone(dateColumn) || isNamed(dateColumn) ? doubleDates(usual, titles, dateColumn) : []),
    ...(needsDate && undated > missing.length ? [undatedTable(titles, onlyRows)] : []),
    ...otherColumns(titles[email ?? -1], titles[date ?? -1]),
  ]
  if (email === undefined || problems.length > 0) return { value: undefined, problems }
  const value = {
    ...{ email, userUid, date, reference },
    filter:
      filter === undefined || filterPlace === undefined
        ? undefined
        : { place: filterPlace, values: filter.values },
    mustBeBlank: needsDate ? others : [],
  }
  return { value, problems: [] }
}

function missingText(missing: readonly WantedColumn[]): string {
  const named = missing.map(({ input, names: [name = ''] }) => `${shownValue(name)} (\`${input}\`)`)
  const others = named.slice(0, -1).join(', ')
  return `no column is called ${others === '' ? '' : `${others} or `}${named.at(-1) ?? ''}`
}

function columnsText(titles: readonly string[]): string {
  return `The columns are ${shownValues(titles.filter((title) => title !== ''))}.${hiddenText(titles)}`
}

function ambiguousColumns(places: readonly (readonly number[])[], titles: readonly string[]): Problem[] {
  const found = places
    .filter(({ length }) => length > 1)
    .map((equal) => shownValues(equal.map((place) => titles[place] ?? '')))
  return Array.from(new Set(found), (names) =>
    problem(
      `several columns are called nearly the same: ${names}`,
      'Rename all of them but the right one, or write its exact title in the input.',
    ),
  )
}

/** One column for two things is a mistake in the step. */
function sharedColumns(given: readonly (number | undefined)[]): Problem[] {
  const places = given.filter((place) => place !== undefined)
  return new Set(places).size === places.length
    ? []
    : [problem('`email-column`, `date-column`, and `reference-column` must be different columns')]
}

function doubleDates([usual]: readonly number[], titles: readonly string[], dateColumn: string): Problem[] {
  if (usual === undefined) return []
  const what = `the list has a column ${shownValue(titles[usual] ?? '')}, but \`date-column\` is ${shownValue(dateColumn)}, so it is not clear which dates count`
  return [
    problem(
      what,
      'If the dates of that column are the right ones, remove `date-column`. If not, rename the column.',
    ),
  ]
}

function undatedTable(titles: readonly string[], onlyRows: string): Problem {
  const isSelected = filterReadings(onlyRows).length > 0
  const none = isSelected
    ? 'or, because `only-rows` says who leaves, set `date-column: none`'
    : 'or set `date-column: none` together with `only-rows`'
  return problem(
    'no column is called "revoke_after", so nothing says when users leave',
    `${columnsText(titles)} Set \`date-column\` to the one with the dates on which users leave, ${none}. For a list of nothing but leavers, see docs/lists.md.`,
  )
}

function otherColumns(email = '', date = ''): Problem[] {
  const noDate = `the column ${shownValue(date)} (\`date-column\`) does not seem to say when users leave, but users would be revoked by its dates`
  const noAddress = `the column ${shownValue(email)} (\`email-column\`) does not seem to have the addresses of the users who leave`
  const rename = 'If this is the right column, rename it.'
  return [
    ...(saysOther(date, OTHER_DATE)
      ? [problem(noDate, `Use another column, or \`only-rows\`. ${rename}`)]
      : []),
    ...(saysOther(email, OTHER_ADDRESS) ? [problem(noAddress, `Use another column. ${rename}`)] : []),
  ]
}

/** "lastLogin" and "LAST_LOGIN" are "last login". */
function saysOther(title: string, other: RegExp): boolean {
  const separated = title
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
  const words = (separated.match(/[\p{L}\d]+/gu) ?? []).join(' ').toLowerCase()
  return other.test(words) && !LEAVING.test(words)
}

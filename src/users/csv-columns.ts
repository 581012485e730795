import { shownValue } from '../text/plain-text.ts'
import type { Checked, Problem } from '../text/problem.ts'
import { type CsvHeader, hiddenText, placesOf, titleKey, type WantedColumns } from './csv-header.ts'
import { shownValues } from './list-problems.ts'
import { type FilterReading, filterReadings } from './row-filter.ts'
import type { ListFormat } from './user-entry.ts'

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

/** The default of `date-column`. */
const DATE_COLUMN = 'revoke_after'

/** The columns of Active Directory for the day on which an account has expired when it begins. */
const EXPIRATION_KEYS = ['accountexpirationdate', 'accountexpires']

/** What dates on which something else happens are called. */
const OTHER_DATE =
  /\b(?:log ?in|log ?on|sign ?in|sign ?on|seen|hired?|start(?:ed)?|birth(?:day|date)?|created|changed|modified|updated)\b/

/** What addresses of someone else are called. */
const OTHER_ADDRESS = /\b(?:manager|supervisor)\b/

/** What a title says that is about leaving all the same. */
const LEAVING =
  /\b(?:leave|leaving|end|exit|last day|terminat\w*|offboard\w*|disabled|deactivated|expir\w*)\b/

/** Where docs/lists.md is, as messages name it. */
const DOCUMENT = 'docs/lists.md'

/** The columns that the step names, by the names that they may have. */
export function wantedColumns({
  emailColumn,
  dateColumn,
  referenceColumn,
  onlyRows,
}: ListFormat): WantedColumns {
  const filter = filterReadings(onlyRows).map(({ title }) => title)
  return [
    [emailColumn],
    ...(isNamed(dateColumn) ? [[dateColumn]] : []),
    ...(referenceColumn === '' ? [] : [[referenceColumn]]),
    ...(filter.length === 0 ? [] : [filter]),
  ]
}

/** Whether the input names a column of its own. */
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
  const readings = filterReadings(onlyRows)
  const filter = readings.find(({ title }) => placesOf(titles, title).length > 0) ?? readings[0]
  const places = {
    email: placesOf(titles, emailColumn),
    userUid: placesOf(titles, 'user_uid'),
    date: isNone(dateColumn) ? [] : placesOf(titles, dateColumn),
    reference: placesOf(titles, referenceColumn),
    filter: filter === undefined ? [] : placesOf(titles, filter.title),
  }
  const usual = placesOf(titles, DATE_COLUMN)
  const known = new Set(Object.values(places).flat())
  const others = titles.flatMap((title, place) => (known.has(place) ? [] : [{ title, place }]))
  const {
    email: [email],
    userUid: [userUid],
    date: [date],
    reference: [reference],
  } = places
  const missing = missingColumns(places, format, filter, titles)
  const needsDate = date === undefined && !isNone(dateColumn) && !isNamed(dateColumn)
  const undated = [
    ...(places.filter[0] === undefined ? [] : [titles[places.filter[0]] ?? '']),
    ...others.map(({ title }) => title).filter((title) => title !== ''),
  ]
  const problems = [
    ...missing,
    ...ambiguousColumns(Object.values(places), titles),
    ...sharedColumns([email, userUid, date, reference]),
    ...(usual.length > 0 && (isNone(dateColumn) || isNamed(dateColumn))
      ? [doubleDates(titles[usual[0] ?? 0] ?? '', dateColumn)]
      : []),
    ...(needsDate && undated.length > missing.length ? [undatedTable(titles, onlyRows)] : []),
    ...otherColumns(titles[email ?? -1], titles[date ?? -1]),
  ]
  if (email === undefined || problems.length > 0) return { value: undefined, problems }
  const [filterPlace] = places.filter
  const value = {
    email,
    userUid,
    date,
    reference,
    filter:
      filter === undefined || filterPlace === undefined
        ? undefined
        : { place: filterPlace, values: filter.values },
    mustBeBlank: needsDate ? others.map(({ place }) => place) : [],
  }
  return { value, problems: [] }
}

type Places = Readonly<Record<'email' | 'userUid' | 'date' | 'reference' | 'filter', readonly number[]>>

/** All columns that are missing, as one problem. */
function missingColumns(
  places: Places,
  { emailColumn, dateColumn, referenceColumn }: ListFormat,
  filter: FilterReading | undefined,
  titles: readonly string[],
): Problem[] {
  const missing = [
    ...(places.email.length === 0 ? [`${shownValue(emailColumn)} (\`email-column\`)`] : []),
    ...(places.date.length === 0 && isNamed(dateColumn)
      ? [`${shownValue(dateColumn)} (\`date-column\`)`]
      : []),
    ...(places.reference.length === 0 && referenceColumn !== ''
      ? [`${shownValue(referenceColumn)} (\`reference-column\`)`]
      : []),
    ...(places.filter.length === 0 && filter !== undefined
      ? [`${shownValue(filter.title)} (\`only-rows\`)`]
      : []),
  ]
  if (missing.length === 0) return []
  const what = `no column is called ${missing.length > 1 ? `${missing.slice(0, -1).join(', ')} or ` : ''}${missing.at(-1) ?? ''}`
  return [{ what, remedy: columnsText(titles) }]
}

/** The titles as a sentence. */
function columnsText(titles: readonly string[]): string {
  return `The columns are ${shownValues(titles.filter((title) => title !== ''))}.${hiddenText(titles)}`
}

function ambiguousColumns(places: readonly (readonly number[])[], titles: readonly string[]): Problem[] {
  const found = places
    .filter(({ length }) => length > 1)
    .map((equal) => shownValues(equal.map((place) => titles[place] ?? '')))
  return Array.from(new Set(found), (names) => ({
    what: `several columns are called nearly the same: ${names}`,
    remedy: 'Rename all of them but the right one, or write its exact title in the input.',
  }))
}

/** One column for two things is a mistake in the step. */
function sharedColumns(given: readonly (number | undefined)[]): Problem[] {
  const places = given.filter((place) => place !== undefined)
  return new Set(places).size === places.length
    ? []
    : [{ what: '`email-column`, `date-column`, and `reference-column` must be different columns' }]
}

function doubleDates(usual: string, dateColumn: string): Problem {
  return {
    what: `the list has a column ${shownValue(usual)}, but \`date-column\` is ${shownValue(dateColumn)}, so it is not clear which dates count`,
    remedy:
      'If the dates of that column are the right ones, remove `date-column`. If not, rename the column.',
  }
}

function undatedTable(titles: readonly string[], onlyRows: string): Problem {
  const isSelected = filterReadings(onlyRows).length > 0
  const none = isSelected
    ? 'or, because `only-rows` says who leaves, set `date-column: none`'
    : 'or set `date-column: none` together with `only-rows`'
  return {
    what: 'no column is called "revoke_after", so nothing says when users leave',
    remedy: `${columnsText(titles)} Set \`date-column\` to the one with the dates on which users leave, ${none}. For a list of nothing but leavers, see ${DOCUMENT}.`,
  }
}

/** Columns that the step names, and whose titles say that they are something else. */
function otherColumns(email: string | undefined, date: string | undefined): Problem[] {
  return [
    ...(date !== undefined && saysOther(date, OTHER_DATE)
      ? [
          {
            what: `the column ${shownValue(date)} (\`date-column\`) does not seem to say when users leave, but users would be revoked by its dates`,
            remedy: 'Use another column, or `only-rows`. If this is the right column, rename it.',
          },
        ]
      : []),
    ...(email !== undefined && saysOther(email, OTHER_ADDRESS)
      ? [
          {
            what: `the column ${shownValue(email)} (\`email-column\`) does not seem to have the addresses of the users who leave`,
            remedy: 'Use another column. If this is the right column, rename it.',
          },
        ]
      : []),
  ]
}

function saysOther(title: string, other: RegExp): boolean {
  const words = wordsOf(title)
  return other.test(words) && !LEAVING.test(words)
}

/** A title as words in lower case: "lastLogin" and "LAST_LOGIN" are "last login". */
function wordsOf(title: string): string {
  const words = title
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .match(/[\p{L}\d]+/gu)
  return (words ?? []).join(' ').toLowerCase()
}

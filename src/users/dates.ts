import { Temporal } from 'temporal-polyfill'
import { refusedCharacter } from '../text/email-address.ts'
import {
  DATE_FORMATS,
  DATE_PATTERNS,
  type DateFormat,
  DAY_MS,
  parseTimestamp,
  timeInZone,
} from '../text/measures.ts'
import { unexpandedCause } from '../text/plain-text.ts'
import { type Problem, problem } from '../text/problem.ts'
import type { ListFormat } from './list.ts'

/** A point in time as it was given, and in milliseconds since the epoch. */
export interface Moment {
  readonly text: string
  readonly at: number
}

/** What is wrong with a date. Its `what` is the end of a sentence that begins with the date. */
export interface DateProblem extends Problem {
  /** Undefined for a text that is no date in any format. */
  readonly kind?: 'other_format' | 'odd_year'
}

/** What a text says: from when on a user is to be revoked, or that no date is known. */
export type DateReading = Moment | 'now' | 'blank' | DateProblem

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** RFC 3339, 5.6, and how databases write it. Seconds, and minutes of the offset, may be missing. */
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[T\s](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?\s?(?:Z|UTC|GMT|([+-]\d{2})(?::?(\d{2}))?)$/i

/** Midnight, as spreadsheets and databases write it after a mere date. */
const MIDNIGHT = /^(?:0?0:00(?::00(?:\.0+)?)?|(?:12|0?0):00(?::00(?:\.0+)?)?\s?A\.?M\.?)$/i

/** What systems write for "no date": dashes, words, and dates of nothing but zeros. */
const BLANK =
  /^(?:|[-\u2010-\u2015\u2043\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D]+|n\/a|n\.a\.?|na|#n\/a|none|nil|null|\(null\)|undefined|nan|nat|\\n|\(blank\)|\(empty\)|<na>|_no response_|never|0+|9223372036854775807|[0\s]*(?:[-./][0\s]*){2})$/i

/**
 * Years and days from which .NET, Windows, SQL Server, spreadsheets, and Unix count, and the days that the first moments of
 * Unix and of Windows are where the clock is behind.
 */
const ZEROS = ['0001', '1601', '1753', '1899', '1900', '1970-01-01', '1969-12-31', '1600-12-31']

/** What systems write for the end of time. Users with these dates are never due. */
const LAST_DAYS = [
  ...['2099', '2199', '2999', '4712', '9999'].map((year) => `${year}-12-31`),
  ...['2100', '3000'].map((year) => `${year}-01-01`),
  '2079-06-06',
]

/** No leaver left earlier, or leaves later. */
const [FIRST_YEAR, MAX_YEARS_AHEAD] = [1971, 50]

/** RFC 3339 cannot write the year 10000, in which 9999-12-31 ends. In milliseconds since the epoch. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59)

/**
 * Reads the date of a user: a date counts from the end of that day in the time zone, a timestamp from that second on.
 * Timestamps and dates in the default format are understood whatever the format.
 *
 * @param endsAtMidnight - whether an account ends when its day begins, as in Active Directory; then a bare midnight is
 * ambiguous
 */
export function readDate(text: string, rules: ListFormat, endsAtMidnight: boolean): DateReading {
  const { dateFormat, timezone, now } = rules
  if (/^now$/i.test(text)) return 'now'
  const [before, time] = dayAndTime(text)
  const at = timestampOf(text)
  if (isBlank(before) || (at !== undefined && at >= 0 && at < DAY_MS)) return 'blank'
  const isMidnight = MIDNIGHT.test(time)
  const day = isMidnight ? before : text
  const date = at === undefined ? (dayOf(day, dateFormat) ?? dayOf(day, DATE_FORMATS[0])) : before
  if (date === undefined) return misreading(text, day, rules)
  if (LAST_DAYS.includes(date)) return { text, at: LAST_MS }
  if (at === undefined && isMidnight && endsAtMidnight) {
    const what = 'is midnight without an offset, and an account has expired when that day begins'
    return problem(what, "Export it with its offset, in PowerShell with `.ToString('o')`.")
  }
  const nextDay = Temporal.PlainDate.from(date).add({ days: 1 })
  return yearProblem(date, now) ?? { text, at: at ?? nextDay.toZonedDateTime(timezone).epochMilliseconds }
}

function dayAndTime(text: string): [day: string, time: string] {
  const start = text.search(/\d{1,2}:\d{2}/)
  const before = text.slice(0, Math.max(start, 0))
  return /.[T\s]$/i.test(before)
    ? [before.replace(/T$/i, '').trimEnd().replace(/,$/, ''), text.slice(start)]
    : [text, '']
}

function yearProblem(date: string, now: number): DateProblem | undefined {
  const year = Number(date.slice(0, 4))
  const last = new Date(now).getUTCFullYear() + MAX_YEARS_AHEAD
  const isTooLate = date > `${last}${new Date(now).toISOString().slice(4, 10)}`
  if (year >= FIRST_YEAR && !isTooLate) return undefined
  const what = isTooLate ? `is more than ${MAX_YEARS_AHEAD} years ahead` : `is before ${FIRST_YEAR}`
  return { ...problem(what, 'Check the year.'), kind: 'odd_year' }
}

/** What people and programs write instead of a date. The first pattern that fits tells. */
const MISTAKES: readonly (readonly [pattern: RegExp, what: string, remedy: string])[] = [
  [
    /[T\s]\d{1,2}:\d{2}/i,
    'is a time without an offset',
    'Write it like 2026-11-30T18:00:00+01:00, or only the day.',
  ],
  [
    /^\\?\/Date\(/i,
    'is how Windows PowerShell writes a date in JSON',
    "Write the date with `.ToString('o')`.",
  ],
  [
    /^\d{5}(?:\.\d+)?$/,
    'is a number',
    'In the spreadsheet, format the column as dates, and save the list again.',
  ],
  [/^\d{1,2}[-./]\d{1,2}[-./]\d{2}$/, 'has a year of two digits', 'Write all four.'],
]

function misreading(text: string, day: string, { dateFormat, now }: ListFormat): DateProblem {
  const refused = refusedCharacter(text)
  if (refused !== undefined) return problem(`contains ${refused}, which no date has`, 'Type the date again.')
  const others = DATE_FORMATS.filter((name) => {
    const other = dayOf(day, name)
    return other !== undefined && yearProblem(other, now) === undefined
  })
  if (others.length > 0) {
    const formats = others.map((name) => `\`${name}\``).join(' and ')
    const fit = others.length > 1 ? 'fit' : 'fits'
    const remedy = `${formats} ${fit}. The wrong format revokes too early or too late, so check how the list was exported before you set \`date-format\`.`
    return { ...problem(`is not a date in the format ${dateFormat}`, remedy), kind: 'other_format' }
  }
  if (TIMESTAMP.test(text) || DATE_FORMATS.some((name) => writtenDay(day, name) !== undefined))
    return problem('does not exist')
  const cause = unexpandedCause(text)
  if (cause !== undefined) return problem(cause)
  const [, mistake, remedy] = MISTAKES.find(([pattern]) => pattern.test(text)) ?? []
  if (mistake !== undefined) return problem(mistake, remedy)
  return problem(
    `is not a date in the format ${dateFormat}, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or \`now\``,
  )
}

/** The date as RFC 3339 writes it, whether or not the calendar has it; undefined if it is not written in that format. */
function writtenDay(text: string, format: DateFormat): string | undefined {
  const { year, month = '', day = '' } = DATE_PATTERNS[format].exec(text)?.groups ?? {}
  if (year === undefined) return undefined
  const number = /^\d/.test(month) ? month : `${MONTHS.indexOf(month.toLowerCase()) + 1}`
  return `${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** The same; undefined also if the calendar does not have it. */
function dayOf(text: string, format: DateFormat): string | undefined {
  const written = writtenDay(text, format)
  return parseTimestamp(`${written ?? ''}T00:00:00Z`) === undefined ? undefined : written
}

function isBlank(text: string): boolean {
  const days = DATE_FORMATS.flatMap((format) => writtenDay(text, format) ?? [])
  return BLANK.test(text) || days.some((day) => ZEROS.some((zero) => day.startsWith(zero)))
}

/** A timestamp in milliseconds since the epoch; undefined for other texts, and if it does not exist. */
function timestampOf(text: string): number | undefined {
  const [, day = '', time = '', seconds = ':00', hours = '+00', minutes = '00'] = TIMESTAMP.exec(text) ?? []
  return parseTimestamp(`${day}T${time}${seconds}${hours}:${minutes}`)
}

/**
 * Some systems store a mere day as midnight UTC, which is another moment than the end of the day in the time zone.
 *
 * @returns a warning if all timestamps look like that
 */
export function midnightWarnings(moments: readonly Moment[], timezone: string): Problem[] {
  const timestamps = moments.filter(({ text }) => TIMESTAMP.test(text))
  const [first] = timestamps
  if (first === undefined || timestamps.some(({ at }) => at % DAY_MS !== 0)) return []
  const instant = Temporal.Instant.fromEpochMilliseconds(first.at)
  // UTC has several names.
  if (instant.toZonedDateTimeISO(timezone).equals(instant.toZonedDateTimeISO('UTC'))) return []
  return [
    problem(
      'every timestamp is midnight UTC, so these look like days stored as midnight UTC',
      `A user with ${first.text} is due from ${timeInZone(first.at, timezone)}, not from the end of a day. If days are meant, write them without a time.`,
    ),
  ]
}

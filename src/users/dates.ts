import type { Temporal } from 'temporal-polyfill'
import { unexpandedCause } from '../text/mistakes.ts'
import { codePointName, unprintableIn } from '../text/plain-text.ts'
import { type Problem, problem } from '../text/problem.ts'

/** The calendar and the time zones. Whoever reads dates loads them, because most runs have no dates. */
export type Calendar = typeof Temporal

/** A point in time as it was given, and in milliseconds since the epoch. */
export interface Moment {
  readonly text: string
  readonly at: number
}

const FORMATS = {
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  'DD.MM.YYYY': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  'DD/MM/YYYY': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
  'YYYY/MM/DD': /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  'DD-MMM-YYYY': /^(?<day>\d{1,2})-(?<month>[a-z]{3,9})-(?<year>\d{4})$/i,
} as const

export type DateFormat = keyof typeof FORMATS

/** All of them, the default first. */
export const DATE_FORMATS = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD-MMM-YYYY',
] as const

const MONTHS =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i
const MONTH_STARTS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** What is wrong with a date. Its `what` is the end of a sentence that begins with the date. */
export interface DateProblem extends Problem {
  readonly kind: 'unreadable' | 'other_format' | 'odd_year'
}

export interface DateRules {
  readonly format: DateFormat
  /** An IANA time zone, for dates without a time. */
  readonly timezone: string
  /** In milliseconds since the epoch. */
  readonly now: number
  /** Whether an account ends when its day begins, as in Active Directory; then a bare midnight is ambiguous. */
  readonly endsAtMidnight: boolean
}

/** What a text says: from when on a user is to be revoked, or that no date is known. */
export type DateReading = Moment | 'now' | 'blank' | DateProblem

/** In characters. Longer texts are not dates or time zones, and are not searched. */
const MAX_LENGTH = 100

/** RFC 3339, 5.6, and how databases write it. Seconds, and minutes of the offset, may be missing. */
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[T\s](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(?:(Z|UTC|GMT)|([+-]\d{2})(?::?(\d{2}))?)$/i

/** Midnight, as spreadsheets and databases write it after a mere date. */
const MIDNIGHT = /^(?:0?0:00(?::00(?:\.0+)?)?|(?:12|0?0):00(?::00(?:\.0+)?)?\s?A\.?M\.?)$/i

const HYPHEN_LOOK_ALIKE = /[\u2010-\u2015\u2043\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D]/

/** What systems write for "no date": dashes, words, and dates of nothing but zeros. */
const BLANK =
  /^(?:|[-\u2010-\u2015\u2043\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D]+|n\/a|n\.a\.?|na|#n\/a|none|nil|null|\(null\)|undefined|nan|nat|\\n|\(blank\)|\(empty\)|<na>|_no response_|never|0+|9223372036854775807|[0\s]*(?:[-./][0\s]*){2})$/i

/** Years from which databases count: the first days of .NET, Windows, SQL Server, and spreadsheets. */
const ZERO_YEARS = ['0001', '1601', '1753', '1899', '1900']

/** The first moments of Unix and of Windows, and the days that these are where the clock is behind. */
const ZERO_DAYS = ['1970-01-01', '1969-12-31', '1600-12-31']

/** What systems write for the end of time. Users with these dates are never due. */
const LAST_DAYS = [
  ...['2099', '2199', '2999', '4712', '9999'].map((year) => `${year}-12-31`),
  ...['2100', '3000'].map((year) => `${year}-01-01`),
  '2079-06-06',
]

/** No leaver left earlier, or leaves later. */
const [FIRST_YEAR, MAX_YEARS_AHEAD] = [1971, 50]

export const DAY_MS = 24 * 60 * 60 * 1_000

/** RFC 3339 cannot write the year 10000, in which 9999-12-31 ends. In milliseconds since the epoch. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59)

/**
 * Reads the date of a user: a date counts from the end of that day in the time zone, a timestamp from that second on.
 * Timestamps and YYYY-MM-DD are understood whatever the format.
 */
export function readDate(text: string, rules: DateRules, calendar: Calendar): DateReading {
  if (/^now$/i.test(text)) return 'now'
  if (text.length > MAX_LENGTH || unprintableIn(text) !== undefined)
    return misreading(text, text, '', rules, calendar)
  const [before, time] = dayAndTime(text)
  const at = timestampOf(text, calendar)
  if (isBlank(before) || (at !== undefined && at >= 0 && at < DAY_MS)) return 'blank'
  const day = MIDNIGHT.test(time) ? before : text
  const date =
    at === undefined ? (dayOf(day, rules.format, calendar) ?? dayOf(day, 'YYYY-MM-DD', calendar)) : before
  if (date === undefined) return misreading(text, day, time, rules, calendar)
  if (LAST_DAYS.includes(date)) return { text, at: LAST_MS }
  if (at === undefined && day !== text && rules.endsAtMidnight) {
    const what = 'is midnight without an offset, and an account has expired when that day begins'
    return unreadable(what, "Export it with its offset, in PowerShell with `.ToString('o')`.")
  }
  return yearProblem(date, rules.now) ?? { text, at: at ?? endOf(date, rules.timezone, calendar) }
}

function dayAndTime(text: string): [day: string, time: string] {
  const start = text.search(/\d{1,2}:\d{2}/)
  const before = text.slice(0, Math.max(start, 0))
  return /.[T\s]$/i.test(before)
    ? [before.replace(/T$/i, '').trimEnd().replace(/,$/, ''), text.slice(start)]
    : [text, '']
}

function unreadable(what: string, remedy?: string): DateProblem {
  return { ...problem(what, remedy), kind: 'unreadable' }
}

function yearProblem(date: string, now: number): DateProblem | undefined {
  const year = Number(date.slice(0, 4))
  const last = new Date(now).getUTCFullYear() + MAX_YEARS_AHEAD
  const isTooLate = date > `${last}${new Date(now).toISOString().slice(4, 10)}`
  if (year >= FIRST_YEAR && !isTooLate) return undefined
  const what = isTooLate ? `is more than ${MAX_YEARS_AHEAD} years ahead` : `is before ${FIRST_YEAR}`
  return { ...problem(what, 'Check the year.'), kind: 'odd_year' }
}

/** What is wrong with a text that is no date. The first cause that fits tells. */
function misreading(
  text: string,
  day: string,
  time: string,
  { format, now }: DateRules,
  calendar: Calendar,
): DateProblem {
  const example = format.replace('YYYY', '2026').replace('MMM', 'Nov').replace('MM', '11').replace('DD', '30')
  const noDate = `is not a date like ${example}, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or \`now\``
  if (text.length > MAX_LENGTH) return unreadable(noDate)
  const hidden = unprintableIn(text)
  if (hidden !== undefined)
    return unreadable(`contains an invisible character (${hidden})`, 'Type the date again.')
  const others = DATE_FORMATS.filter((name) => {
    const other = dayOf(day, name, calendar)
    return other !== undefined && yearProblem(other, now) === undefined
  })
  if (others.length > 0) return otherFormat(format, others)
  const [lookAlike] = HYPHEN_LOOK_ALIKE.exec(text) ?? []
  if (lookAlike !== undefined) {
    const what = `contains ${codePointName(lookAlike)}, which only looks like a hyphen`
    return unreadable(what, `Write the date like ${example}.`)
  }
  const isWritten = TIMESTAMP.test(text) || DATE_FORMATS.some((name) => FORMATS[name].test(day))
  if (isWritten) return unreadable('does not exist')
  const cause = unexpandedCause(text)
  if (cause !== undefined) return unreadable(cause)
  if (time !== '') {
    return unreadable(
      'is a time without an offset',
      'Write it like 2026-11-30T18:00:00+01:00, or only the day.',
    )
  }
  if (/^\\?\/Date\(/i.test(text)) {
    const what = 'is how Windows PowerShell writes a date in JSON'
    return unreadable(what, "Write the date with `.ToString('o')`.")
  }
  if (/^\d{5}(?:\.\d+)?$/.test(text))
    return unreadable(
      'is a number',
      'In the spreadsheet, format the column as dates, and save the list again.',
    )
  return /^\d{1,2}[-./]\d{1,2}[-./]\d{2}$/.test(text)
    ? unreadable('has a year of two digits', 'Write all four.')
    : unreadable(noDate)
}

function otherFormat(format: DateFormat, others: readonly DateFormat[]): DateProblem {
  const formats = others.map((name) => `\`${name}\``).join(' and ')
  const fit = others.length > 1 ? 'fit' : 'fits'
  const remedy = `${formats} ${fit}. The wrong format revokes too early or too late, so check how the list was exported before you set \`date-format\`.`
  return { ...problem(`is not a date in the format ${format}`, remedy), kind: 'other_format' }
}

/** The date as `YYYY-MM-DD`, whether or not the calendar has it; undefined if it is not written in that format. */
function writtenDay(text: string, format: DateFormat): string | undefined {
  const groups = FORMATS[format].exec(text)?.groups
  if (groups === undefined) return undefined
  const { year = '', month = '', day = '' } = groups
  const number = MONTHS.test(month) ? `${MONTH_STARTS.indexOf(month.slice(0, 3).toLowerCase()) + 1}` : month
  return `${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** The same; undefined also if the calendar does not have it. */
function dayOf(text: string, format: DateFormat, { PlainDate }: Calendar): string | undefined {
  const written = writtenDay(text, format)
  return written !== undefined && attempt(() => PlainDate.from(written)) !== undefined ? written : undefined
}

function isBlank(text: string): boolean {
  const days = DATE_FORMATS.map((format) => writtenDay(text, format) ?? '')
  return (
    BLANK.test(text) || days.some((day) => ZERO_YEARS.includes(day.slice(0, 4)) || ZERO_DAYS.includes(day))
  )
}

/** The end of a day, in milliseconds since the epoch. */
function endOf(date: string, timezone: string, { PlainDate }: Calendar): number {
  return PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timezone).toInstant().epochMilliseconds
}

/** A timestamp in milliseconds since the epoch; undefined for other texts, and if it does not exist. */
function timestampOf(text: string, { Instant }: Calendar): number | undefined {
  const [, date, time, utc, hours, minutes = '00'] = TIMESTAMP.exec(text) ?? []
  if (date === undefined || time === undefined) return undefined
  const offset = utc === undefined ? `${hours ?? ''}:${minutes}` : 'Z'
  return attempt(() => Instant.from(`${date}T${time}${offset}`).epochMilliseconds)
}

/** @returns undefined if the library throws, as it does for what does not exist */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/**
 * Whether the calendar has a time zone of that name. It is asked itself, because `Intl` knows more names. An offset is no
 * name.
 */
export function isTimezone(name: string, calendar: Calendar): boolean {
  return (
    name.length <= MAX_LENGTH &&
    /^[a-z]/i.test(name) &&
    attempt(() => endOf('2026-11-30', name, calendar)) !== undefined
  )
}

/**
 * Some systems store a mere day as midnight UTC, which is another moment than the end of the day in the time zone.
 *
 * @returns a warning if all timestamps look like that
 */
export function midnightWarning(
  moments: readonly Moment[],
  timezone: string,
  { Instant }: Calendar,
): Problem | undefined {
  const timestamps = moments.filter(({ text }) => TIMESTAMP.test(text))
  const [first] = timestamps
  const isUtc = /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal|Greenwich)(?:[+-]?0)?$/i.test(timezone)
  if (first === undefined || isUtc || timestamps.some(({ at }) => at % DAY_MS !== 0)) return undefined
  const local = Instant.fromEpochMilliseconds(first.at).toZonedDateTimeISO(timezone).toPlainDateTime()
  const time = local.toString({ smallestUnit: 'minute' }).replace('T', ' ')
  return problem(
    'every timestamp is midnight UTC, so these look like days stored as midnight UTC',
    `A user with ${first.text} is due from ${time} in ${timezone}, not from the end of a day. If days are meant, write them without a time.`,
  )
}

import type { Temporal } from 'temporal-polyfill'
import { unexpandedCause } from '../text/mistakes.ts'
import { unprintableIn } from '../text/plain-text.ts'

/** The calendar and the time zones. Whoever reads dates loads them, because most runs have no dates. */
export type Calendar = typeof Temporal

/** A point in time as it was given, and in milliseconds since the epoch. */
export interface Moment {
  readonly text: string
  readonly at: number
}

/** How dates may be written, each with its pattern. */
const FORMATS = {
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  'DD.MM.YYYY': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  'DD/MM/YYYY': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
  'YYYY/MM/DD': /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  'DD-MMM-YYYY': /^(?<day>\d{1,2})-(?<month>[a-z]{3,9})-(?<year>\d{4})$/i,
} as const

/** A way to write dates. */
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

/** What is wrong with a date. */
export interface DateProblem {
  /** The end of a sentence that begins with the date. */
  readonly what: string
  readonly remedy?: string
  /** `other_format`: the format may be wrong, and not this one date. `odd_year`: the date is understood. */
  readonly kind: 'other_format' | 'odd_year' | 'unreadable'
}

/** How the dates of a list are to be understood. */
export interface DateRules {
  readonly format: DateFormat
  /** An IANA time zone. */
  readonly timezone: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Whether an account ends when the day begins, as in Active Directory; then a bare midnight is ambiguous. */
  readonly endsAtMidnight: boolean
}

/** What a text says: from when on a user is to be revoked, or that no date is known. */
export type DateReading = Moment | 'now' | 'blank' | DateProblem

/** In characters. Longer texts are not dates, and are not searched. */
const MAX_LENGTH = 100

/** RFC 3339, 5.6, and how databases write it. Seconds, and minutes of the offset, may be missing. */
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[T\s](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(?:(Z|UTC|GMT)|([+-]\d{2})(?::?(\d{2}))?)$/i

/** A date before a time of day, with or without an offset. */
const DATE_AND_TIME = /^(.+?)(?:T|,?\s+)(\d{1,2}:\d{2}.*)$/i

/** Midnight, as spreadsheets and databases write it after a mere date. */
const MIDNIGHT = /^(?:0?0:00(?::00(?:\.0+)?)?|(?:12|0?0):00(?::00(?:\.0+)?)?\s*A\.?M\.?)$/i

/** Characters that look like a hyphen, in a class of characters. */
const DASHES = String.raw`\u2010-\u2015\u2043\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D`
const HYPHEN_LOOK_ALIKE = new RegExp(`[${DASHES}]`)

/** What systems write for "no date": dashes, words, and dates of nothing but zeros. */
const BLANK = new RegExp(
  String.raw`^(?:|[-${DASHES}]+|n/a|n\.a\.?|na|#n/a|none|nil|null|\(null\)|undefined|nan|nat|\\n|\(blank\)|\(empty\)|<na>|_no response_|never|0+|9223372036854775807|[0\s]*(?:[-./][0\s]*){2})$`,
  'i',
)

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

/** No leaver left earlier. */
const FIRST_YEAR = 1971

/** No leaver leaves later. */
const MAX_YEARS_AHEAD = 50

/** What else is found in the place of dates, each with what to do about it. */
const COMMON_MISTAKES: readonly (readonly [pattern: RegExp, what: string, remedy: string])[] = [
  [
    /^.*\d.*[T\s]\d{1,2}:\d{2}/i,
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

export const DAY_MS = 24 * 60 * 60 * 1_000

/** RFC 3339 cannot write the year 10000, in which 9999-12-31 ends. In milliseconds since the epoch. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59)

/**
 * Reads the date of a user: a date counts from the end of that day in the time zone, a timestamp from that second on.
 * Timestamps and YYYY-MM-DD are understood whatever the format.
 */
export function readDate(text: string, rules: DateRules, calendar: Calendar): DateReading {
  const problem = (what: string, remedy?: string): DateProblem => ({
    what,
    ...(remedy !== undefined && { remedy }),
    kind: 'unreadable',
  })
  if (text.length > MAX_LENGTH) return problem(notADate(rules.format))
  const hidden = unprintableIn(text)
  if (hidden !== undefined)
    return problem(`contains an invisible character (${hidden})`, 'Type the date again.')
  if (/^now$/i.test(text)) return 'now'
  const [, before = text, time = ''] = DATE_AND_TIME.exec(text) ?? []
  const at = timestampOf(text, calendar)
  if (BLANK.test(before) || isZeroDate(before) || (at !== undefined && at >= 0 && at < DAY_MS)) return 'blank'
  const isBareMidnight = MIDNIGHT.test(time)
  const day = isBareMidnight ? before : text
  const date =
    at === undefined ? (dayOf(day, rules.format, calendar) ?? dayOf(day, 'YYYY-MM-DD', calendar)) : before
  if (date !== undefined) {
    if (LAST_DAYS.includes(date)) return { text, at: LAST_MS }
    if (isBareMidnight && rules.endsAtMidnight) {
      return problem(
        'is midnight without an offset, and an account has expired when that day begins',
        "Export it with its offset, in PowerShell with `.ToString('o')`.",
      )
    }
    const unlikely = yearProblem(date, rules.now)
    return unlikely ?? { text, at: at ?? endOf(date, rules.timezone, calendar) }
  }
  const others = DATE_FORMATS.filter((name) => {
    const other = dayOf(day, name, calendar)
    return other !== undefined && yearProblem(other, rules.now) === undefined
  })
  return others.length > 0
    ? otherFormat(rules.format, others)
    : unreadable(text, before, rules.format, problem)
}

function yearProblem(date: string, now: number): DateProblem | undefined {
  const year = Number(date.slice(0, 4))
  const last = new Date(now).getUTCFullYear() + MAX_YEARS_AHEAD
  if (year >= FIRST_YEAR && (year < last || date <= `${last}${new Date(now).toISOString().slice(4, 10)}`))
    return undefined
  const what = year < FIRST_YEAR ? `is before ${FIRST_YEAR}` : `is more than ${MAX_YEARS_AHEAD} years ahead`
  return { what, remedy: 'Check the year.', kind: 'odd_year' }
}

function otherFormat(format: DateFormat, others: readonly DateFormat[]): DateProblem {
  const formats = others.map((name) => `\`${name}\``).join(' and ')
  const fit = others.length > 1 ? 'fit' : 'fits'
  return {
    what: `is not a date in the format ${format}`,
    remedy: `${formats} ${fit}. The wrong format revokes too early or too late, so check how the list was exported before you set \`date-format\`.`,
    kind: 'other_format',
  }
}

function unreadable(
  text: string,
  day: string,
  format: DateFormat,
  problem: (what: string, remedy?: string) => DateProblem,
): DateProblem {
  const [lookAlike] = HYPHEN_LOOK_ALIKE.exec(text) ?? []
  if (lookAlike !== undefined) {
    const code = lookAlike.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return problem(
      `contains U+${code}, which only looks like a hyphen`,
      `Write the date like ${exampleOf(format)}.`,
    )
  }
  if (
    TIMESTAMP.test(text) ||
    DATE_FORMATS.some((name) => FORMATS[name].test(day) && !DATE_AND_TIME.test(text))
  ) {
    return problem('does not exist')
  }
  const cause = unexpandedCause(text)
  if (cause !== undefined) return problem(cause)
  const mistake = COMMON_MISTAKES.find(([pattern]) => pattern.test(text))
  return mistake === undefined ? problem(notADate(format)) : problem(mistake[1], mistake[2])
}

function notADate(format: DateFormat): string {
  return `is not a date like ${exampleOf(format)}, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or \`now\``
}

function exampleOf(format: DateFormat): string {
  return format.replace('YYYY', '2026').replace('MMM', 'Nov').replace('MM', '11').replace('DD', '30')
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
function dayOf(text: string, format: DateFormat, calendar: Calendar): string | undefined {
  const written = writtenDay(text, format)
  return written !== undefined && attempt(() => calendar.PlainDate.from(written)) !== undefined
    ? written
    : undefined
}

function isZeroDate(text: string): boolean {
  return DATE_FORMATS.some((format) => {
    const written = writtenDay(text, format) ?? ''
    return ZERO_YEARS.includes(written.slice(0, 4)) || ZERO_DAYS.includes(written)
  })
}

/** The end of a day, in milliseconds since the epoch. */
export function endOf(date: string, timezone: string, { PlainDate }: Calendar): number {
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
export function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Whether the text is a timestamp with an offset, not a mere date. */
export function isTimestamp({ text }: Moment): boolean {
  return text.length <= MAX_LENGTH && TIMESTAMP.test(text)
}

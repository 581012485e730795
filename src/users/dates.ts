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

/** What is wrong with a date, as the end of a sentence that begins with it. */
export interface DateProblem {
  readonly problem: string
  /** Whether it is a date in another format, so that the format may be wrong and not this one date. */
  readonly otherFormat: boolean
}

/** RFC 3339, 5.6: a date, a time of day, and an offset. The seconds and the colon of the offset may be missing. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})$/

/** A time of day after a date, with or without an offset. */
const TIME = /^(.*?)[T\s]+\d{1,2}:\d{2}.*$/i

/** A date with midnight for its time, as spreadsheets and databases write a mere date. */
const MIDNIGHT = /^(.*?)[T\s]+(?:0?0:00(?::00(?:\.0+)?)?|(?:12|0?0):00(?::00(?:\.0+)?)?\s*A\.?M\.?)$/i

/** What looks like a hyphen in a date, such as a dash or a minus sign. */
const HYPHEN_LOOK_ALIKE = /[\u00AD\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/

/** How dates are often written, each with what to do about it. */
const COMMON_MISTAKES: readonly (readonly [RegExp, string])[] = [
  [
    /^.*\d.*[T\s]\d{1,2}:\d{2}/i,
    'is a time without an offset; write it like 2026-11-30T18:00:00+01:00, or only the day',
  ],
  [
    /^\d{5}(?:\.\d+)?$/,
    'is a number; in the spreadsheet, format the column as dates, and save the list again',
  ],
  [/^\d{1,2}[-./]\d{1,2}[-./]\d{2}$/, 'has a year of two digits; write all four'],
]

/** What systems write for "no date". */
const BLANK = /^(?:|[-\u2010-\u2015\u2212]{1,2}|n\/a|na|none|null|never|0+|[0\s]*(?:[-./][0\s]*){2})$/i

/** Years from which databases count: the first days of .NET, Windows, SQL Server, and spreadsheets. */
const ZERO_YEARS = [1, 1601, 1753, 1899, 1900]

export const DAY_MS = 24 * 60 * 60 * 1_000

/** RFC 3339 cannot write the year 10000, in which 9999-12-31 ends. In milliseconds since the epoch. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59)

/** Whether the text means that there is no date, with or without a time: `n/a`, `0000-00-00`, `1970-01-01`. */
export function isBlankDate(text: string): boolean {
  const day = TIME.exec(text)?.[1] ?? text
  if (BLANK.test(day)) return true
  // The same moment can be a day of 1969 where the clock is behind.
  const at = TIMESTAMP.test(text) ? Date.parse(text) : Number.NaN
  return (at >= 0 && at < DAY_MS) || DATE_FORMATS.some((format) => isZeroDay(partsOf(day, format)))
}

function isZeroDay(parts: DateParts | undefined): boolean {
  if (parts === undefined) return false
  const { year, month, day } = parts
  return ZERO_YEARS.includes(year) || (year === 1970 && month === 1 && day === 1)
}

interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

function partsOf(text: string, format: DateFormat): DateParts | undefined {
  const groups = FORMATS[format].exec(text)?.groups
  if (groups === undefined) return undefined
  const { year, month = '', day } = groups
  const named = MONTHS.test(month) ? MONTH_STARTS.indexOf(month.slice(0, 3).toLowerCase()) + 1 : Number(month)
  return { year: Number(year), month: named, day: Number(day) }
}

/** Whether a moment is a timestamp of midnight UTC, as which some systems store a mere date. */
export function isMidnightUtc({ text, at }: Moment): boolean {
  return isTimestamp(text) && at % DAY_MS === 0
}

/** Whether the text is a timestamp with an offset, not a mere date. */
export function isTimestamp(text: string): boolean {
  return TIMESTAMP.test(text)
}

/**
 * Reads the date of a user: a date counts from the end of that day in `timezone`, a timestamp from that second on.
 * Timestamps and YYYY-MM-DD are understood whatever the format.
 *
 * @param timezone - an IANA time zone
 */
export async function readMoment(
  text: string,
  format: DateFormat,
  timezone: string,
): Promise<Moment | DateProblem> {
  // Loaded on demand: most runs have no dates, and every start parses what is loaded.
  const { Instant, PlainDate } = (await import('temporal-polyfill')).Temporal
  const attempt = (read: () => number): number | undefined => {
    try {
      return read()
    } catch {
      return undefined
    }
  }
  const day = MIDNIGHT.exec(text)?.[1] ?? text
  const endOfDay = (name: DateFormat): number | undefined => {
    const parts = partsOf(day, name)
    if (parts === undefined) return undefined
    return attempt(
      () =>
        PlainDate.from(parts, { overflow: 'reject' }).add({ days: 1 }).toZonedDateTime(timezone).toInstant()
          .epochMilliseconds,
    )
  }
  const at = TIMESTAMP.test(text)
    ? attempt(() => Instant.from(text).epochMilliseconds)
    : (endOfDay(format) ?? endOfDay('YYYY-MM-DD'))
  if (at !== undefined) return { text, at: Math.min(at, LAST_MS) }
  const others = DATE_FORMATS.filter((name) => endOfDay(name) !== undefined)
  return { problem: problemWith(text, day, format, others), otherFormat: others.length > 0 }
}

function problemWith(text: string, day: string, format: DateFormat, others: readonly DateFormat[]): string {
  if (others.length > 0) {
    const lines = others.map((name) => `\`date-format: ${name}\``).join(' or ')
    const which =
      others.length > 1 ? ', whichever the list uses: the other one revokes too early or too late' : ''
    return `is not a date in the format ${format}; if the list is right, set ${lines}${which}`
  }
  const [lookAlike] = HYPHEN_LOOK_ALIKE.exec(text) ?? []
  if (lookAlike !== undefined) {
    const code = lookAlike.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return `contains U+${code}, which only looks like a hyphen; write the date like ${exampleOf(format)}`
  }
  if (TIMESTAMP.test(text)) return 'is not a valid date and time; fix it'
  if (DATE_FORMATS.some((name) => FORMATS[name].test(day))) return 'is not a valid date; fix it'
  const mistake = COMMON_MISTAKES.find(([pattern]) => pattern.test(text))
  if (mistake !== undefined) return mistake[1]
  return `is not a date like ${exampleOf(format)}, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or \`now\``
}

function exampleOf(format: DateFormat): string {
  return format.replace('YYYY', '2026').replace('MMM', 'Nov').replace('MM', '11').replace('DD', '30')
}

/** A moment in the local time of a time zone, like `2026-11-24 16:00`. */
export async function localTime(at: number, timezone: string): Promise<string> {
  const { Instant } = (await import('temporal-polyfill')).Temporal
  const local = Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDateTime()
  return local.toString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ')
}

/** Whether a time zone is UTC by one of its names. */
export function isUtc(timezone: string): boolean {
  return /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal|Greenwich)(?:[+-]?0)?$/i.test(timezone)
}

/** Whether there is a time zone of that name. */
export function isTimezone(name: string): boolean {
  // The default is answered without loading the data of all time zones.
  if (name === 'UTC') return true
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

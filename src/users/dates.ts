/** A point in time as it was given, and in milliseconds since the epoch. */
export interface Moment {
  readonly text: string
  readonly at: number
}

/** How dates may be written, each with the form of it. */
const FORMATS = {
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  'DD.MM.YYYY': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  'DD/MM/YYYY': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
} as const

/** A way to write dates. */
export type DateFormat = keyof typeof FORMATS

/** All of them, the default first. */
export const DATE_FORMATS = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const

/** What is wrong with a date, as the end of a sentence that begins with it. */
export interface DateProblem {
  readonly problem: string
  /** Whether it is a date in another format, so that the format may be wrong and not this one date. */
  readonly otherFormat: boolean
}

/** RFC 3339, 5.6: a date, a time of day, and an offset; the seconds may be missing. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2})$/

/** How dates are often written elsewhere, each with what to do about it. */
const HABITS: readonly (readonly [RegExp, string])[] = [
  [
    /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/,
    'is a time without an offset; write it like 2026-11-30T18:00:00+01:00',
  ],
  [
    /^\d{5}(?:\.\d+)?$/,
    'is a number; in the spreadsheet, format the column as dates, and save the list again',
  ],
  [/^\d{1,2}[-./]\d{1,2}[-./]\d{2}$/, 'has a year of two digits; write all four'],
]

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
  const read = (look: () => number): number | undefined => {
    try {
      return look()
    } catch {
      return undefined
    }
  }
  const endOfDay = (name: DateFormat): number | undefined => {
    const { year, month, day } = FORMATS[name].exec(text)?.groups ?? {}
    const date = { year: Number(year), month: Number(month), day: Number(day) }
    return read(
      () =>
        PlainDate.from(date, { overflow: 'reject' }).add({ days: 1 }).toZonedDateTime(timezone).toInstant()
          .epochMilliseconds,
    )
  }
  const at = TIMESTAMP.test(text)
    ? read(() => Instant.from(text).epochMilliseconds)
    : (endOfDay(format) ?? endOfDay('YYYY-MM-DD'))
  if (at !== undefined) return { text, at }
  const others = DATE_FORMATS.filter((name) => endOfDay(name) !== undefined)
  return { problem: problemWith(text, format, others), otherFormat: others.length > 0 }
}

function problemWith(text: string, format: DateFormat, others: readonly DateFormat[]): string {
  if (others.length > 0) {
    const lines = others.map((name) => `\`date-format: ${name}\``).join(' or ')
    return `is not a date in the format ${format}; if the list is right, set ${lines}`
  }
  if (TIMESTAMP.test(text)) return 'is no such day or time'
  if (DATE_FORMATS.some((name) => FORMATS[name].test(text))) return 'is no such day'
  const habit = HABITS.find(([pattern]) => pattern.test(text))
  if (habit !== undefined) return habit[1]
  const example = format.replace('YYYY', '2026').replace('MM', '11').replace('DD', '30')
  return `is not a date like ${example}, a timestamp with an offset like 2026-11-30T18:00:00+01:00, or \`now\``
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

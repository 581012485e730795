/** A point in time as it was given, and in milliseconds since the epoch. */
export interface Moment {
  readonly text: string
  readonly at: number
}

/** RFC 3339, 5.6: a date, a time of day, and an offset. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

/**
 * Reads a `revoke_after`: a date counts from the end of that day in `timezone`, a timestamp from that second on.
 *
 * @param timezone - an IANA time zone
 * @returns undefined if the text is neither, or no such day or time exists
 */
export async function readMoment(text: string, timezone: string): Promise<Moment | undefined> {
  if (!DATE.test(text) && !TIMESTAMP.test(text)) return undefined
  // Loaded on demand: most runs have no dates, and every start parses what is loaded.
  const { Instant, PlainDate } = (await import('temporal-polyfill')).Temporal
  try {
    const instant = DATE.test(text)
      ? PlainDate.from(text, { overflow: 'reject' }).add({ days: 1 }).toZonedDateTime(timezone).toInstant()
      : Instant.from(text)
    return { text, at: instant.epochMilliseconds }
  } catch {
    return undefined
  }
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

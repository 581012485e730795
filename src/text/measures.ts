/** How lists may write dates, the default first. */
export const DATE_FORMATS = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD-MMM-YYYY',
] as const

export type DateFormat = (typeof DATE_FORMATS)[number]

/** How they are written. Days and months may have one digit, unless nothing separates them. */
export const DATE_PATTERNS: Readonly<Record<DateFormat, RegExp>> = {
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  'DD.MM.YYYY': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  'DD/MM/YYYY': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
  'YYYY/MM/DD': /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  'DD-MMM-YYYY': /^(?<day>\d{1,2})-(?<month>[a-z]{3})-(?<year>\d{4})$/i,
}

export const DAY_MS = 24 * 60 * 60 * 1_000

/** `2,000`. Not by way of `Intl`, whose loading would cost every start some 10 ms. */
export function grouped(count: number): string {
  return `${count}`.replace(/\B(?=(?:\d{3}){1,5}$)/g, ',')
}

/** `1 user`, `2,000 users`. */
export function quantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`
}

/** `40 s`, `12 min`, from milliseconds. */
export function duration(milliseconds: number): string {
  const seconds = Math.ceil(Math.round(milliseconds) / 1_000)
  return seconds <= 90 ? `${seconds} s` : `${grouped(Math.ceil(seconds / 60))} min`
}

/**
 * Milliseconds from an arbitrary beginning, which no change of the wall clock affects. Not by `performance.now()`, for
 * which Node would have to load its performance hooks at every start.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1_000 + nanoseconds / 1_000_000
}

/** `2030-01-31T23:00:00.000Z`, from milliseconds since the epoch. */
export function isoTime(time: number): string {
  return new Date(time).toISOString()
}

/** `2030-01-31T23:00:00Z`, from milliseconds since the epoch. */
export function isoSecond(time: number): string {
  return isoTime(time).replace(/\.\d+Z$/, 'Z')
}

/**
 * `2030-01-31 23:00 UTC`, or `2030-02-01 00:00 (Europe/Berlin)`.
 *
 * @param time - milliseconds since the epoch
 * @param timezone - an IANA time zone
 */
export function timeInZone(time: number, timezone: string): string {
  // Without `Intl`, whose loading takes some 10 ms.
  if (timezone === 'UTC') return `${isoTime(time).slice(0, 16).replace('T', ' ')} UTC`
  // The Swedish locale writes dates as ISO 8601 does.
  const form = new Intl.DateTimeFormat('sv', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
  return `${form.format(time)} (${timezone})`
}

/** RFC 3339, 5.6, without leap seconds: the day, and the time with its offset. */
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** A timestamp in RFC 3339, in milliseconds since the epoch; undefined for any other text. */
export function parseTimestamp(text: string): number | undefined {
  const [, day] = TIMESTAMP.exec(text) ?? []
  const start = Date.parse(`${day ?? ''}T00:00:00Z`)
  // `Date.parse` takes 30 February for a day in March.
  const exists = day !== undefined && !Number.isNaN(start) && isoTime(start).startsWith(day)
  return exists ? Date.parse(text) : undefined
}

/**
 * A date of HTTP in its one form that senders may use, IMF-fixdate (RFC 9110, 5.6.7), such as
 * `Sun, 06 Nov 1994 08:49:37 GMT`; undefined for any other text.
 *
 * @returns milliseconds since the epoch
 */
export function parseHttpDate(text: string): number | undefined {
  const time = Date.parse(text)
  return new Date(time).toUTCString() === text ? time : undefined
}

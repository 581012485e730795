import { shownValue } from '../text/plain-text.ts'
import type { Problem } from '../text/problem.ts'
import { attempt, type Calendar, DAY_MS, endOf, isTimestamp, type Moment } from './dates.ts'
import { type ListName, placeIn } from './list-problems.ts'
import type { ListedEntry } from './user-entry.ts'

/** In characters. */
const MAX_LENGTH = 100

/** @param calendar - undefined if the time zone is UTC, and nothing has a date */
export function timezoneProblems(timezone: string, calendar: Calendar | undefined): Problem[] {
  return calendar === undefined || isTimezone(timezone, calendar)
    ? []
    : [
        {
          what: `\`timezone\` is ${shownValue(timezone)}`,
          remedy: 'Use an IANA time zone like Europe/Berlin.',
        },
      ]
}

/** Whether a moment is a timestamp of midnight UTC, as which some systems store a mere date. */
function isMidnightUtc(moment: Moment): boolean {
  return isTimestamp(moment) && moment.at % DAY_MS === 0
}

/** A moment in the local time of a time zone, like `2026-11-24 16:00`. */
function localTime(at: number, timezone: string, { Instant }: Calendar): string {
  const local = Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDateTime()
  return local.toString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ')
}

/** Whether a time zone is UTC by one of its names. */
function isUtc(timezone: string): boolean {
  return /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal|Greenwich)(?:[+-]?0)?$/i.test(timezone)
}

/** Whether the calendar has a time zone of that name. It is asked itself, because `Intl` knows more names. */
export function isTimezone(name: string, calendar: Calendar): boolean {
  return name.length <= MAX_LENGTH && attempt(() => endOf('2026-11-30', name, calendar)) !== undefined
}

/** Some systems store a mere day as midnight UTC, which is another moment than the end of the day in the time zone. */
export function midnightWarnings(
  list: ListName,
  entries: readonly ListedEntry[],
  timezone: string,
  calendar: Calendar | undefined,
): Problem[] {
  const moments = entries.flatMap(({ revokeAfter }) =>
    revokeAfter !== undefined && isTimestamp(revokeAfter) ? [revokeAfter] : [],
  )
  const [first] = moments
  if (calendar === undefined || first === undefined || isUtc(timezone) || !moments.every(isMidnightUtc))
    return []
  const due = `A user with ${first.text} is due from ${localTime(first.at, timezone, calendar)} in ${timezone}, not from the end of a day.`
  const what = 'every timestamp is midnight UTC, so these look like days stored as midnight UTC'
  return [{ what, remedy: `${due} If days are meant, write them without a time.`, at: placeIn(list) }]
}

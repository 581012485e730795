/** When the time of somebody whom the step names comes; `lately` was three days ago. */
export type Due = 'now' | 'lately' | 'long_ago' | 'next_year'

/** Milliseconds. */
const THREE_DAYS = 3 * 24 * 3_600_000

/** How a list writes the date; `start` is when the action starts (clock, milliseconds). */
export function dateOf(due: Due, start: number): string {
  switch (due) {
    case 'now':
      return 'now'
    case 'lately':
      return new Date(start - THREE_DAYS).toISOString()
    case 'long_ago':
      return '2020-01-31'
    case 'next_year':
      return `${new Date(start).getUTCFullYear() + 1}-12-31`
  }
}

/** The same as a moment of the clock, in milliseconds; undefined for somebody whose time is yet to come. */
export function timeOf(due: Due, start: number): number | undefined {
  switch (due) {
    case 'now':
      return start
    case 'lately':
      return start - THREE_DAYS
    case 'long_ago':
      return Date.UTC(2020, 1, 1)
    case 'next_year':
      return undefined
  }
}

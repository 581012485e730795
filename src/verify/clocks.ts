import type { ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Throttle } from '../cloudflare/throttle.ts'

/** How long a revocation may take to show. Cloudflare says 20 to 30 seconds. */
export const REVOCATION_TIMEOUT_MS = 90_000

/** By how much Cloudflare's clocks may differ, and a session or a registration may seem to come from the future. */
const CLOCK_TOLERANCE_MS = 60_000

/** The pause after the first read. Each further pause is half as long again, up to the maximum. */
const SECOND_PAUSE_MS = 1_500
const MAX_PAUSE_MS = 15_000

/** The times of a confirmed revocation and of later answers, by clocks that agree, in milliseconds since the epoch. */
export interface AgreedTimes {
  readonly confirmedAt: number
  readonly answeredAt: number
}

/** What was read of a user, with the clocks of the answers. */
export interface Reading<T> {
  readonly items: readonly T[]
  readonly answers: readonly ServerTime[]
}

/** What distinguishes what was begun before a revocation from what was begun after it. */
export interface Evidence<T> {
  /** What was read before the revocation; undefined if nothing was. */
  readonly before: readonly T[] | undefined
  /** Whether it is no failure if the user comes back; then something counts as new only with evidence. */
  readonly isNewAllowed: boolean
}

/** How to read after a revocation. Milliseconds do not count time in which the rate limit holds the run. */
export interface Polling<T, Sorted> {
  /** Of the answer that confirmed the revocation. */
  readonly confirmation: ServerTime
  /** Of the answers that were read before it. */
  readonly before: readonly ServerTime[]
  /** Returns why the read failed. It must not throw for what Cloudflare or the network does. */
  readonly read: () => Promise<Reading<T> | ApiProblem>
  readonly sort: (items: readonly T[], times: AgreedTimes) => Sorted
  /** Since when the timeout runs, in milliseconds of the throttle's running time. */
  readonly since: number
  readonly firstPauseMs: number
}

/**
 * Reads again, with growing pauses, until nothing from before the revocation is left or the time is up.
 *
 * @returns what the last read showed, or why it failed or proves nothing
 */
export async function readUntilGone<T, Sorted extends { readonly left: readonly T[] }>(
  throttle: Throttle,
  { confirmation, before, read, sort, since, firstPauseMs }: Polling<T, Sorted>,
): Promise<Sorted | ApiProblem> {
  const earlier = agreedTimes(confirmation, before)
  if ('what' in earlier) return earlier
  const { stop, time } = throttle
  let pause = firstPauseMs
  let pauseSince = since
  let nextPause = SECOND_PAUSE_MS
  for (;;) {
    const left = REVOCATION_TIMEOUT_MS - (time.now - since)
    const length = Math.min(pause, left) - (time.now - pauseSince)
    await time.wait(Math.max(0, length), stop.startSignal).catch(() => undefined)
    if (stop.reason !== undefined) return userProblem(stop.reason.what, stop.reason.remedy)
    // The read after the time is up is the last one, however long the rate limit delayed it.
    const passed = time.now - since
    const reading = await read()
    if ('what' in reading) return reading
    const times = agreedTimes(confirmation, reading.answers)
    if ('what' in times) return times
    const sorted = sort(reading.items, times)
    if (sorted.left.length === 0 || passed >= REVOCATION_TIMEOUT_MS) return sorted
    pause = nextPause
    pauseSince = time.now
    nextPause = Math.min(MAX_PAUSE_MS, nextPause * 1.5)
  }
}

/** What an answer shows of the server's clock, without the answer. */
export function timeOf({ date, receivedAt }: ServerTime): ServerTime {
  return { date, receivedAt }
}

/**
 * Compares the clocks behind answers by their `Date` headers. Without all of them, or if they differ too much, old cannot
 * be distinguished from new, not even in an empty list: a cache may have answered.
 */
export function agreedTimes(
  { date: confirmedAt, receivedAt }: ServerTime,
  answers: readonly ServerTime[],
): AgreedTimes | ApiProblem {
  const dates = answers.flatMap(({ date }) => date ?? [])
  if (confirmedAt === undefined || dates.length < answers.length) return NO_DATE
  const isOff = answers.some(
    (answer) =>
      Math.abs(confirmedAt - receivedAt - ((answer.date ?? 0) - answer.receivedAt)) > CLOCK_TOLERANCE_MS,
  )
  return isOff ? CLOCKS_DISAGREE : { confirmedAt, answeredAt: Math.max(...dates) }
}

/**
 * Whether something was begun after the revocation. It was not if it is the same as something read before, if its time
 * may be of the second of the confirmation, since `Date` has whole seconds, or if its time is in the future.
 *
 * @param begunAt - milliseconds since the epoch
 */
export function isNew<T>(
  begunAt: number,
  isSame: (other: T) => boolean,
  { confirmedAt, answeredAt }: AgreedTimes,
  { before, isNewAllowed }: Evidence<T>,
): boolean {
  if (begunAt < confirmedAt + 1_000 || begunAt > answeredAt + CLOCK_TOLERANCE_MS) return false
  return before === undefined ? !isNewAllowed : !before.some(isSame)
}

/**
 * Whether something can have ended at this time: not in the future, and not long before the revocation if it was active
 * until then.
 *
 * @param at - milliseconds since the epoch
 */
export function isPlausibleEnd(
  at: number,
  { confirmedAt, answeredAt }: AgreedTimes,
  wasActive: boolean,
): boolean {
  return at <= answeredAt + CLOCK_TOLERANCE_MS && (!wasActive || at >= confirmedAt - CLOCK_TOLERANCE_MS)
}

const CLOCKS_DISAGREE = userProblem(
  'the `Date` headers of the answers contradict each other by more than a minute',
  'Look for a proxy between the runner and Cloudflare that keeps or changes answers.',
)

const NO_DATE = userProblem(
  'the answer had no usable `Date` header to tell old from new by',
  'Look for a proxy between the runner and Cloudflare that removes the header.',
)

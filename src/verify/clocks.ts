import type { ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Throttle } from '../cloudflare/throttle.ts'

/** How long a revocation may take to show. Cloudflare says 20 to 30 seconds. */
export const REVOCATION_TIMEOUT_MS = 90_000

/** By how much Cloudflare's clocks may differ, and a session or a registration may seem to come from the future. */
export const CLOCK_TOLERANCE_MS = 60_000

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

/** How sessions, or registrations, are distinguished. Times are milliseconds since the epoch. */
export interface Kind<T> {
  /** Undefined if it is not known, and then it counts as begun before the revocation. */
  readonly begunAt: (item: T) => number | undefined
  readonly isSame: (one: T, other: T) => boolean
  /** @param wasActive - whether it was active before the revocation */
  readonly isActive: (item: T, times: AgreedTimes, wasActive: boolean) => boolean
}

/** How to read after a revocation. Milliseconds do not count time in which the rate limit holds the run. */
export interface Polling<T> {
  /** Of the answer that confirmed the revocation. */
  readonly confirmation: ServerTime
  /** Of the answer with the user's records. */
  readonly lookUp: ServerTime
  /** What was read before the revocation; undefined if nothing was. */
  readonly before: Reading<T> | undefined
  /** Whether it is no failure if the user comes back; then something counts as new only with evidence. */
  readonly isNewAllowed: boolean
  /** Returns why the read failed. It must not throw for what Cloudflare or the network does. */
  readonly read: () => Promise<Reading<T> | ApiProblem>
  /** Since when the timeout runs, in milliseconds of the throttle's running time. */
  readonly since: number
  readonly firstPauseMs: number
}

/**
 * Reads again, with growing pauses, until nothing from before the revocation is left or the time is up.
 *
 * @returns what the last read showed, or why it failed or proves nothing
 */
export async function readUntilGone<T>(throttle: Throttle, kind: Kind<T>, polling: Polling<T>) {
  const { confirmation, lookUp, before, read, since } = polling
  const earlier = agreedTimes(confirmation, [lookUp, ...(before?.answers ?? [])])
  if ('what' in earlier) return earlier
  const { stop } = throttle
  const end = since + REVOCATION_TIMEOUT_MS
  let next = since + polling.firstPauseMs
  let pause = SECOND_PAUSE_MS
  for (;;) {
    const left = Math.min(next, end) - throttle.time.now
    await throttle.time.wait(Math.max(0, left))
    if (stop.reason !== undefined) return userProblem(stop.reason.what, stop.reason.remedy)
    // The read after the time is up is the last one, however long the rate limit delayed it.
    const isLast = throttle.time.now >= end
    const reading = await read()
    if ('what' in reading) return reading
    const times = agreedTimes(confirmation, reading.answers)
    if ('what' in times) return times
    const active = sortActive(reading.items, times, kind, polling)
    if (active.left.length === 0 || isLast) return { ...active, items: reading.items, times }
    next = throttle.time.now + pause
    pause = Math.min(MAX_PAUSE_MS, pause * 1.5)
  }
}

/**
 * Distinguishes what is active after a revocation: left from before it, or possibly so, and begun after it. Nothing was
 * that is the same as something read before, whose time may be of the second of the confirmation, since `Date` has whole
 * seconds, or is in the future.
 */
export function sortActive<T>(
  items: readonly T[],
  times: AgreedTimes,
  { begunAt, isSame, isActive }: Kind<T>,
  { before, isNewAllowed }: Pick<Polling<T>, 'before' | 'isNewAllowed'>,
) {
  const wasActive = (item: T): boolean => before?.items.some((other) => isSame(item, other)) ?? false
  const isNew = (item: T): boolean => {
    const at = begunAt(item) ?? 0
    const isAfter = at >= times.confirmedAt + 1_000 && at <= times.answeredAt + CLOCK_TOLERANCE_MS
    return isAfter && !wasActive(item) && (before !== undefined || !isNewAllowed)
  }
  const active = items.filter((item) => isActive(item, times, wasActive(item)))
  return { left: active.filter((item) => !isNew(item)), begun: active.filter(isNew) }
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
  confirmation: ServerTime,
  answers: readonly ServerTime[],
): AgreedTimes | ApiProblem {
  const dates = answers.flatMap(({ date }) => date ?? [])
  const confirmedAt = confirmation.date
  if (confirmedAt === undefined || dates.length < answers.length) return NO_DATE
  const offsetOf = ({ date = 0, receivedAt }: ServerTime): number => date - receivedAt
  const expected = offsetOf(confirmation)
  const isOff = answers.some((answer) => Math.abs(expected - offsetOf(answer)) > CLOCK_TOLERANCE_MS)
  return isOff ? CLOCKS_DISAGREE : { confirmedAt, answeredAt: Math.max(...dates) }
}

const CLOCKS_DISAGREE = userProblem(
  'the `Date` headers of the answers contradict each other by more than a minute',
  'Look for a proxy between the runner and Cloudflare that keeps or changes answers.',
)

const NO_DATE = userProblem(
  'the answer had no usable `Date` header to tell old from new by',
  'Look for a proxy between the runner and Cloudflare that removes the header.',
)

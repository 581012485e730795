import type { ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'

/** By how much Cloudflare's clocks may differ, and a session or a registration may seem to come from the future. */
export const CLOCK_TOLERANCE_MS = 60_000

/** The times of a confirmed revocation and of a later answer, by clocks that agree, in milliseconds since the epoch. */
export interface AgreedTimes {
  readonly confirmedAt: number
  readonly answeredAt: number
}

/** What an answer shows of the server's clock, without the answer. */
export function timeOf({ date, receivedAt }: ServerTime): ServerTime {
  return { date, receivedAt }
}

/** What distinguishes what was begun before a revocation from what was begun after it. */
export interface Evidence<T> {
  /** What was read before the revocation; undefined if nothing was. */
  readonly before: readonly T[] | undefined
  /** Whether it is no failure if the user comes back; then something counts as new only with evidence. */
  readonly isNewAllowed: boolean
}

/**
 * Compares the clocks behind two answers by their `Date` headers. Without both of them, or if they differ too much, old
 * cannot be distinguished from new, not even in an empty list: a cache may have answered.
 */
export function agreedTimes(confirmation: ServerTime, answer: ServerTime): AgreedTimes | ApiProblem {
  if (confirmation.date === undefined || answer.date === undefined) return NO_DATE
  const difference = confirmation.date - confirmation.receivedAt - (answer.date - answer.receivedAt)
  return Math.abs(difference) > CLOCK_TOLERANCE_MS
    ? CLOCKS_DISAGREE
    : { confirmedAt: confirmation.date, answeredAt: answer.date }
}

/** Why these answers, read before the revocation, cannot be compared with its confirmation; undefined if they can. */
export function clockProblem(
  confirmation: ServerTime,
  answers: readonly ServerTime[],
): ApiProblem | undefined {
  return answers
    .map((answer) => agreedTimes(confirmation, answer))
    .find((times): times is ApiProblem => 'what' in times)
}

/**
 * Whether something began after the second of the confirmation, since `Date` has whole seconds, and not in the future.
 *
 * @param at - milliseconds since the epoch
 */
export function isCertainlyAfter(at: number, { confirmedAt, answeredAt }: AgreedTimes): boolean {
  return at >= confirmedAt + 1_000 && at <= answeredAt + CLOCK_TOLERANCE_MS
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

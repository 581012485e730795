import type { ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { RunContext } from '../organization/run-context.ts'
import { CLOCK_TOLERANCE_MS, MAX_PAUSE_MS, SECOND_PAUSE_MS } from '../timings.ts'

/** A read that failed, or proves nothing. */
export interface ReadFailure {
  readonly kind: 'read_failure'
  readonly problem: ApiProblem
}

/** How to poll. Milliseconds do not count time in which the rate limit holds the run. */
export interface Polling<Seen> {
  /** Must not throw for what Cloudflare or the network does. */
  readonly read: () => Promise<Seen | ReadFailure>
  readonly isDone: (seen: Seen) => boolean
  readonly timeoutMs: number
  /** Since when the timeout runs, in milliseconds of the queue's running time. */
  readonly since: number
  readonly firstPauseMs: number
}

/**
 * Reads again, with growing pauses, until everything is done or the time is up.
 *
 * @returns what the last read showed
 */
export async function pollUntil<Seen extends { readonly kind: 'seen' }>(
  { queue, stop }: Pick<RunContext, 'queue' | 'stop'>,
  { read, isDone, timeoutMs, since, firstPauseMs }: Polling<Seen>,
): Promise<Seen | ReadFailure> {
  let pause = firstPauseMs
  let pauseSince = since
  let nextPause = SECOND_PAUSE_MS
  for (;;) {
    const left = timeoutMs - (queue.runningTime - since)
    const length = Math.min(pause, left) - (queue.runningTime - pauseSince)
    await queue.wait(Math.max(0, length), stop.startSignal).catch(() => undefined)
    if (stop.reason !== undefined) return readFailure(userProblem(stop.reason.what, stop.reason.remedy))
    // The read after the time is up is the last one, however long the rate limit delayed it.
    const passed = queue.runningTime - since
    const seen = await read()
    if (seen.kind === 'read_failure' || isDone(seen) || passed >= timeoutMs) return seen
    pause = nextPause
    pauseSince = queue.runningTime
    nextPause = Math.min(MAX_PAUSE_MS, nextPause * 1.5)
  }
}

/** A read that proves nothing. */
export function readFailure(problem: ApiProblem): ReadFailure {
  return { kind: 'read_failure', problem }
}

/** Whether the clocks behind two answers differ too much to distinguish old from new. */
export function clocksDisagree(one: ServerTime, other: ServerTime): boolean {
  if (one.date === undefined || other.date === undefined) return false
  return Math.abs(one.date - one.receivedAt - (other.date - other.receivedAt)) > CLOCK_TOLERANCE_MS
}

/** The problem of answers whose clocks disagree. */
export const CLOCKS_DISAGREE = userProblem(
  'the `Date` headers of the answers contradict each other by more than a minute',
  'Look for a proxy between the runner and Cloudflare that keeps or changes answers.',
)

/** The problem of an answer without a time to tell old from new by. */
export const NO_DATE = userProblem(
  'the answer had no usable `Date` header to tell old from new by',
  'Look for a proxy between the runner and Cloudflare that removes the header.',
)

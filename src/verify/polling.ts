import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { RunContext } from './run-context.ts'

/** The pause after the first read. Each further pause is half as long again, up to the maximum. */
const SECOND_PAUSE_MS = 1_500
const MAX_PAUSE_MS = 15_000

/** How to poll. Milliseconds do not count time in which the rate limit holds the run. */
export interface Polling<Seen> {
  /** Returns why the read failed, or proves nothing. It must not throw for what Cloudflare or the network does. */
  readonly read: () => Promise<Seen | ApiProblem>
  readonly isDone: (seen: Seen) => boolean
  readonly timeoutMs: number
  /** Since when the timeout runs, in milliseconds of the throttle's running time. */
  readonly since: number
  readonly firstPauseMs: number
}

/**
 * Reads again, with growing pauses, until everything is done or the time is up.
 *
 * @returns what the last read showed
 */
export async function pollUntil<Seen extends object>(
  { throttle, stop }: Pick<RunContext, 'throttle' | 'stop'>,
  { read, isDone, timeoutMs, since, firstPauseMs }: Polling<Seen>,
): Promise<Seen | ApiProblem> {
  let pause = firstPauseMs
  let pauseSince = since
  let nextPause = SECOND_PAUSE_MS
  for (;;) {
    const left = timeoutMs - (throttle.runningTime - since)
    const length = Math.min(pause, left) - (throttle.runningTime - pauseSince)
    await throttle.wait(Math.max(0, length), stop.startSignal).catch(() => undefined)
    if (stop.reason !== undefined) return userProblem(stop.reason.what, stop.reason.remedy)
    // The read after the time is up is the last one, however long the rate limit delayed it.
    const passed = throttle.runningTime - since
    const seen = await read()
    if ('what' in seen || isDone(seen) || passed >= timeoutMs) return seen
    pause = nextPause
    pauseSince = throttle.runningTime
    nextPause = Math.min(MAX_PAUSE_MS, nextPause * 1.5)
  }
}

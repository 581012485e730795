import type { CallQueue } from '../cloudflare/call-queue.ts'
import { userProblem, type Problem } from '../cloudflare/problem.ts'
import type { RunStop } from '../runner/run-stop.ts'

/** How long a revocation may take to show; Cloudflare says 20 to 30 seconds. In milliseconds, holds not counted. */
export const PATIENCE = 90_000

/** Each pause between reads is half as long again as the one before, up to the longest. In milliseconds. */
const SECOND_PAUSE = 1_500
const LONGEST_PAUSE = 15_000

/** A read failed, or proves nothing. */
export interface NotSeen {
  readonly kind: 'not_seen'
  readonly problem: Problem
}

/** What a reader needs to know to wait. */
export interface PatienceOptions {
  readonly queue: CallQueue
  readonly stop: RunStop
  /** Milliseconds from the revocation to the first read. */
  readonly firstPause: number
}

/** Reads again and again until what is waited for shows. */
export class Patience {
  readonly #options: PatienceOptions

  constructor(options: PatienceOptions) {
    this.#options = options
  }

  /**
   * Reads with growing pauses until everything is settled, for up to 90 seconds.
   *
   * @param read - it must never throw for what Cloudflare or the network does
   * @param start - since when it is waited for, by the running time of the queue
   * @param firstPause - milliseconds from the start to the first read
   * @returns what the last read showed
   */
  async until<Seen extends { readonly kind: 'seen' }>(
    read: () => Promise<Seen | NotSeen>,
    isSettled: (seen: Seen) => boolean,
    start = this.#options.queue.runningTime,
    firstPause = this.#options.firstPause,
  ): Promise<Seen | NotSeen> {
    const { queue, stop } = this.#options
    let pause = firstPause
    let since = start
    let next = SECOND_PAUSE
    for (;;) {
      const left = PATIENCE - (queue.runningTime - start)
      const length = Math.min(pause, left) - (queue.runningTime - since)
      await queue.wait(Math.max(0, length), stop.startSignal).catch(() => undefined)
      if (stop.reason !== undefined) return notSeen(userProblem(stop.reason.what, stop.reason.remedy))
      // The read after the time is up is the last one, however long the rate limit kept it waiting.
      const passed = queue.runningTime - start
      const seen = await read()
      if (seen.kind === 'not_seen' || isSettled(seen) || passed >= PATIENCE) return seen
      pause = next
      since = queue.runningTime
      next = Math.min(LONGEST_PAUSE, next * 1.5)
    }
  }
}

/** That nothing was seen, and why. */
export function notSeen(problem: Problem): NotSeen {
  return { kind: 'not_seen', problem }
}

import type { Problem } from '../text/problem.ts'

/** How long a cancelled run waits for the requests in flight; the runner sends SIGTERM after 7.5 s. */
const GRACE_PERIOD_MS = 5_000

/** Why a run ends early; the remedy also says what it means, and may be empty. */
export interface StopReason extends Problem {
  readonly remedy: string
}

/** Ends a run early: nothing new starts, and what is not done is skipped. */
export class RunStop {
  readonly #start = new AbortController()
  readonly #response = new AbortController()
  #reason: StopReason | undefined

  /** Aborted as soon as nothing new may start. */
  readonly startSignal = this.#start.signal

  /** Aborted when the run no longer waits for answers. */
  readonly responseSignal = this.#response.signal

  /** Why the run was stopped; undefined while it goes on. */
  get reason(): StopReason | undefined {
    return this.#reason
  }

  /** Lets nothing new start; what is in flight may finish. The first reason counts. */
  stop(reason: StopReason): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#start.abort()
  }

  /**
   * Stops the run when it is cancelled, and then gives what is in flight five seconds to finish. The runner sends SIGINT,
   * SIGTERM 7.5 s later, and kills after another 2.5 s.
   */
  stopOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.on(signal, () => {
        this.stop({ what: `The run was cancelled (${signal})`, remedy: 'Run the step again.' })
        setTimeout(() => {
          this.#response.abort()
        }, GRACE_PERIOD_MS).unref()
      })
    }
  }
}

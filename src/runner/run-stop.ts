/** How long a cancelled run waits for the requests in flight; the runner sends SIGTERM after 7.5 s. */
const GRACE_PERIOD_MS = 5_000

/** Why a run ends early. */
export interface StopReason {
  /** What happened, as a sentence without its full stop. */
  readonly what: string
  /** What it means and what to do, in full sentences. */
  readonly remedy: string
}

/** Thrown to calls that wait for their turn when the run is stopped. */
export class Stopped extends Error {
  readonly reason: StopReason

  constructor(reason: StopReason) {
    super(reason.what)
    this.reason = reason
  }
}

/** Ends a run early: nothing new starts, and what is not done is skipped. */
export class RunStop {
  readonly #startController = new AbortController()
  readonly #responseController = new AbortController()
  #reason: StopReason | undefined

  /** Why the run was stopped; undefined while it goes on. */
  get reason(): StopReason | undefined {
    return this.#reason
  }

  /** Aborted, with a {@link Stopped}, as soon as nothing new may start. */
  get startSignal(): AbortSignal {
    return this.#startController.signal
  }

  /** Aborted when the run no longer waits for answers. */
  get responseSignal(): AbortSignal {
    return this.#responseController.signal
  }

  /** Lets nothing new start; what is in flight may finish. The first reason counts. */
  stop(reason: StopReason): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#startController.abort(new Stopped(reason))
  }

  /** Stops the run for a reason that leaves little time: what is in flight has five seconds to finish. */
  cancel(reason: StopReason): void {
    this.stop(reason)
    setTimeout(() => {
      this.#responseController.abort()
    }, GRACE_PERIOD_MS).unref()
  }
}

/** The runner sends SIGINT when a run is cancelled, SIGTERM 7.5 s later, and kills after another 2.5 s. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Cancels the run on the first signal, for as long as the returned object lives. */
export function stopOnSignals(stop: RunStop): Disposable {
  const cancel = (signal: string): void => {
    stop.cancel({ what: `The run was cancelled (${signal})`, remedy: 'Run the step again.' })
  }
  for (const signal of SIGNALS) process.on(signal, cancel)
  return {
    [Symbol.dispose]: () => {
      for (const signal of SIGNALS) process.off(signal, cancel)
    },
  }
}

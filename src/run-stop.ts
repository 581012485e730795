/** Milliseconds that a cancelled run grants the requests in flight; the runner sends SIGTERM after 7.5 s. */
const GRACE = 5_000

/** Thrown by whatever was waiting for its turn when the run was stopped. */
export class Stopped extends Error {}

/** Ends a run early: nothing new starts, and what is not done is skipped. */
export class RunStop {
  readonly #starting = new AbortController()
  readonly #waiting = new AbortController()
  readonly #onStop: (why: string) => void
  #why: string | undefined

  /** @param onStop - called once, with the reason, when the run is stopped */
  constructor(onStop: (why: string) => void) {
    this.#onStop = onStop
  }

  /** Why the run was stopped, as a sentence; undefined while it goes on. */
  get why(): string | undefined {
    return this.#why
  }

  /** Aborted as soon as nothing new may start. */
  get starting(): AbortSignal {
    return this.#starting.signal
  }

  /** Aborted as soon as answers are no longer waited for. */
  get waiting(): AbortSignal {
    return this.#waiting.signal
  }

  /** Lets nothing new start; what is in flight may finish. The first reason is the one that is told. */
  stop(why: string): void {
    if (this.#why !== undefined) return
    this.#why = why
    this.#onStop(why)
    this.#starting.abort(new Stopped(why))
  }

  /** The same for somebody who cannot wait long: what is in flight has five seconds to finish. */
  cancel(why: string): void {
    this.stop(why)
    setTimeout(() => {
      this.#waiting.abort()
    }, GRACE).unref()
  }
}

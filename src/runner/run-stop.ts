/** Milliseconds that a cancelled run grants the requests in flight; the runner sends SIGTERM after 7.5 s. */
const GRACE = 5_000

/** Why a run ends early. */
export interface StopReason {
  /** What happened, as a sentence without its full stop. */
  readonly what: string
  /** What it means and what to do, in full sentences. */
  readonly remedy: string
}

/** Thrown by whatever was waiting for its turn when the run was stopped. */
export class Stopped extends Error {
  readonly why: StopReason

  constructor(why: StopReason) {
    super(why.what)
    this.why = why
  }
}

/** Ends a run early: nothing new starts, and what is not done is skipped. */
export class RunStop {
  readonly #starting = new AbortController()
  readonly #waiting = new AbortController()
  #why: StopReason | undefined

  /** Why the run was stopped; undefined while it goes on. */
  get why(): StopReason | undefined {
    return this.#why
  }

  /** Aborted, with a {@link Stopped}, as soon as nothing new may start. */
  get starting(): AbortSignal {
    return this.#starting.signal
  }

  /** Aborted as soon as answers are no longer waited for. */
  get waiting(): AbortSignal {
    return this.#waiting.signal
  }

  /** Lets nothing new start; what is in flight may finish. The first reason is the one that is told. */
  stop(why: StopReason): void {
    if (this.#why !== undefined) return
    this.#why = why
    this.#starting.abort(new Stopped(why))
  }

  /** The same for somebody who cannot wait long: what is in flight has five seconds to finish. */
  cancel(why: StopReason): void {
    this.stop(why)
    setTimeout(() => {
      this.#waiting.abort()
    }, GRACE).unref()
  }
}

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

  /** Aborted as soon as answers are no longer waited for. */
  get responseSignal(): AbortSignal {
    return this.#responseController.signal
  }

  /** Lets nothing new start; what is in flight may finish. The first reason is the one that is told. */
  stop(reason: StopReason): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#startController.abort(new Stopped(reason))
  }

  /** The same for somebody who cannot wait long: what is in flight has five seconds to finish. */
  cancel(reason: StopReason): void {
    this.stop(reason)
    setTimeout(() => {
      this.#responseController.abort()
    }, GRACE).unref()
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import { monotonicMs } from '../text/measures.ts'

/** The time of a run in which its calls are not on hold. Nothing that a run waits for passes during a hold. */
export class RunningTime {
  /** Milliseconds spent in holds that are over. */
  #held = 0
  #heldSince: number | undefined

  /** Milliseconds, from an arbitrary beginning. */
  get now(): number {
    return (this.#heldSince ?? monotonicMs()) - this.#held
  }

  get held(): number {
    return this.#held
  }

  hold(): void {
    this.#heldSince ??= monotonicMs()
  }

  resume(): void {
    const now = monotonicMs()
    this.#held += now - (this.#heldSince ?? now)
    this.#heldSince = undefined
  }

  /**
   * Waits for this many milliseconds of running time.
   *
   * @throws the signal's reason, as an AbortError, when it is aborted before that
   */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    const until = this.now + milliseconds
    do await wait(Math.max(0, until - this.now), undefined, { signal })
    while (this.now < until - 1)
  }
}

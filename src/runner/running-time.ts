import { monotonicMs } from '../text/measures.ts'

/** The time of a run in which its calls are not on hold. Nothing that a run waits for passes during a hold. */
export class RunningTime {
  /** Milliseconds spent in holds that are over. */
  #held = 0
  #heldSince: number | undefined
  readonly #stopped: AbortSignal
  readonly #waiting = new Set<(value: undefined) => void>()

  constructor(stopped: AbortSignal) {
    this.#stopped = stopped
    // One listener: those of a signal are linked, so that one that was removed keeps all later ones in memory.
    stopped.addEventListener('abort', () => {
      for (const end of this.#waiting) end(undefined)
    })
  }

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

  /** Waits for this many milliseconds of running time, and no longer than until `earlier` settles, or the run is stopped. */
  async wait(milliseconds: number, earlier?: Promise<unknown>): Promise<void> {
    if (this.#stopped.aborted) return
    const until = this.now + milliseconds
    const { promise, resolve: end } = Promise.withResolvers<unknown>()
    const look = (): void => {
      if (this.now >= until - 1) end(undefined)
      else timer = setTimeout(look, until - this.now)
    }
    let timer = setTimeout(look, milliseconds)
    this.#waiting.add(end)
    void earlier?.then(end, end)
    await promise
    clearTimeout(timer)
    this.#waiting.delete(end)
  }
}

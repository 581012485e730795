import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A clock for an embedded API and the steps that call it. It jumps to the next timer while a step only waits. While a
 * request is open, it runs at its speed, by default that of real time, so that a busy machine causes no timeouts.
 */
export class Clock implements Disposable {
  /** Makes a process keep to a clock. */
  readonly preload = new URL('jumping-clock.js', import.meta.url).href
  readonly #folder = mkdtempSync(join(tmpdir(), 'clock-'))
  readonly #path = join(this.#folder, 'offset')
  readonly #file: number
  readonly #jumped = new Float64Array(1)
  readonly #start = Date.now()
  readonly #speed: number

  /**
   * @param speed - how many times as fast time passes while a request is open
   * @param at - the time at which it starts, in milliseconds since the epoch; by default now
   */
  constructor(speed = 1, at?: number) {
    this.#speed = speed
    if (at !== undefined) this.#jumped[0] = at - this.#start
    writeFileSync(this.#path, this.#jumped)
    this.#file = openSync(this.#path, 'r')
  }

  /** The time by this clock, in milliseconds. */
  readonly now = (): number => {
    readSync(this.#file, this.#jumped, 0, this.#jumped.byteLength, 0)
    return Math.round(this.#start + (Date.now() - this.#start) * this.#speed + (this.#jumped[0] ?? 0))
  }

  /** The environment of a process that keeps to this clock by its preload. */
  get env(): Readonly<Record<string, string>> {
    return {
      CLOCK_FILE: this.#path,
      CLOCK_START: String(this.#start),
      CLOCK_SPEED: String(this.#speed),
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#file)
    rmSync(this.#folder, { recursive: true })
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Exchange, HttpAnswer } from './exchange.ts'

/** No wait for the rate limit is shorter: a `Retry-After` of 0 must not become a busy loop. In milliseconds. */
const SHORTEST_HOLD = 1_000

/** Where Cloudflare names no moment, holds double up to this length. In milliseconds. */
const LONGEST_GUESS = 60_000

/** After this long without an answer other than 429 the run stops. In milliseconds. */
const PATIENCE = 15 * 60_000

/**
 * Keeps the run to the pace that Cloudflare sets: after a 429 nothing is sent until the moment it names
 * (Cloudflare, "Rate limits": `Retry-After` in seconds, on 429 only).
 */
export class Pace {
  readonly #announce: (line: string) => void
  #heldUntil = 0
  #lastAnswer = performance.now()
  #guess = SHORTEST_HOLD

  /** @param announce - takes a line for the log about each wait, with its length and reason */
  constructor(announce: (line: string) => void) {
    this.#announce = announce
  }

  /**
   * Makes the attempt as soon as there is room for it, and again as often as the answer is 429.
   *
   * @returns what came of it; a 429 only when waiting on would take longer than 15 minutes without any other answer
   */
  async send(attempt: () => Promise<Exchange>): Promise<Exchange> {
    for (;;) {
      await wait(Math.max(0, this.#heldUntil - performance.now()))
      const exchange = await attempt()
      if (exchange.kind === 'no_answer') return exchange
      if (exchange.status !== 429) {
        this.#lastAnswer = performance.now()
        this.#guess = SHORTEST_HOLD
        return exchange
      }
      const hold = this.#holdFor(exchange)
      if (performance.now() + hold > this.#lastAnswer + PATIENCE) return exchange
      this.#heldUntil = performance.now() + hold
      this.#announce(`Cloudflare's rate limit is used up (429): waiting ${Math.ceil(hold / 1_000)} s.`)
    }
  }

  #holdFor({ headers }: HttpAnswer): number {
    const named = retryAfter(headers['retry-after'])
    if (named !== undefined) return Math.max(SHORTEST_HOLD, named)
    this.#guess = Math.min(LONGEST_GUESS, this.#guess * 2)
    return this.#guess / 2
  }
}

/** `Retry-After` in milliseconds from now: seconds or a date (RFC 9110, 10.2.3); undefined if it is neither. */
function retryAfter(header: string | undefined): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : date - Date.now()
}

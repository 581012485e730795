import type { Log } from '../runner/log.ts'
import type { RunStop, StopReason } from '../runner/run-stop.ts'
import { duration } from '../text/quantity.ts'
import type { Exchange } from './http-exchange.ts'
import { type HoldReason, RateLimitWindows } from './rate-limit-windows.ts'

/** After this long without an answer other than 429 the run stops. In milliseconds. */
const PATIENCE = 15 * 60_000

const REASONS: Readonly<Record<HoldReason, string>> = {
  limit: "Cloudflare's rate limit leaves no room",
  unavailable: 'Cloudflare is unavailable and asks to wait',
}

interface Turn {
  readonly grant: () => void
  readonly refuse: (reason: unknown) => void
}

/** What a queue keeps to. */
export interface CallQueueOptions {
  /** Requests in flight at once, at most. */
  readonly concurrency: number
  readonly stop: RunStop
  /** Is told of each wait, with its length and reason. */
  readonly log: Pick<Log, 'info'>
}

/**
 * Keeps the whole run to the pace that Cloudflare sets. No call is sent that Cloudflare said it has no room for, and a
 * 429 holds everybody.
 */
export class CallQueue {
  readonly #options: CallQueueOptions
  readonly #windows = new RateLimitWindows()
  /** Revocations, and behind them everything else. */
  readonly #urgent: Turn[] = []
  readonly #queue: Turn[] = []
  #inFlight = 0
  #announcedUntil = 0
  #lastAnswer = performance.now()
  #timer: NodeJS.Timeout | undefined
  /** Milliseconds spent in holds that are over, and the beginning of the one that is not. */
  #heldTime = 0
  #heldSince: number | undefined

  constructor(options: CallQueueOptions) {
    this.#options = options
    options.stop.starting.addEventListener('abort', () => {
      this.#pump()
    })
  }

  /** Milliseconds, from an arbitrary beginning, in which the rate limit held nobody. */
  get runningTime(): number {
    return (this.#heldSince ?? performance.now()) - this.#heldTime
  }

  /**
   * Makes the attempt when its turn has come and there is room for it, and again as often as the answer is 429.
   *
   * @param attempt - makes one attempt; it must never throw
   * @param onHeld - called for each answer of 429
   * @param urgent - takes its turn before what is not
   * @returns what came of it, never a 429
   * @throws Stopped when the run is stopped before that
   */
  async send(attempt: () => Promise<Exchange>, onHeld: () => void, urgent: boolean): Promise<Exchange> {
    for (;;) {
      await this.#turn(urgent ? this.#urgent : this.#queue)
      const sentAt = performance.now()
      const exchange = await attempt()
      this.#inFlight -= 1
      const now = performance.now()
      this.#windows.learn(exchange, sentAt, now)
      const held = exchange.kind === 'answer' && exchange.status === 429
      if (exchange.kind === 'answer' && !held) this.#lastAnswer = now
      // Not at once: whoever gets this answer may stop the run for it.
      setImmediate(() => {
        this.#pump()
      })
      if (!held) return exchange
      onHeld()
    }
  }

  async #turn(queue: Turn[]): Promise<void> {
    const { promise, resolve: grant, reject: refuse } = Promise.withResolvers<undefined>()
    queue.push({
      grant: () => {
        grant(undefined)
      },
      refuse,
    })
    this.#pump()
    await promise
  }

  /** Grants turns as long as there is room; else sees to it that it is called again when there is. */
  #pump(): void {
    clearTimeout(this.#timer)
    const { concurrency, stop } = this.#options
    for (;;) {
      if (stop.why !== undefined) this.#refuseAll(stop.starting.reason)
      const queue = this.#urgent.length > 0 ? this.#urgent : this.#queue
      const now = performance.now()
      this.#windows.forgetPast(now)
      if (queue.length === 0 || this.#inFlight >= (this.#windows.alone ? 1 : concurrency)) return
      const next = this.#windows.next(now, this.#inFlight)
      if (next.kind === 'after_answers') return
      if (now + next.wait > this.#lastAnswer + PATIENCE) {
        stop.stop(givenUp(next.wait, next.reason))
      } else if (next.wait > 0) {
        this.#hold(now, next.wait, next.reason)
        return
      } else {
        this.#heldTime += now - (this.#heldSince ?? now)
        this.#heldSince = undefined
        this.#inFlight += 1
        this.#windows.send(now)
        queue.shift()?.grant()
      }
    }
  }

  #refuseAll(reason: unknown): void {
    for (const { refuse } of [...this.#urgent.splice(0), ...this.#queue.splice(0)]) refuse(reason)
  }

  #hold(now: number, wait: number, reason: HoldReason): void {
    if (now + wait > this.#announcedUntil + 1) {
      this.#announcedUntil = this.#windows.hold(now, wait, reason)
      this.#heldSince ??= now
      const length = this.#announcedUntil - now
      const until = new Date(Date.now() + length).toISOString().slice(11, 19)
      this.#options.log.info(`${REASONS[reason]}: waiting ${duration(length)}, until ${until} UTC.`)
    }
    this.#timer = setTimeout(
      () => {
        this.#pump()
      },
      Math.ceil(this.#announcedUntil - now),
    )
  }
}

function givenUp(wait: number, reason: HoldReason): StopReason {
  return wait > 0
    ? {
        what: `${REASONS[reason]} for another ${duration(wait)}, and a run waits at most ${duration(PATIENCE)} without an answer other than 429`,
        remedy:
          'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.',
      }
    : {
        what: `No answer arrived for ${duration(PATIENCE)}`,
        remedy: 'Check the network path from the runner to Cloudflare, and run the step again.',
      }
}

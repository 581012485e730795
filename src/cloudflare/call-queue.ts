import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../runner/log.ts'
import type { RunStop, StopReason } from '../runner/run-stop.ts'
import { duration } from '../text/quantity.ts'
import { isRateLimited } from './answer.ts'
import type { Exchange } from './http-exchange.ts'
import { DEFAULT_QUOTA, type HoldReason, RateLimitWindows } from './rate-limit-windows.ts'

/** After this long without an answer other than 429 the run stops. In milliseconds. */
const PATIENCE = 15 * 60_000

const REASONS: Readonly<Record<HoldReason, string>> = {
  limit: "Cloudflare's rate limit leaves no room",
  unavailable: 'Cloudflare is unavailable and asks to wait',
}

const RUN_LATER =
  'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.'

/**
 * What goes first. A revocation goes before every read; one that is overdue, because it has waited for reads long enough,
 * also goes while other calls take up all places. A look-up, which a revocation waits for, goes before all other reads.
 */
export type Priority = 'overdue' | 'revocation' | 'look_up' | 'read'

interface Turn {
  readonly grant: () => void
  readonly refuse: (reason: unknown) => void
}

/** What a queue keeps to. */
export interface CallQueueOptions {
  /** Requests in flight at once, at most. */
  readonly concurrency: number
  /** How many calls the run is likely to need in all. */
  readonly calls: number
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
  readonly #queues: Readonly<Record<Priority, Turn[]>> = {
    overdue: [],
    revocation: [],
    look_up: [],
    read: [],
  }
  #inFlight = 0
  #announcedUntil = 0
  #lastAnswer = performance.now()
  #timer: NodeJS.Timeout | undefined
  /** Milliseconds spent in holds that are over, and the beginning of the one that is not. */
  #heldTime = 0
  #heldSince: number | undefined
  /** What all holds together may last: no server stretches it by answering now and then. In milliseconds. */
  readonly #mostHeld: number

  constructor(options: CallQueueOptions) {
    this.#options = options
    this.#mostHeld = PATIENCE + (2 * options.calls * DEFAULT_QUOTA.window) / DEFAULT_QUOTA.calls
    options.stop.startSignal.addEventListener('abort', () => {
      this.#pump()
    })
  }

  /**
   * Waits until so many milliseconds have passed in which the rate limit held nobody.
   *
   * @throws the signal's reason, as an AbortError, when it is aborted before that
   */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    const until = this.runningTime + milliseconds
    do await wait(Math.max(0, until - this.runningTime), undefined, { signal })
    while (this.runningTime < until - 1)
  }

  /** Milliseconds, from an arbitrary beginning, in which the rate limit held nobody. */
  get runningTime(): number {
    return (this.#heldSince ?? performance.now()) - this.#heldTime
  }

  /**
   * Makes the attempt when its turn has come and there is room for it, and again as often as the rate limit refuses it.
   *
   * @param attempt - makes one attempt; it must never throw
   * @param onHeld - called for each answer of the rate limit
   * @returns what came of it, never an answer of the rate limit
   * @throws Stopped when the run is stopped before that
   */
  async send(attempt: () => Promise<Exchange>, onHeld: () => void, priority: Priority): Promise<Exchange> {
    for (;;) {
      await this.#turn(this.#queues[priority])
      const sentAt = performance.now()
      const exchange = await attempt()
      this.#inFlight -= 1
      const now = performance.now()
      const held = isRateLimited(exchange)
      this.#windows.learn(exchange, held, sentAt, now)
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
      if (stop.reason !== undefined) this.#refuseAll(stop.startSignal.reason)
      const { overdue, revocation, look_up: lookUp, read } = this.#queues
      const queue = [overdue, revocation, lookUp, read].find(({ length }) => length > 0)
      if (queue === undefined) return
      const now = performance.now()
      this.#windows.forgetPast(now)
      if (queue !== overdue && this.#inFlight >= (this.#windows.alone ? 1 : concurrency)) return
      const next = this.#windows.next(now, this.#inFlight)
      if (next.kind === 'after_answers') return
      if (now + next.wait > this.#lastAnswer + PATIENCE) {
        stop.stop(givenUp(next.wait, next.reason))
      } else if (this.#heldTime + next.wait > this.#mostHeld) {
        stop.stop(waitedTooLong(this.#mostHeld, next.reason))
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
    for (const queue of Object.values(this.#queues)) for (const { refuse } of queue.splice(0)) refuse(reason)
  }

  #hold(now: number, length: number, reason: HoldReason): void {
    if (now + length > this.#announcedUntil + 1) {
      this.#announcedUntil = this.#windows.hold(now, length, reason)
      this.#heldSince ??= now
      const announced = this.#announcedUntil - now
      const until = new Date(Date.now() + announced).toISOString().slice(11, 19)
      this.#options.log.info(`${REASONS[reason]}: waiting ${duration(announced)}, until ${until} UTC.`)
    }
    this.#timer = setTimeout(
      () => {
        this.#pump()
      },
      Math.ceil(this.#announcedUntil - now),
    )
  }
}

function waitedTooLong(most: number, reason: HoldReason): StopReason {
  return {
    what: `${REASONS[reason]}, and this run has waited for it long enough (${duration(most)} in all)`,
    remedy: RUN_LATER,
  }
}

function givenUp(length: number, reason: HoldReason): StopReason {
  return length > 0
    ? {
        what: `${REASONS[reason]} for another ${duration(length)}, and a run waits at most ${duration(PATIENCE)} without an answer other than 429`,
        remedy: RUN_LATER,
      }
    : {
        what: `No answer arrived for ${duration(PATIENCE)}`,
        remedy: 'Check the network path from the runner to Cloudflare, and run the step again.',
      }
}

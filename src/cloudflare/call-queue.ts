import type { Log } from '../runner/log.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { RunningTime } from '../runner/running-time.ts'
import { duration, elapsed, timeOfDay } from '../text/measures.ts'
import { MAX_TIME_WITHOUT_RESPONSE_MS } from '../timings.ts'
import type { Attempt } from './answer.ts'
import {
  DEFAULT_QUOTA,
  givenUp,
  HOLD_REASONS,
  type HoldReason,
  RateLimitWindows,
  waitedTooLong,
} from './rate-limit-windows.ts'

/** From the first to the last. A revocation that is overdue does not wait until the rate limit is known, either. */
const PRIORITIES = ['recheck', 'overdue', 'revocation', 'look_up', 'read'] as const

/** Which calls go first. Revocations go before all reads, and look-ups before other reads, as revocations wait for them. */
export type Priority = Exclude<(typeof PRIORITIES)[number], 'recheck'>

type Turn = PromiseWithResolvers<undefined>

/** The limits of a queue. */
export interface CallQueueOptions {
  /** Maximum number of requests in flight. */
  readonly concurrency: number
  /** How many calls the run is likely to need in all. */
  readonly calls: number
  readonly stop: RunStop
  /** Receives each wait, with its length and reason. */
  readonly log: Pick<Log, 'info'>
}

/**
 * Keeps the run to the pace that Cloudflare sets: no call is sent that Cloudflare has no room for, and a 429 pauses all
 * calls.
 */
export class CallQueue {
  /** Stops the run, and with it this queue. */
  readonly stop: RunStop
  readonly #options: CallQueueOptions
  readonly #windows = new RateLimitWindows()
  readonly #queues = new Map(PRIORITIES.map((priority): [string, Turn[]] => [priority, []]))
  #inFlight = 0
  #announcedUntil = 0
  #lastResponse = elapsed()
  #timer: NodeJS.Timeout | undefined
  /** How many rechecks keep all other calls waiting. */
  #rechecks = 0
  #lastRecheck: Promise<unknown> = Promise.resolve()
  readonly #time = new RunningTime()
  /** The limit for all holds together in milliseconds: no server can prolong a run by answering now and then. */
  readonly #maxHeld: number

  constructor(options: CallQueueOptions) {
    this.#options = options
    this.stop = options.stop
    this.#maxHeld =
      MAX_TIME_WITHOUT_RESPONSE_MS + (2 * options.calls * DEFAULT_QUOTA.window) / DEFAULT_QUOTA.calls
    options.stop.startSignal.addEventListener('abort', this.#pump)
  }

  /** Milliseconds, from an arbitrary beginning, without the time in which calls were on hold. */
  get runningTime(): number {
    return this.#time.now
  }

  /**
   * Waits for this many milliseconds, not counting holds.
   *
   * @throws the signal's reason, as an AbortError, when it is aborted before that
   */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    await this.#time.wait(milliseconds, signal)
  }

  /**
   * Makes the attempt when its turn has come and there is room for it, and again as often as the rate limit refuses it.
   *
   * @param attempt - makes one attempt
   * @param onHeld - called for each answer of the rate limit
   * @returns the last attempt, never one that the rate limit refused
   * @throws Stopped when the run is stopped before that
   */
  async send<A extends Attempt>(
    attempt: () => Promise<A>,
    onHeld: () => void,
    priority: Priority | 'recheck',
  ): Promise<A> {
    for (;;) {
      await this.#turn(priority)
      const attempted = await this.#made(attempt)
      if (!attempted.isRateLimited) return attempted
      onHeld()
    }
  }

  /**
   * Keeps all other calls waiting, as a hold does, while `work` asks again with the priority `recheck`. Rechecks take
   * turns.
   */
  async recheck<T>(work: () => Promise<T>): Promise<T> {
    this.#rechecks += 1
    this.#time.hold()
    const result = this.#lastRecheck.then(work)
    this.#lastRecheck = result.catch(() => undefined)
    try {
      return await result
    } finally {
      this.#rechecks -= 1
      if (this.#rechecks === 0) this.#time.resume()
      this.#pumpSoon()
    }
  }

  async #turn(priority: string): Promise<void> {
    const turn: Turn = Promise.withResolvers()
    this.#queues.get(priority)?.push(turn)
    this.#pump()
    await turn.promise
  }

  async #made<A extends Attempt>(attempt: () => Promise<A>): Promise<A> {
    const sentAt = elapsed()
    try {
      const attempted = await attempt()
      const { exchange, isRateLimited } = attempted
      const now = elapsed()
      this.#windows.update(exchange, isRateLimited, sentAt, now)
      if (exchange.kind === 'answer' && !isRateLimited) this.#lastResponse = now
      return attempted
    } finally {
      this.#inFlight -= 1
      this.#pumpSoon()
    }
  }

  /** Deferred, because the caller may stop the run in response to an answer. */
  #pumpSoon(): void {
    setImmediate(this.#pump)
  }

  /** Grants turns as long as there is room; otherwise schedules the next attempt. */
  readonly #pump = (): void => {
    clearTimeout(this.#timer)
    const { stop } = this
    for (;;) {
      if (stop.reason !== undefined) this.#refuseAll(stop.startSignal.reason)
      const [priority, queue] = [...this.#queues].find(([, { length }]) => length > 0) ?? []
      if (priority === undefined || queue === undefined) return
      const now = elapsed()
      this.#windows.forgetPast(now)
      if (this.#inFlight >= this.#places(priority)) return
      const next = this.#windows.next(now, this.#inFlight)
      if (next.kind === 'after_answers') return
      if (now + next.wait > this.#lastResponse + MAX_TIME_WITHOUT_RESPONSE_MS) {
        stop.stop(givenUp(next.wait, next.reason, MAX_TIME_WITHOUT_RESPONSE_MS))
      } else if (this.#time.held + next.wait > this.#maxHeld) {
        stop.stop(waitedTooLong(this.#maxHeld, next.reason))
      } else if (next.wait > 0) {
        this.#hold(now, next.wait, next.reason)
        return
      } else {
        if (this.#rechecks === 0) this.#time.resume()
        this.#inFlight += 1
        this.#windows.send(now)
        queue.shift()?.resolve(undefined)
      }
    }
  }

  /** How many requests may be in flight once one of this priority is. */
  #places(priority: string): number {
    const { concurrency } = this.#options
    if (priority === 'recheck') return 1
    if (this.#rechecks > 0) return 0
    if (this.#windows.isProbing && priority !== 'overdue') return 1
    // One place is kept free of reads, which may be slow, so that revocations do not wait for them.
    return priority === 'look_up' || priority === 'read' ? Math.max(1, concurrency - 1) : concurrency
  }

  #refuseAll(reason: unknown): void {
    for (const queue of this.#queues.values()) for (const { reject } of queue.splice(0)) reject(reason)
  }

  #hold(now: number, length: number, reason: HoldReason): void {
    this.#time.hold()
    if (now + length > this.#announcedUntil + 1) {
      this.#announcedUntil = this.#windows.hold(now, length, reason)
      const announced = this.#announcedUntil - now
      const until = timeOfDay(Date.now() + announced)
      this.#options.log.info(`${HOLD_REASONS[reason]}: waiting ${duration(announced)}, until ${until}.`)
    }
    this.#timer = setTimeout(this.#pump, Math.ceil(this.#announcedUntil - now))
  }
}

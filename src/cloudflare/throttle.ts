import type { Log } from '../runner/log.ts'
import type { RunStop, StopReason } from '../runner/run-stop.ts'
import { RunningTime } from '../runner/running-time.ts'
import { duration, isoSecond, monotonicMs } from '../text/measures.ts'
import { type Attempt, OWN_QUOTA, RateLimit } from './rate-limit.ts'

/** The run stops after this many milliseconds without a response other than 429. */
const MAX_TIME_WITHOUT_RESPONSE_MS = 15 * 60_000

const NO_ROOM = "Cloudflare's rate limit leaves no room"
const RUN_LATER =
  'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.'
const CHECK_NETWORK = 'Check the network path from the runner to Cloudflare, and run the step again.'

/** From the first to the last. Reads come last, because no revocation waits for them. */
const PRIORITIES = ['overdue', 'revocation', 'look_up', 'read'] as const

/** Which calls go first. `overdue`: a revocation that has waited for its look-up too long. */
export type Priority = (typeof PRIORITIES)[number]

/** Gives a call its turn, or says why there is none. */
type Grant = (stopped?: StopReason) => void

export interface ThrottleOptions {
  readonly concurrency: number
  /** How many calls the run is likely to need in all, of every kind. */
  readonly calls: number
  readonly stop: RunStop
  readonly log: Pick<Log, 'info'>
}

/** An attempt that was made, or why the run was stopped before it could be. */
export type Turn<A> = { readonly made: A } | { readonly stopped: StopReason }

/** Keeps the run to Cloudflare's pace: no call is sent that there is no room for, and a 429 pauses all calls. */
export class Throttle {
  readonly concurrency: number
  readonly stop: RunStop
  readonly #log: ThrottleOptions['log']
  /** The limit for all holds together in milliseconds: no server can prolong a run by answering now and then. */
  readonly #maxHeld: number
  /** The time of the run without the holds. */
  readonly time: RunningTime
  readonly #limit = new RateLimit()
  readonly #queues = PRIORITIES.map((priority) => ({ priority, waiting: new Array<Grant>() }))
  #inFlight = 0
  #lastResponse = monotonicMs()
  #announcedUntil = 0
  #timer: NodeJS.Timeout | undefined

  constructor({ concurrency, calls, stop, log }: ThrottleOptions) {
    this.concurrency = concurrency
    this.stop = stop
    this.time = new RunningTime(stop.startSignal)
    this.#log = log
    this.#maxHeld = MAX_TIME_WITHOUT_RESPONSE_MS + (2 * calls * OWN_QUOTA.w * 1_000) / OWN_QUOTA.q
    stop.startSignal.addEventListener('abort', this.#grantTurns)
  }

  /** Makes the attempt when its turn has come and there is room, and again as often as the rate limit refuses it. */
  async send<A extends Attempt>(attempt: () => Promise<A>, priority: Priority): Promise<Turn<A>> {
    for (;;) {
      const { promise: turn, resolve } = Promise.withResolvers<StopReason | undefined>()
      this.#queues.find((queue) => queue.priority === priority)?.waiting.push(resolve)
      this.#grantTurns()
      const stopped = await turn
      if (stopped !== undefined) return { stopped }
      const sentAt = monotonicMs()
      try {
        const made = await attempt()
        this.#limit.learn(made, sentAt, monotonicMs())
        if (made.isRateLimited) continue
        if (made.exchange.kind === 'answer') this.#lastResponse = monotonicMs()
        return { made }
      } finally {
        this.#inFlight -= 1
        // Deferred, because the caller may stop the run in response to an answer.
        setImmediate(this.#grantTurns)
      }
    }
  }

  /** Grants turns as long as there is room; otherwise plans when to look again. */
  readonly #grantTurns = (): void => {
    clearTimeout(this.#timer)
    for (;;) {
      const next = this.#queues.find(({ waiting }) => waiting.length > 0)
      if (next === undefined) return
      if (this.stop.reason !== undefined) {
        next.waiting.shift()?.(this.stop.reason)
        continue
      }
      const now = monotonicMs()
      const opensAt = this.#limit.opensAt(now, this.#inFlight)
      if (opensAt === undefined || this.#inFlight >= this.#maxInFlight(next.priority)) return
      const length = Math.max(0, opensAt - now)
      const tooLong = this.#tooLong(now, length)
      if (tooLong !== undefined) {
        this.stop.stop(tooLong)
        continue
      }
      if (length > 0) {
        this.#timer = setTimeout(this.#grantTurns, Math.ceil(this.#hold(now, length) - now))
        return
      }
      this.time.resume()
      this.#inFlight += 1
      this.#limit.send(now)
      next.waiting.shift()?.()
    }
  }

  /** How many requests may be in flight once one of this priority is. */
  #maxInFlight(priority: Priority): number {
    // It goes beside a look-up that is slow, and beside the first call of the run.
    if (priority === 'overdue') return this.concurrency + 1
    if (this.#limit.isProbing) return 1
    // One place is kept free of reads, which may be slow, so that revocations do not wait for them.
    return priority === 'revocation' ? this.concurrency : Math.max(1, this.concurrency - 1)
  }

  #hold(now: number, length: number): number {
    this.time.hold()
    if (now + length <= this.#announcedUntil + 1) return this.#announcedUntil
    this.#announcedUntil = this.#limit.hold(now, length)
    const announced = this.#announcedUntil - now
    this.#log.info(`${NO_ROOM}: waiting ${duration(announced)}, until ${isoSecond(Date.now() + announced)}.`)
    return this.#announcedUntil
  }

  #tooLong(now: number, length: number): StopReason | undefined {
    const max = duration(MAX_TIME_WITHOUT_RESPONSE_MS)
    if (now + length > this.#lastResponse + MAX_TIME_WITHOUT_RESPONSE_MS) {
      if (length === 0) return { what: `No answer arrived for ${max}`, remedy: CHECK_NETWORK }
      const what = `${NO_ROOM} for another ${duration(length)}, and a run waits at most ${max} without an answer other than 429`
      return { what, remedy: RUN_LATER }
    }
    if (this.time.held + length <= this.#maxHeld) return undefined
    const what = `${NO_ROOM}, and this run has waited for it long enough (${duration(this.#maxHeld)} in all)`
    return { what, remedy: RUN_LATER }
  }
}

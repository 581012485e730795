import type { Exchange } from './exchange.ts'
import { type Quota, readQuotas, readRetryAfter, readRoom, type Room } from './rate-limit.ts'
import type { RunStop } from './run-stop.ts'

/** Cloudflare's limit where no header says otherwise (Cloudflare, "Rate limits"): 1,200 calls in 5 minutes. */
const DEFAULT_QUOTA: Quota = { policy: '', calls: 1_200, window: 5 * 60_000 }

/** No wait for the rate limit is shorter: a `Retry-After` of 0 must not become a busy loop. In milliseconds. */
const SHORTEST_HOLD = 1_000

/** Where Cloudflare names no moment, holds double up to this length; no 503 holds longer. In milliseconds. */
const LONGEST_GUESS = 60_000

/** By how much two answers of one window can differ on its end: whole seconds, and their ways. In milliseconds. */
const ROUNDING = 2_000

/** After this long without an answer other than 429 the run stops. In milliseconds. */
const PATIENCE = 15 * 60_000

/** Why the run waits. */
type Reason = 'limit' | 'unavailable'

const REASONS: Readonly<Record<Reason, string>> = {
  limit: "Cloudflare's rate limit leaves no room",
  unavailable: 'Cloudflare is unavailable and asks to wait',
}

/** What Cloudflare last said of a policy's window. Times are those of `performance.now()`. */
interface Window {
  /** Calls left, those in flight not taken off. */
  left: number
  /** No sooner than this the next window begins. */
  resetAt: number
}

interface Turn {
  readonly grant: () => void
  readonly refuse: (reason: unknown) => void
}

/** What a pace keeps to. */
export interface PaceOptions {
  /** Requests in flight at once, at most. */
  readonly concurrency: number
  readonly stop: RunStop
  /** Takes a line for the log about each wait, with its length and reason. */
  readonly announce: (line: string) => void
}

/**
 * Keeps the whole run to the pace that Cloudflare sets. No call is sent that Cloudflare said it has no room for; a 429
 * holds everybody; and the first call of a run, of a window and after a hold goes alone, to learn how much room there is.
 */
export class Pace {
  readonly #options: PaceOptions
  /** Revocations, and behind them everything else. */
  readonly #urgent: Turn[] = []
  readonly #queue: Turn[] = []
  readonly #windows = new Map<string, Window>()
  readonly #sent: number[] = []
  #quotas: readonly Quota[] = [DEFAULT_QUOTA]
  #inFlight = 0
  /** When calls ended without a word on the room left: they may have used up some of it. */
  #lost: number[] = []
  /** Since when calls go alone, until one that was sent later is answered; undefined: they do not. */
  #aloneSince: number | undefined = 0
  #heldUntil = 0
  #reason: Reason = 'limit'
  #announcedUntil = 0
  #guess = SHORTEST_HOLD
  #lastAnswer = performance.now()
  #timer: NodeJS.Timeout | undefined
  /** Milliseconds spent in holds that are over, and the beginning of the one that is not. */
  #heldTime = 0
  #heldSince: number | undefined

  constructor(options: PaceOptions) {
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
      const held = this.#learn(exchange, sentAt)
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
    for (;;) {
      const { concurrency, stop } = this.#options
      if (stop.why !== undefined) {
        for (const { refuse } of [...this.#urgent.splice(0), ...this.#queue.splice(0)])
          refuse(stop.starting.reason)
      }
      const queue = this.#urgent.length > 0 ? this.#urgent : this.#queue
      if (queue.length === 0 || this.#inFlight >= (this.#aloneSince === undefined ? concurrency : 1)) return
      const now = performance.now()
      const wait = this.#wait(now)
      if (wait === 'for_answers') return
      if (now + wait > this.#lastAnswer + PATIENCE) {
        stop.stop(this.#givenUp(wait))
      } else if (wait > 0) {
        this.#hold(now, wait)
        return
      } else {
        this.#heldTime += now - (this.#heldSince ?? now)
        this.#heldSince = undefined
        this.#inFlight += 1
        this.#sent.push(now)
        queue.shift()?.grant()
      }
    }
  }

  /** Milliseconds until there is room for a call; `for_answers` if those in flight will tell. */
  #wait(now: number): number | 'for_answers' {
    let until = this.#heldUntil
    for (const [policy, { left, resetAt }] of this.#windows) {
      if (now >= resetAt) {
        // How much of the new window others use is not known yet.
        this.#windows.delete(policy)
        this.#lost = []
        this.#aloneSince = now
        if (this.#inFlight > 0) return 'for_answers'
      } else if (left - this.#inFlight - this.#lost.length <= 0) {
        if (this.#inFlight > 0) return 'for_answers'
        until = Math.max(until, resetAt)
        this.#reason = 'limit'
      }
    }
    return Math.max(0, until - now, this.#quotaWait(now))
  }

  /** The same for the policies whose window Cloudflare has told nothing of: their quota, in any window. */
  #quotaWait(now: number): number {
    const longest = Math.max(DEFAULT_QUOTA.window, ...this.#quotas.map(({ window }) => window))
    while ((this.#sent[0] ?? now) <= now - longest) this.#sent.shift()
    const waits = this.#quotas.map(({ policy, calls, window }) => {
      const oldest = this.#windows.has(policy) ? undefined : this.#sent.at(-calls)
      return oldest === undefined ? 0 : oldest + window - now
    })
    return Math.max(0, ...waits)
  }

  #hold(now: number, wait: number): void {
    if (now + wait > this.#announcedUntil + 1) {
      this.#heldUntil = now + Math.max(SHORTEST_HOLD, wait)
      this.#announcedUntil = this.#heldUntil
      this.#heldSince ??= now
      this.#aloneSince = now
      const length = this.#heldUntil - now
      const until = new Date(Date.now() + length).toISOString().slice(11, 19)
      const seconds = Math.ceil(Math.round(length) / 1_000)
      this.#options.announce(`${REASONS[this.#reason]}: waiting ${seconds} s, until ${until} UTC.`)
    }
    this.#timer = setTimeout(
      () => {
        this.#pump()
      },
      Math.ceil(this.#heldUntil - now),
    )
  }

  /** Takes in what an answer says of the limit; true if it was 429. */
  #learn(exchange: Exchange, sentAt: number): boolean {
    const now = performance.now()
    if (exchange.kind === 'no_answer') {
      this.#lost.push(now)
      return false
    }
    const { status, headers } = exchange
    const rooms = readRoom(headers['ratelimit'])
    for (const room of rooms) this.#note(room, now)
    // What ended before this call was sent is counted in its answer.
    if (rooms.length > 0) this.#lost = this.#lost.filter((endedAt) => endedAt > sentAt)
    else this.#lost.push(now)
    const quotas = readQuotas(headers['ratelimit-policy'])
    if (rooms.length > 0 || quotas.length > 0) this.#quotas = quotas
    else if (this.#quotas.length === 0) this.#quotas = [DEFAULT_QUOTA]
    const named = readRetryAfter(headers['retry-after'])
    if (status === 429) {
      const full = rooms.filter(({ left }) => left === 0).map(({ resetIn }) => resetIn)
      this.#holdAll(now, named ?? (full.length > 0 ? Math.max(...full) : this.#guessed()))
      return true
    }
    if (status === 503 && named !== undefined)
      this.#holdAll(now, Math.min(LONGEST_GUESS, named), 'unavailable')
    else if (this.#aloneSince !== undefined && sentAt >= this.#aloneSince) this.#aloneSince = undefined
    this.#lastAnswer = now
    this.#guess = SHORTEST_HOLD
    return false
  }

  #note({ policy, left, resetIn }: Room, now: number): void {
    const known = this.#windows.get(policy)
    const resetAt = now + resetIn
    // Answers overtake each other. Within a window the least is the latest, and the soonest end the most exact.
    this.#windows.set(
      policy,
      known === undefined || now >= known.resetAt
        ? { left, resetAt }
        : { left: Math.min(known.left, left), resetAt: soonest(known.resetAt, resetAt, left) },
    )
  }

  #holdAll(now: number, length: number, reason: Reason = 'limit'): void {
    this.#aloneSince = now
    this.#reason = reason
    this.#heldUntil = Math.max(this.#heldUntil, now + Math.max(SHORTEST_HOLD, length))
  }

  #givenUp(wait: number): string {
    if (wait > 0) {
      const minutes = Math.ceil(wait / 60_000)
      return `${REASONS[this.#reason]} for another ${minutes} min; this run waits no longer than 15 minutes without an answer other than 429. Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.`
    }
    return 'No answer came for 15 minutes. Check the way from the runner to Cloudflare, and run the step again.'
  }

  /** For a 429 that names no moment. In milliseconds. */
  #guessed(): number {
    const guess = this.#guess
    this.#guess = Math.min(LONGEST_GUESS, guess * 2)
    return guess
  }
}

/** The end of a window by two answers. Where the later one leaves no room for longer, it is of a window that began since. */
function soonest(known: number, resetAt: number, left: number): number {
  return left === 0 && resetAt > known + ROUNDING ? resetAt : Math.min(known, resetAt)
}

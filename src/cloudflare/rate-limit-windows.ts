import type { StopReason } from '../runner/run-stop.ts'
import { duration } from '../text/measures.ts'
import { MAX_HOLD_BACKOFF_MS, MIN_HOLD_MS } from '../timings.ts'
import type { Exchange } from './http-exchange.ts'
import { type Quota, readQuotas, readRetryAfter, readRoom, type Room } from './rate-limit-headers.ts'

/** Cloudflare's limit where no header says otherwise (Cloudflare, "Rate limits"): 1,200 calls in 5 minutes. */
export const DEFAULT_QUOTA: Quota = { policy: '', calls: 1_200, window: 5 * 60_000 }

/** By how much two answers can differ on the end of one window: whole seconds, and the time they traveled. */
const ROUNDING_MS = 2_000

/** Why calls wait. */
export type HoldReason = 'limit' | 'unavailable'

/** The reasons as the beginning of a sentence. */
export const HOLD_REASONS: Readonly<Record<HoldReason, string>> = {
  limit: "Cloudflare's rate limit leaves no room",
  unavailable: 'Cloudflare is unavailable and asks to wait',
}

const RUN_LATER =
  'Cloudflare allows 1,200 calls in 5 minutes per user or account token, the dashboard included. Run the step again later.'

/** When the next call may go: after this many milliseconds (0: now), or once those in flight are answered. */
export type NextCall =
  | { readonly kind: 'after'; readonly wait: number; readonly reason: HoldReason }
  | { readonly kind: 'after_answers' }

/** A policy's window, by Cloudflare's last answer. */
interface Window {
  /** Calls left, including those in flight. */
  readonly left: number
  /** The earliest time at which the next window can begin. */
  readonly resetAt: number
}

/**
 * Tracks Cloudflare's rate limit, and says when the next call may go. It has no clock: all times are milliseconds from
 * one beginning, given by the caller.
 */
export class RateLimitWindows {
  readonly #windows = new Map<string, Window>()
  /** When calls were sent. */
  readonly #sent: number[] = []
  #quotas: readonly Quota[] = [DEFAULT_QUOTA]
  /** When calls ended whose answers did not mention the room left: they may have used up some of it. */
  #unaccounted: number[] = []
  /** Since when calls go one by one, until one that was sent later is answered; undefined if they do not. */
  #probingSince: number | undefined = 0
  #heldUntil = 0
  #reason: HoldReason = 'limit'
  #backoff = MIN_HOLD_MS

  /** Whether calls go one by one: the first of a run, of a window and after a hold, to learn how much room there is. */
  get isProbing(): boolean {
    return this.#probingSince !== undefined
  }

  /** When the next call may go. */
  next(now: number, inFlight: number): NextCall {
    let [until, reason] = [this.#heldUntil, this.#reason]
    for (const { left, resetAt } of this.#windows.values()) {
      if (left - inFlight - this.#unaccounted.length > 0) continue
      if (inFlight > 0) return { kind: 'after_answers' }
      reason = 'limit'
      until = Math.max(until, resetAt)
    }
    return { kind: 'after', wait: Math.max(0, until - now, this.#quotaWait(now)), reason }
  }

  /** Forgets the windows that are over. A first call shows how much of the new one others have used. */
  forgetPast(now: number): void {
    for (const [policy, { resetAt }] of this.#windows) {
      if (now < resetAt) continue
      this.#windows.delete(policy)
      this.#unaccounted = []
      this.#probingSince = now
    }
    const longest = Math.max(DEFAULT_QUOTA.window, ...this.#quotas.map(({ window }) => window))
    while ((this.#sent[0] ?? now) <= now - longest) this.#sent.shift()
  }

  /** Notes that a call is sent. */
  send(now: number): void {
    this.#sent.push(now)
  }

  /**
   * Holds all calls for at least `length` milliseconds; the first one after that goes alone.
   *
   * @returns when the hold ends
   */
  hold(now: number, length: number, reason: HoldReason): number {
    this.#probingSince = now
    this.#reason = reason
    this.#heldUntil = Math.max(this.#heldUntil, now + Math.max(MIN_HOLD_MS, length))
    return this.#heldUntil
  }

  /**
   * Notes what an answer says about the limit.
   *
   * @param held - whether it is an answer of the rate limit
   */
  update(exchange: Exchange, held: boolean, sentAt: number, now: number): void {
    if (exchange.kind === 'no_answer') {
      this.#unaccounted.push(now)
      return
    }
    const { status, headers } = exchange
    const rooms = readRoom(headers['ratelimit'])
    for (const room of rooms) this.#note(room, now)
    // The answer counts the calls that ended before this one was sent.
    if (rooms.length > 0) this.#unaccounted = this.#unaccounted.filter((endedAt) => endedAt > sentAt)
    else this.#unaccounted.push(now)
    const quotas = readQuotas(headers['ratelimit-policy'])
    if (rooms.length > 0 || quotas.length > 0) this.#quotas = quotas
    else if (this.#quotas.length === 0) this.#quotas = [DEFAULT_QUOTA]
    const named = readRetryAfter(headers['retry-after'])
    if (held) {
      const full = rooms.filter(({ left }) => left === 0).map(({ resetIn }) => resetIn)
      this.hold(now, named ?? (full.length > 0 ? Math.max(...full) : this.#nextBackoff()), 'limit')
      return
    }
    if (status === 503 && named !== undefined)
      this.hold(now, Math.min(MAX_HOLD_BACKOFF_MS, named), 'unavailable')
    else if (this.#probingSince !== undefined && sentAt >= this.#probingSince) this.#probingSince = undefined
    this.#backoff = MIN_HOLD_MS
  }

  /** Milliseconds to wait for policies without a known window: their quota counts, in any window. */
  #quotaWait(now: number): number {
    const waits = this.#quotas.map(({ policy, calls, window }) => {
      const oldest = this.#windows.has(policy) ? undefined : this.#sent.at(-calls)
      return oldest === undefined ? 0 : oldest + window - now
    })
    return Math.max(0, ...waits)
  }

  #note({ policy, left, resetIn }: Room, now: number): void {
    const known = this.#windows.get(policy)
    const resetAt = now + resetIn
    // Answers overtake each other. Within a window the lowest count is the latest, and the earliest end the most exact.
    this.#windows.set(
      policy,
      known === undefined || now >= known.resetAt
        ? { left, resetAt }
        : { left: Math.min(known.left, left), resetAt: soonest(known.resetAt, resetAt, left) },
    )
  }

  /** For a 429 without a `Retry-After`, in milliseconds. */
  #nextBackoff(): number {
    const backoff = this.#backoff
    this.#backoff = Math.min(MAX_HOLD_BACKOFF_MS, backoff * 2)
    return backoff
  }
}

/** The end of a window by two answers. If the later one leaves no room for longer, it belongs to a newer window. */
function soonest(known: number, resetAt: number, left: number): number {
  return left === 0 && resetAt > known + ROUNDING_MS ? resetAt : Math.min(known, resetAt)
}

/** Why a run stops whose waits were too long in all. */
export function waitedTooLong(max: number, reason: HoldReason): StopReason {
  return {
    what: `${HOLD_REASONS[reason]}, and this run has waited for it long enough (${duration(max)} in all)`,
    remedy: RUN_LATER,
  }
}

/**
 * Why a run stops if Cloudflare does not answer, or asks it to wait too long.
 *
 * @param length - how long it asks to wait
 * @param max - the longest time without a response other than 429
 */
export function givenUp(length: number, reason: HoldReason, max: number): StopReason {
  return length > 0
    ? {
        what: `${HOLD_REASONS[reason]} for another ${duration(length)}, and a run waits at most ${duration(max)} without an answer other than 429`,
        remedy: RUN_LATER,
      }
    : {
        what: `No answer arrived for ${duration(max)}`,
        remedy: 'Check the network path from the runner to Cloudflare, and run the step again.',
      }
}

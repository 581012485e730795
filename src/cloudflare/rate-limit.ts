import { parseList } from 'structured-headers'
import * as v from 'valibot'
import { parseHttpDate } from '../text/measures.ts'
import type { Exchange } from './http-exchange.ts'

/** How many calls Cloudflare said are left under one policy. */
export interface Room {
  readonly policy: string
  /** Calls left in the window. */
  readonly left: number
  /** Milliseconds to the next window, rounded up to whole seconds by the server. */
  readonly resetIn: number
}

/** How many calls a policy allows in any window of its length. */
export interface Quota {
  readonly policy: string
  readonly calls: number
  /** Milliseconds. */
  readonly window: number
}

/** What an attempt says about the pace of the run. */
export interface Attempt {
  readonly exchange: Exchange
  /** Whether Cloudflare asks to wait. */
  readonly isRateLimited: boolean
}

/** Cloudflare's limit where no header says otherwise (Cloudflare, "Rate limits"): 1,200 calls in 5 minutes. */
export const OWN_QUOTA: Quota = { policy: '', calls: 1_200, window: 5 * 60_000 }

/** No hold is shorter: a `Retry-After` of 0 must not become a busy loop. */
const MIN_HOLD_MS = 1_000

/** Without a `Retry-After`, holds double up to this length; no 503 holds longer. */
const MAX_BACKOFF_MS = 60_000

/** By how much two answers can differ on the end of one window: whole seconds, and the time they traveled. */
const ROUNDING_MS = 2_000

/** Why calls wait, as the beginning of a sentence. */
const REASONS = {
  limit: "Cloudflare's rate limit leaves no room",
  unavailable: 'Cloudflare is unavailable and asks to wait',
}

/** The window of the tightest policy: the calls left in it at first and at last, and those that this run sent since. */
interface Window {
  readonly leftAtFirst: number
  left: number
  sent: number
  resetAt: number
}

/** Cloudflare's rate limit, as its answers show it. It has no clock: all times are those of `monotonicMs()`. */
export class RateLimit {
  #window: Window | undefined
  /** Policies whose room is not known: their quota counts, in any window of their length. */
  #quotas: readonly Quota[] = [OWN_QUOTA]
  readonly #sentAt: number[] = []
  /** Since when calls go one by one, until one that was sent later is answered; undefined if they do not. */
  #probingSince: number | undefined = 0
  #heldUntil = 0
  #reason = REASONS.limit
  #backoff = MIN_HOLD_MS

  /** Whether calls go one by one: the first of a run, of a window and after a hold, to learn how much room there is. */
  get isProbing(): boolean {
    return this.#probingSince !== undefined
  }

  /** Why calls wait, as the beginning of a sentence. */
  get reason(): string {
    return this.#reason
  }

  /** When the next call may go; undefined if the answers to those in flight have to tell. */
  opensAt(now: number, inFlight: number): number | undefined {
    this.#forgetPast(now)
    let until = 0
    if (this.#window !== undefined && this.#roomIn(this.#window, inFlight) <= 0) {
      if (inFlight > 0) return undefined
      until = this.#window.resetAt
    }
    for (const { calls, window } of this.#quotas)
      until = Math.max(until, (this.#sentAt.at(-calls) ?? -window) + window)
    if (until > Math.max(now, this.#heldUntil)) this.#reason = REASONS.limit
    return Math.max(until, this.#heldUntil)
  }

  /** Notes that a call is sent. */
  send(now: number): void {
    this.#sentAt.push(now)
    if (this.#window !== undefined) this.#window.sent += 1
  }

  /** Notes what an attempt shows of the limit. */
  learn({ exchange, isRateLimited }: Attempt, sentAt: number, now: number): void {
    const headers = exchange.kind === 'answer' ? exchange.headers : undefined
    const rooms = readRoom(headers?.['ratelimit'])
    const quotas = readQuotas(headers?.['ratelimit-policy'])
    const [tightest] = rooms.toSorted((one, other) => one.left - other.left || other.resetIn - one.resetIn)
    if (tightest !== undefined) this.#note(tightest, now)
    if (rooms.length + quotas.length > 0) {
      this.#quotas = quotas.filter(({ policy }) => rooms.every((room) => room.policy !== policy))
    } else if (this.#quotas.length === 0 && this.#window === undefined) this.#quotas = [OWN_QUOTA]
    if (exchange.kind === 'no_answer') return
    const named = readRetryAfter(headers?.['retry-after'])
    if (isRateLimited) {
      const toNext = tightest?.left === 0 ? tightest.resetIn : undefined
      this.hold(now, named ?? toNext ?? this.#backoff, REASONS.limit)
      this.#backoff = Math.min(MAX_BACKOFF_MS, this.#backoff * 2)
      return
    }
    this.#backoff = MIN_HOLD_MS
    if (exchange.status === 503 && named !== undefined)
      this.hold(now, Math.min(MAX_BACKOFF_MS, named), REASONS.unavailable)
    else if (this.#probingSince !== undefined && sentAt >= this.#probingSince) this.#probingSince = undefined
  }

  /**
   * Holds all calls for at least so many milliseconds; the first one after that goes alone.
   *
   * @returns when the hold ends
   */
  hold(now: number, length: number, reason = this.#reason): number {
    this.#reason = reason
    this.#probingSince = now
    this.#heldUntil = Math.max(this.#heldUntil, now + Math.max(MIN_HOLD_MS, length))
    return this.#heldUntil
  }

  /** How many calls may be sent. What others are likely to use meanwhile is left to them, up to a quarter. */
  #roomIn({ left, leftAtFirst, sent }: Window, inFlight: number): number {
    // As if no answer had counted the calls in flight yet.
    const usedByOthers = Math.max(0, leftAtFirst - left - (sent - inFlight))
    const expected = (2 * usedByOthers * (inFlight + 1)) / Math.max(1, sent)
    // By Cloudflare's count, and by this run's own, which includes calls whose answers were lost.
    return Math.min(left - inFlight, leftAtFirst - sent) - Math.min(expected, leftAtFirst / 4)
  }

  /** Forgets a window that is over. A first call shows how much of the new one others have used. */
  #forgetPast(now: number): void {
    if (this.#window !== undefined && now >= this.#window.resetAt) {
      this.#window = undefined
      this.#probingSince = now
    }
    const longest = Math.max(OWN_QUOTA.window, ...this.#quotas.map(({ window }) => window))
    while ((this.#sentAt[0] ?? now) <= now - longest) this.#sentAt.shift()
  }

  #note({ left, resetIn }: Room, now: number): void {
    const resetAt = now + resetIn
    const known = this.#window
    if (known === undefined || now >= known.resetAt) {
      this.#window = { left, resetAt, leftAtFirst: left, sent: 0 }
      return
    }
    // Answers overtake each other: the lowest count is the latest, and the earliest end the most exact, unless there is
    // no room for longer, as in a window that began since.
    const isLater = left === 0 && resetAt > known.resetAt + ROUNDING_MS
    known.left = Math.min(known.left, left)
    known.resetAt = isLater ? resetAt : Math.min(known.resetAt, resetAt)
  }
}

const count = v.pipe(v.number(), v.finite(), v.minValue(0))

/**
 * Reads `Ratelimit: "default";r=50;t=30` (IETF draft form, structured fields; Cloudflare, "Rate limits").
 *
 * @returns one entry for each policy; none if the header is missing or cannot be read
 */
export function readRoom(header: unknown): Room[] {
  return members(header, { r: count, t: count }).map(([policy, { r, t }]) => ({
    policy,
    left: Math.floor(r),
    resetIn: t * 1_000,
  }))
}

/** Reads `Ratelimit-Policy: "burst";q=100;w=60`, as {@link readRoom} does. A quota of 0 is ignored. */
export function readQuotas(header: unknown): Quota[] {
  const positive = v.pipe(count, v.minValue(1))
  return members(header, { q: positive, w: positive }).map(([policy, { q, w }]) => ({
    policy,
    calls: Math.floor(q),
    window: w * 1_000,
  }))
}

/**
 * Reads `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
 *
 * @returns milliseconds from now, negative for a date in the past; undefined if the header is missing or neither
 */
export function readRetryAfter(header: unknown): number | undefined {
  const text = typeof header === 'string' ? header.trim() : ''
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const date = parseHttpDate(text)
  return date === undefined ? undefined : date - Date.now()
}

function members<const Entries extends v.ObjectEntries>(
  header: unknown,
  entries: Entries,
): [string, v.InferOutput<v.ObjectSchema<Entries, undefined>>][] {
  return list(header).flatMap(([value, given]) => {
    const parsed = v.safeParse(v.object(entries), Object.fromEntries(given))
    return parsed.success ? [[`${value}`, parsed.output]] : []
  })
}

function list(header: unknown): ReturnType<typeof parseList> {
  try {
    return typeof header === 'string' ? parseList(header) : []
  } catch {
    return []
  }
}

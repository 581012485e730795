import { parseList } from 'structured-headers'
import * as v from 'valibot'
import { parseHttpDate } from '../text/measures.ts'
import type { Exchange } from './http-exchange.ts'

export interface Attempt {
  readonly exchange: Exchange
  /** Whether Cloudflare asks to wait. */
  readonly isRateLimited: boolean
}

/** Cloudflare's limit where no header says otherwise (Cloudflare, "Rate limits"): calls, in so many seconds. */
export const OWN_QUOTA = { q: 1_200, w: 5 * 60 }

/** No hold is shorter: a `Retry-After` of 0 must not become a busy loop. */
const MIN_HOLD_MS = 1_000

/** Where a 429 names no moment, holds double up to this length. */
const MAX_BACKOFF_MS = 60_000

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
  #quotas: readonly v.InferOutput<typeof Quota>[] = [OWN_QUOTA]
  readonly #sentAt: number[] = []
  /** Since when calls go one by one, until one that was sent later is answered; undefined if they do not. */
  #probingSince: number | undefined = 0
  #heldUntil = 0
  #backoff = MIN_HOLD_MS

  /** Whether calls go one by one: the first of a run, of a window and after a hold, to learn how much room there is. */
  get isProbing(): boolean {
    return this.#probingSince !== undefined
  }

  /** When the next call may go; undefined if the answers to those in flight have to tell. */
  opensAt(now: number, inFlight: number): number | undefined {
    if (this.#window !== undefined && now >= this.#window.resetAt) {
      this.#window = undefined
      // A first call shows how much of the new window others have used.
      this.#probingSince = now
    }
    let until = this.#heldUntil
    if (this.#window !== undefined && this.#roomIn(this.#window, inFlight) <= 0) {
      if (inFlight > 0) return undefined
      until = Math.max(until, this.#window.resetAt)
    }
    for (const { q, w } of this.#quotas) {
      const oldest = this.#sentAt.at(-Math.floor(q))
      if (oldest !== undefined) until = Math.max(until, oldest + w * 1_000)
    }
    return until
  }

  send(now: number): void {
    this.#sentAt.push(now)
    const longest = Math.max(OWN_QUOTA.w, ...this.#quotas.map(({ w }) => w)) * 1_000
    while ((this.#sentAt[0] ?? now) <= now - longest) this.#sentAt.shift()
    if (this.#window !== undefined) this.#window.sent += 1
  }

  learn({ exchange, isRateLimited }: Attempt, sentAt: number, now: number): void {
    const headers = exchange.kind === 'answer' ? exchange.headers : {}
    const rooms = members(headers['ratelimit'], Room)
    const quotas = members(headers['ratelimit-policy'], Quota)
    const [tightest] = rooms.toSorted((one, other) => one.r - other.r || other.t - one.t)
    if (tightest !== undefined) this.#note(tightest, now)
    if (rooms.length + quotas.length > 0) {
      this.#quotas = quotas.filter(({ policy }) => rooms.every((room) => room.policy !== policy))
    } else if (this.#quotas.length === 0 && this.#window === undefined) this.#quotas = [OWN_QUOTA]
    if (isRateLimited) {
      const toNext = tightest?.r === 0 ? tightest.t * 1_000 : undefined
      this.hold(now, retryAfter(headers['retry-after']) ?? toNext ?? this.#backoff)
      this.#backoff = Math.min(MAX_BACKOFF_MS, this.#backoff * 2)
    } else if (exchange.kind === 'answer') {
      this.#backoff = MIN_HOLD_MS
      if (sentAt >= (this.#probingSince ?? 0)) this.#probingSince = undefined
    }
  }

  /** Holds all calls for at least so many milliseconds, and returns until when; the first one after that goes alone. */
  hold(now: number, length: number): number {
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

  #note({ r: left, t }: v.InferOutput<typeof Room>, now: number): void {
    const resetAt = now + t * 1_000
    if (this.#window === undefined || now >= this.#window.resetAt) {
      this.#window = { left, resetAt, leftAtFirst: left, sent: 0 }
      return
    }
    // Answers overtake each other: the lowest count is the latest. Where no room is left, it may be a later window's.
    this.#window.left = Math.min(this.#window.left, left)
    this.#window.resetAt = (left === 0 ? Math.max : Math.min)(this.#window.resetAt, resetAt)
  }
}

const Count = v.pipe(v.number(), v.finite(), v.minValue(0))
const Positive = v.pipe(v.number(), v.finite(), v.minValue(1))

/** `Ratelimit: "default";r=50;t=30`: calls left, and seconds to the next window (Cloudflare, "Rate limits"). */
const Room = v.object({ policy: v.string(), r: Count, t: Count })

/** `Ratelimit-Policy: "burst";q=100;w=60`: calls, in so many seconds. A quota of 0 is ignored. */
const Quota = v.object({ policy: v.optional(v.string()), q: Positive, w: Positive })

/** The members of a header that can be read; none if it is missing or malformed as a whole. */
function members<T>(header: unknown, schema: v.GenericSchema<unknown, T>): T[] {
  try {
    return parseList(v.parse(v.string(), header)).flatMap(([policy, parameters]) => {
      const parsed = v.safeParse(schema, { policy: `${policy}`, ...Object.fromEntries(parameters) })
      return parsed.success ? [parsed.output] : []
    })
  } catch {
    return []
  }
}

/** Milliseconds, from seconds or a date (RFC 9110, 10.2.3); undefined if the header is missing or neither. */
function retryAfter(header = ''): number | undefined {
  const text = header.trim()
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const date = parseHttpDate(text)
  return date === undefined ? undefined : date - Date.now()
}

export interface RateLimit {
  /** Calls in a window. */
  quota: number
  /** Milliseconds of the clock; also how long the penalty lasts. */
  windowMs: number
}

/** Whether a call is within the limit. */
export interface RateLimitVerdict {
  allowed: boolean
  /** The headers of the answer about the limit, with `Retry-After` if the call is refused. */
  headers: Record<string, string>
}

interface Window {
  endsAt: number
  used: number
  penalty: boolean
}

/** Counts calls per credential in fixed windows; the first call beyond the quota starts a penalty of a full window. */
export class RateLimiter {
  readonly #limit: RateLimit
  readonly #windows = new Map<string, Window>()
  #hits = 0

  constructor(limit: RateLimit) {
    this.#limit = limit
  }

  /** How many calls were refused. */
  get hits(): number {
    return this.#hits
  }

  /** Counts one call at `at` (clock, milliseconds) with the credential `secret`. */
  call(secret: string, at: number): RateLimitVerdict {
    const { used, endsAt, penalty } = this.spend(secret, 1, at)
    const { quota, windowMs } = this.#limit
    const seconds = Math.ceil((endsAt - at) / 1000)
    const headers = {
      ratelimit: `"default";r=${penalty ? 0 : quota - used};t=${seconds}`,
      'ratelimit-policy': `"default";q=${quota};w=${Math.ceil(windowMs / 1000)}`,
    }
    if (!penalty) return { allowed: true, headers }
    this.#hits++
    return { allowed: false, headers: { ...headers, 'retry-after': `${seconds}` } }
  }

  /** Uses up `calls` calls at `at` (clock, milliseconds), as another client with the same credential would. */
  spend(secret: string, calls: number, at: number): Readonly<Window> {
    const window = this.#windowOf(secret, at)
    if (window.penalty) return window
    window.used += calls
    if (window.used > this.#limit.quota) {
      window.penalty = true
      window.endsAt = at + this.#limit.windowMs
    }
    return window
  }

  #windowOf(secret: string, at: number): Window {
    const current = this.#windows.get(secret)
    if (current !== undefined && at < current.endsAt) return current
    const next = { endsAt: at + this.#limit.windowMs, used: 0, penalty: false }
    this.#windows.set(secret, next)
    return next
  }
}

export interface RateLimit {
  /** Calls in a window. */
  readonly quota: number
  /** Milliseconds of the clock; also how long the penalty lasts. */
  readonly windowMs: number
}

/** Whether a call is within the limit. */
export interface RateLimitVerdict {
  readonly allowed: boolean
  /** The headers of the answer about the limit, with `Retry-After` if the call is refused. */
  readonly headers: Record<string, string>
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
  /** How many calls were refused. */
  hits = 0

  constructor(limit: RateLimit) {
    this.#limit = limit
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
    this.hits++
    return { allowed: false, headers: { ...headers, 'retry-after': `${seconds}` } }
  }

  /** Uses up `calls` calls at `at` (clock, milliseconds), as another client with the same credential would. */
  spend(secret: string, calls: number, at: number): Readonly<Window> {
    const { quota, windowMs } = this.#limit
    const current = this.#windows.get(secret)
    const window =
      current !== undefined && at < current.endsAt
        ? current
        : { endsAt: at + windowMs, used: 0, penalty: false }
    this.#windows.set(secret, window)
    if (window.penalty) return window
    window.used += calls
    if (window.used > quota) {
      window.penalty = true
      window.endsAt = at + windowMs
    }
    return window
  }
}

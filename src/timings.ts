/** How long a run waits, in milliseconds. Time in which the rate limit holds the run does not count, but for the first. */

/** The run stops after this time without a response other than 429. */
export const MAX_TIME_WITHOUT_RESPONSE_MS = 15 * 60_000

/** No hold is shorter: a `Retry-After` of 0 must not become a busy loop. */
export const MIN_HOLD_MS = 1_000

/** Without a `Retry-After`, holds double up to this length; no 503 holds longer. */
export const MAX_HOLD_BACKOFF_MS = 60_000

/** The minimum delay before the second attempt of a call. Each further delay is twice as long, plus up to as much again. */
export const FIRST_BACKOFF_MS = 500
export const MAX_BACKOFF_MS = 30_000

/**
 * When a refusal that contradicts the run is rechecked: few times, because Cloudflare locks out a credential that is
 * refused too often.
 */
export const RECHECKS_AFTER_MS = [2_000, 10_000]

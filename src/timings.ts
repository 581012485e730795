/** How long a run waits, in milliseconds. Time in which the rate limit holds the run does not count. */

/** How long a revocation may take to show in the sessions. Cloudflare says 20 to 30 seconds. */
export const SESSIONS_TIMEOUT_MS = 90_000

/** How long a revocation may take to show in the device registrations. */
export const DEVICES_TIMEOUT_MS = 90_000

/** How long a revocation waits for the look-up of its user. */
export const LOOKUP_TIMEOUT_MS = 10_000

/** From the revocation to the first read of the sessions; on a long list most of them are gone by then. */
export const FIRST_READ_MS = 1_000
export const FIRST_READ_OF_LONG_LIST_MS = 20_000

/** The pause after the first read. Each further pause is half as long again, up to the maximum. */
export const SECOND_PAUSE_MS = 1_500
export const MAX_PAUSE_MS = 15_000

/** How long reads of several users' devices are gathered into one call: enough for a dozen where calls go one by one. */
export const GATHER_READS_MS = 5_000

/** How old a user's record may be before its seat and its count of devices may have changed. */
export const MAX_RECORD_AGE_MS = 60_000

/** By how much Cloudflare's clocks may differ, and a session or a registration may seem to come from the future. */
export const CLOCK_TOLERANCE_MS = 60_000

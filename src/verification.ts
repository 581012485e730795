/**
 * What was seen of a user's sessions and devices. Counts are undefined where they were not read. All this rests on
 * Cloudflare's documented behaviour of the sessions endpoint ("active_sessions").
 */
export interface Verification {
  /** `not_done`: nothing could be proved, one way or the other. */
  readonly state: 'passed' | 'failed' | 'not_done'
  readonly sessionsBefore?: number
  readonly sessionsAfter?: number
  readonly devicesBefore?: number
  readonly devicesAfter?: number
  /** Milliseconds since the epoch. */
  readonly verifiedAt?: number
  /** What the reader should know though it is no failure, in full sentences. */
  readonly warnings: readonly string[]
}

import type { ServerTime } from '../cloudflare/answer.ts'
import type { Problem } from '../cloudflare/problem.ts'
import type { Seat } from '../cloudflare/records.ts'
import type { StopReason } from '../runner/run-stop.ts'
import type { User } from '../users/user.ts'

/** What became of one user. */
export type Outcome = DueOutcome | Untouched

/** What became of a user who was due. */
export type DueOutcome = Revoked | Failed | Unknown | Skipped | WouldRevoke

/** What is known of the revocation itself: Cloudflare said true; sent, but no true answer; or never sent. */
export type Revocation = 'confirmed' | 'unconfirmed' | 'not_sent'

/** How the call went. Times are milliseconds since the epoch. */
export interface Sending {
  /** Answers of 429 are no attempts. */
  readonly attempts: number
  readonly startedAt: number
  readonly finishedAt: number
}

/** What is known of the answer that confirmed a revocation: HTTP 2xx, `success: true`, `result: true`. */
export interface Confirmed extends Sending {
  readonly revocation: 'confirmed'
  readonly user: User
  readonly httpStatus: number
  readonly rayId?: string
  readonly answer: ServerTime
}

/** Cloudflare confirmed the revocation, and with `verify` it is proven. */
export interface Revoked extends Confirmed {
  readonly status: 'revoked'
  /** With `verify` or `remove-seat`. */
  readonly verification?: Verification
  /** With `remove-seat`. */
  readonly seat?: SeatRemoval
}

/** With `verify`: Cloudflare confirmed a revocation, but the organization knows no such user. */
export interface Unknown extends Confirmed {
  readonly status: 'unknown'
  readonly verification: Verification
  /** With `remove-seat`. */
  readonly seat?: SeatRemoval
}

/** The user may not be revoked, or is revoked but not verified. */
export interface Failed extends Sending {
  readonly status: 'failed'
  readonly revocation: Revocation
  readonly user: User
  readonly problem: Problem
  /** With `verify` or `remove-seat`. */
  readonly verification?: Verification
  /** With `remove-seat`. */
  readonly seat?: SeatRemoval
}

/** The run was stopped before Cloudflare took the call. */
export interface Skipped {
  readonly status: 'skipped'
  /** `unconfirmed` if a call was sent and answered with 429. */
  readonly revocation: 'unconfirmed' | 'not_sent'
  readonly user: User
  readonly reason: StopReason
}

/** What a dry run says of a user. */
export interface WouldRevoke {
  readonly status: 'would_revoke'
  readonly revocation: 'not_sent'
  readonly user: User
  /** With `verify`: what a revocation would cut. */
  readonly verification?: Verification
  /** With `verify`: why the run could not be verified, or would fail. */
  readonly problem?: Problem
  /** With `remove-seat`: `none`, or `not_done` if there is one to free. */
  readonly seat?: SeatRemoval
}

/** The time has not come, or is long past. */
export interface Untouched {
  readonly status: 'not_due' | 'past'
  readonly revocation: 'not_sent'
  readonly user: User
  /** With `verify`: what the reader should know, in full sentences. */
  readonly warnings?: readonly string[]
}

/**
 * What was seen of a user's sessions and devices. Counts are undefined where they were not read. All this rests on
 * Cloudflare's documented behaviour of these endpoints.
 */
export interface Verification {
  /** `not_done`: nothing could be proved, one way or the other. Undefined without `verify`. */
  readonly state?: 'passed' | 'failed' | 'not_done'
  readonly sessionsBefore?: number
  readonly sessionsAfter?: number
  readonly devicesBefore?: number
  readonly devicesAfter?: number
  /**
   * With `devices` and `verify: true`: what became of those that were active before, and those that are active now.
   * Undefined if they were not read after the revocation.
   */
  readonly devices?: readonly Device[]
  /** Milliseconds since the epoch. */
  readonly verifiedAt?: number
  /** What the reader should know though it is no failure, in full sentences. */
  readonly warnings: readonly string[]
}

/** A device registration, and what became of it. */
export interface Device {
  readonly id: string
  /** As Cloudflare has it; undefined if the device has no name. */
  readonly name: string | undefined
  readonly type: string | undefined
  readonly state: 'active' | 'revoked' | 'deleted'
  /** Milliseconds since the epoch. */
  readonly revokedAt?: number | undefined
}

/** What became of the Zero Trust seats of a user; several records can have one each. */
export interface SeatRemoval {
  /** `none`: there was nothing to free. `not_done`: it was not touched. */
  readonly state: 'removed' | 'none' | 'failed' | 'not_done'
  /** The seats as Cloudflare showed them after the change. */
  readonly flagsAfter: readonly Seat[]
}

/** How many users came to each end. */
export type Totals = Readonly<Record<Outcome['status'], number>>

/** Counts the users by their status. */
export function totalsOf(outcomes: readonly Outcome[]): Totals {
  const totals = { revoked: 0, failed: 0, unknown: 0, skipped: 0, not_due: 0, past: 0, would_revoke: 0 }
  for (const { status } of outcomes) totals[status] += 1
  return totals
}

/** Whether the user was due and is not revoked. */
export function isMissed(outcome: Outcome): outcome is Failed | Skipped {
  return outcome.status === 'failed' || outcome.status === 'skipped'
}

/** Whether the user keeps the step from being green. */
export function isFlawed(outcome: Outcome): boolean {
  return isMissed(outcome) || (outcome.status === 'would_revoke' && outcome.problem !== undefined)
}

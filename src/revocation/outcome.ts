import type { ServerTime } from '../cloudflare/answer.ts'
import type { ApiProblem } from '../cloudflare/problem.ts'
import type { ControlResult } from '../controls/control.ts'
import type { StopReason } from '../runner/run-stop.ts'
import type { User } from '../users/user.ts'

/** The outcome for one user. */
export type Outcome = DueOutcome | NotProcessed

/** The outcome for a user who was due. */
export type DueOutcome = Revoked | Failed | Unknown | Skipped | WouldRevoke

/** `confirmed`: Cloudflare returned true. `unconfirmed`: it was sent, and not confirmed. `not_sent`: it was never sent. */
export type Revocation = 'confirmed' | 'unconfirmed' | 'not_sent'

/** Whether the proofs of a user succeeded. `not_done`: nothing could be proven either way. */
export type Verification = 'passed' | 'failed' | 'not_done'

/** How the revocation was sent. Times are milliseconds since the epoch. */
export interface Sending {
  /** Answers of 429 are no attempts. */
  readonly attempts: number
  readonly startedAt: number
  readonly finishedAt: number
}

/** The answer that confirmed a revocation: HTTP 2xx, `success: true`, `result: true`. */
export interface Confirmed extends Sending {
  readonly revocation: 'confirmed'
  readonly user: User
  readonly httpStatus: number
  readonly rayId?: string
  readonly time: ServerTime
}

/** What was found out about a user besides the revocation. */
export interface Findings {
  /** The IDs of the user's records; undefined if the user was not looked up, or not found. */
  readonly accountUserIds?: readonly string[]
  readonly controls: readonly ControlResult[]
  /** With `verify`. */
  readonly verification?: Verification
  /** What the reader should know though it is no failure, in full sentences. */
  readonly warnings: readonly string[]
}

/** Cloudflare confirmed the revocation, and with `verify` it is proven. */
export interface Revoked extends Confirmed, Findings {
  readonly status: 'revoked'
}

/** With `verify`: Cloudflare confirmed a revocation, but the organization knows no such user. */
export interface Unknown extends Confirmed, Findings {
  readonly status: 'unknown'
}

/** The user is not revoked, or is revoked but not verified. */
export interface Failed extends Sending, Findings {
  readonly status: 'failed'
  readonly revocation: Revocation
  readonly user: User
  readonly problem: ApiProblem
  /** Of the answer to the revocation. */
  readonly httpStatus?: number
  readonly rayId?: string
}

/** The run was stopped before Cloudflare took the call. */
export interface Skipped {
  readonly status: 'skipped'
  /** `unconfirmed` if a call was sent and answered with 429. */
  readonly revocation: 'unconfirmed' | 'not_sent'
  readonly user: User
  readonly reason: StopReason
}

/** The result of a dry run for a user. */
export interface WouldRevoke extends Findings {
  readonly status: 'would_revoke'
  readonly revocation: 'not_sent'
  readonly user: User
  /** With `verify`: why the run could not be verified, or would fail. */
  readonly problem?: ApiProblem
}

/** The user is not due yet, or was due too long ago. */
export interface NotProcessed {
  readonly status: 'not_due' | 'past'
  readonly revocation: 'not_sent'
  readonly user: User
  /** With `verify`: what the reader should know, in full sentences. */
  readonly warnings?: readonly string[]
}

/** How many users ended with each status. */
export type Totals = Readonly<Record<Outcome['status'], number>>

/**
 * Counts the users by their status.
 *
 * @param unaddressed - how many people stay and have no address that could be a user's
 */
export function totalsOf(outcomes: readonly Outcome[], unaddressed = 0): Totals {
  const totals = {
    revoked: 0,
    failed: 0,
    unknown: 0,
    skipped: 0,
    not_due: unaddressed,
    past: 0,
    would_revoke: 0,
  }
  for (const { status } of outcomes) totals[status] += 1
  return totals
}

/** What the reader should know of a user though it is no failure, in full sentences. */
export function warningsOf(outcome: Outcome): readonly string[] {
  return ('warnings' in outcome ? outcome.warnings : undefined) ?? []
}

/** Whether the user keeps the step from being green. */
export function blocksGreen(outcome: Outcome): boolean {
  if (outcome.status === 'would_revoke') return outcome.problem !== undefined
  return outcome.status === 'failed' || outcome.status === 'skipped'
}

import type { ApiProblem } from '../cloudflare/problem.ts'
import type { StopReason } from '../runner/run-stop.ts'
import type { User } from '../users/user.ts'
import type { Confirmation, UserChecks } from '../verify/controls.ts'

export type Outcome = DueOutcome | NotProcessed

export type DueOutcome = Revoked | Failed | Skipped | WouldRevoke

/** How the revocation was sent. Times are milliseconds since the epoch. */
interface Sending {
  readonly user: User
  /** Answers of 429 are no attempts. */
  readonly attempts: number
  readonly startedAt: number
  readonly finishedAt: number
}

/** The answer that confirmed a revocation: HTTP 2xx, `success: true`, `result: true`. */
export interface Confirmed extends Sending, Pick<Confirmation, 'time' | 'rayId'> {
  readonly revocation: 'confirmed'
  readonly httpStatus: number
}

/**
 * `revoked`: Cloudflare confirmed the revocation, and unless `verify: false` it is verified. `unknown`: the organization
 * knows no such user (`unknown-user: warn`).
 */
export interface Revoked extends Confirmed {
  readonly status: 'revoked' | 'unknown'
  readonly checks: UserChecks
}

/** The user is not revoked, or is revoked but not verified. */
export interface Failed extends Sending {
  readonly status: 'failed'
  /** `unconfirmed`: it was sent, and Cloudflare did not return true. */
  readonly revocation: 'confirmed' | 'unconfirmed'
  readonly problem: ApiProblem
  /** Of the answer to the revocation. */
  readonly httpStatus?: number | undefined
  readonly rayId?: string | undefined
  readonly checks: UserChecks
}

/** The run was stopped before Cloudflare took the call. */
export interface Skipped {
  readonly status: 'skipped'
  /** `unconfirmed` if a call was sent and answered with 429. */
  readonly revocation: 'unconfirmed' | 'not_sent'
  readonly user: User
  readonly reason: StopReason
  readonly checks: UserChecks
}

export interface WouldRevoke {
  readonly status: 'would_revoke'
  readonly revocation: 'not_sent'
  readonly user: User
  /** Why the user could not be checked, or would fail; only if users are looked up. */
  readonly problem?: ApiProblem | undefined
  readonly checks: UserChecks
}

/** The user is not due yet, or was due too long ago. */
export interface NotProcessed {
  readonly status: 'not_due' | 'past'
  readonly revocation: 'not_sent'
  readonly user: User
  readonly checks?: undefined
}

/** How many users ended with each status. People who stay are no outcomes. */
export function totalsOf(outcomes: readonly Outcome[]): Readonly<Record<Outcome['status'], number>> {
  const totals = { revoked: 0, failed: 0, unknown: 0, skipped: 0, not_due: 0, past: 0, would_revoke: 0 }
  for (const { status } of outcomes) totals[status] += 1
  return totals
}

/** Whether the user keeps the step from being green. */
export function failsStep(outcome: Outcome): boolean {
  return outcome.status === 'skipped' || ('problem' in outcome && outcome.problem !== undefined)
}

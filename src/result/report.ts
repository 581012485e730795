import { describe, type Problem } from '../cloudflare/problem.ts'
import { type ControlResult, lastReadOf, type Seen } from '../controls/control.ts'
import { type Outcome, type Sending, totalsOf } from '../revocation/outcome.ts'
import { isoTime } from '../text/time.ts'
import type { BadRow } from '../users/user.ts'
import type { RunRecord } from './verdict.ts'

/** The report, version 1; names are in snake_case like those of the API. It holds no credential. */
export function reportOf({
  options,
  outcomes,
  badRows,
  unaddressed = 0,
  startedAt,
  finishedAt,
  workflowRun,
}: RunRecord): object {
  const { target, baseUrl, dryRun, devices, warpSessionReauth } = options
  const totals = totalsOf(outcomes, unaddressed)
  return {
    version: 1,
    started_at: isoTime(startedAt),
    finished_at: isoTime(finishedAt),
    dry_run: dryRun !== false,
    target: target ?? null,
    api_base_url: baseUrl.href,
    options: {
      dry_run: dryRun,
      devices,
      warp_session_reauth: warpSessionReauth,
      timezone: options.timezone,
      due_within_days: options.dueWithinDays,
      max_users: options.maxUsers,
      concurrency: options.concurrency,
      max_attempts: options.maxAttempts,
      request_timeout: options.requestTimeout / 1_000,
      if_empty: options.ifEmpty,
      verify: options.verify,
      remove_seat: options.removeSeat,
      unknown_user: options.unknownUser,
      signed_in_again: options.signedInAgain,
      mask_emails: options.maskEmails,
    },
    run: workflowRun,
    totals: {
      requested: outcomes.length + badRows.length + unaddressed,
      ...totals,
      failed: totals.failed + badRows.length,
    },
    users: inOrder(outcomes, badRows),
  }
}

/** Users and rows that could not be used, in the order given. */
function inOrder(outcomes: readonly Outcome[], badRows: readonly BadRow[]): object[] {
  const placed = [
    ...outcomes.map((outcome) => ({ position: outcome.user.position, entry: userOf(outcome) })),
    ...badRows.map((row) => ({ position: row.position, entry: badRowOf(row) })),
  ]
  return placed.sort((one, other) => one.position - other.position).map(({ entry }) => entry)
}

/** A row that could not be used; its address is not checked. */
function badRowOf({ email, source, problems }: BadRow): object {
  const errors = problems.map((message) => ({ message }))
  return { email, source, status: 'failed', revocation: 'not_sent', attempts: 0, errors }
}

function userOf(outcome: Outcome): object {
  const { user, status, revocation } = outcome
  const { email, userUid, revokeAfter, source, reference } = user
  return {
    email,
    source,
    ...(reference !== undefined && { reference }),
    ...(userUid !== undefined && { user_uid: userUid }),
    ...(revokeAfter !== undefined && { revoke_after: revokeAfter.text, due_at: isoTime(revokeAfter.at) }),
    status,
    revocation,
    ...detailsOf(outcome),
  }
}

function detailsOf(outcome: Outcome): object {
  const warnings = 'warnings' in outcome && outcome.warnings.length > 0 ? { warnings: outcome.warnings } : {}
  switch (outcome.status) {
    case 'revoked':
    case 'unknown':
    case 'failed': {
      const { httpStatus, rayId, verification, controls } = outcome
      return {
        ...sendingOf(outcome),
        http_status: httpStatus,
        ray_id: rayId,
        errors: outcome.status === 'failed' ? errorsOf(outcome.problem) : [],
        verification,
        ...factsOf(controls),
        ...warnings,
      }
    }
    case 'skipped':
      return { attempts: 0, errors: [{ message: `${outcome.reason.what}.` }] }
    case 'would_revoke': {
      const { problem, verification, controls } = outcome
      return {
        attempts: 0,
        http_status: problem?.httpStatus,
        ray_id: problem?.rayId,
        errors: problem === undefined ? [] : errorsOf(problem),
        verification,
        ...factsOf(controls),
        ...warnings,
      }
    }
    case 'not_due':
    case 'past':
      return { attempts: 0, errors: [], ...warnings }
  }
}

function sendingOf({ attempts, startedAt, finishedAt }: Sending): object {
  return { attempts, started_at: isoTime(startedAt), finished_at: isoTime(finishedAt) }
}

function errorsOf(problem: Problem): object[] {
  const errors = problem.errors.map(({ code, message }) => ({ code, message }))
  return errors.length > 0 ? errors : [{ message: describe(problem) }]
}

function factsOf(controls: readonly ControlResult[]): object {
  const facts = controls.reduce<Seen['facts']>((all, control) => ({ ...all, ...control.facts }), {})
  const verifiedAt = lastReadOf(controls)
  return { ...facts, ...(verifiedAt !== undefined && { verified_at: isoTime(verifiedAt) }) }
}

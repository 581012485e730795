import { VERSION } from '../cloudflare/client.ts'
import { type ApiProblem, describe } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { type Outcome, totalsOf } from '../revocation/outcome.ts'
import type { Provenance } from '../runner/environment.ts'
import { isoTime } from '../text/measures.ts'
import { isProblem, placedText, type Problem, problemText } from '../text/problem.ts'
import { type DeviceRecord, sameStates } from '../verify/controls.ts'
import type { UnlistedUser } from '../verify/not-listed.ts'
import { problemOf, reasonOf } from './outcome-words.ts'
import type { Report } from './report-schema.ts'
import type { RunRecord } from './verdict.ts'

/*
 * Every field is written by its name, undefined where it does not apply, so that a misspelled one does not compile. JSON
 * leaves out what is undefined.
 */

type ReportedUser = Report['users'][number]

/** The report of a run. It holds no credential. */
export function reportOf(record: RunRecord): Report {
  const { options, outcomes, list, notListed } = record
  const { target, baseUrl, dryRun, given } = options
  const totals = totalsOf(outcomes)
  const badRows = list.badRows.map(({ source, email, problems }) => ({
    source,
    value: email,
    problems: [...problems],
  }))
  return {
    ...provenanceOf(record),
    dry_run: dryRun !== false,
    target: target ?? null,
    api_base_url: baseUrl.href,
    options: Object.fromEntries(Array.from(given, ([name, value]) => [name.replaceAll('-', '_'), value])),
    lists: [...list.lists],
    totals: {
      requested: outcomes.length + list.badRows.length + list.staying,
      ...totals,
      failed: totals.failed + list.badRows.length,
      staying: list.staying,
    },
    bad_rows: badRows.length === 0 ? undefined : badRows,
    not_listed: isProblem(notListed) ? undefined : notListed?.map(unlistedOf),
    users: outcomes.map((outcome) => userOf(outcome, options)),
  }
}

/** The report of a step whose inputs cannot be used. Their values are left out: one may be a secret in the wrong place. */
export function reportOfProblems(problems: readonly Problem[], provenance: Provenance): Report {
  return {
    ...provenanceOf(provenance),
    problems: problems.map((problem) => ({
      message: placedText(problem),
      file: problem.at?.file,
      line: problem.at?.line,
    })),
    users: [],
  }
}

function provenanceOf({ startedAt, finishedAt, workflowRun, action }: Provenance) {
  return {
    version: 1,
    action: { version: VERSION, ...action },
    started_at: isoTime(startedAt),
    finished_at: isoTime(finishedAt),
    run: workflowRun,
  } satisfies Partial<Report>
}

type ReportedUnlisted = NonNullable<Report['not_listed']>[number]

function unlistedOf({ email, id, lastLogin, devices, hasSeat }: UnlistedUser): ReportedUnlisted {
  const at = timeOf(lastLogin.at)
  return { email, account_user_id: id, last_login: at, active_devices: devices, seat: hasSeat }
}

function userOf(outcome: Outcome, options: Options): ReportedUser {
  const { user, status, revocation, checks } = outcome
  const { sessions, devices, seat, warnings = [] } = checks ?? {}
  const sent = 'attempts' in outcome ? outcome : undefined
  const problem = problemOf(outcome)
  const { httpStatus, rayId } = sent ?? problem ?? {}
  return {
    email: user.email,
    source: user.source,
    reference: user.reference,
    user_uid: user.userUid,
    revoke_after: user.revokeAfter?.text,
    due_at: timeOf(user.revokeAfter?.at),
    status,
    reason: reasonOf(outcome, options),
    revocation,
    controls: checks?.controls ?? sameStates(options, 'not_requested'),
    attempts: sent?.attempts ?? 0,
    started_at: timeOf(sent?.startedAt),
    finished_at: timeOf(sent?.finishedAt),
    http_status: httpStatus,
    ray_id: rayId,
    errors: errorsOf(outcome, problem),
    account_user_ids: checks?.accountUserIds && [...checks.accountUserIds],
    verification: checks?.verification,
    sessions_before: sessions?.before,
    sessions_after: sessions?.after,
    devices_before: devices?.before,
    devices_after: devices?.after,
    devices: devices?.registrations?.map(deviceOf),
    seat: seat?.state,
    seat_flags_after: seat && [...seat.seats],
    verified_at: timeOf(checks?.verifiedAt),
    warnings: warnings.length === 0 ? undefined : warnings.map(problemText),
  }
}

type ReportedDevice = NonNullable<ReportedUser['devices']>[number]

function deviceOf({ id, name, registrationType, status, revokedAt }: DeviceRecord): ReportedDevice {
  return { id, name, registration_type: registrationType, status, revoked_at: timeOf(revokedAt) ?? null }
}

function timeOf(time: number | undefined): string | undefined {
  return time === undefined ? undefined : isoTime(time)
}

function errorsOf(outcome: Outcome, problem: ApiProblem | undefined): ReportedUser['errors'] {
  if (outcome.status === 'skipped') return [{ message: `${outcome.reason.what}.` }]
  if (problem === undefined) return []
  const { errors, httpStatus, rayId } = problem
  const call = { http_status: httpStatus, ray_id: rayId } as const
  return errors.length > 0
    ? errors.map(({ code, message }) => ({ code, message, ...call }))
    : [{ message: describe(problem), ...call }]
}

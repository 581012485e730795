import { VERSION } from '../cloudflare/client.ts'
import { type ApiProblem, describe } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { checksOf, type Outcome, totalsOf } from '../revocation/outcome.ts'
import { isoTime } from '../text/measures.ts'
import { isProblem, placedText, type Problem, problemText } from '../text/problem.ts'
import { type DeviceRecord, sameStates } from '../verify/controls.ts'
import type { UnlistedUser } from '../verify/not-listed.ts'
import type { Report } from './report-schema.ts'
import { reasonOf } from './user-text.ts'
import type { Provenance, RunRecord } from './verdict.ts'

/*
 * Every field is written by its name, undefined where it does not apply, so that a misspelled one does not compile. JSON
 * leaves out what is undefined.
 */

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
    lists: list.lists.map(({ name, sha256, users }) => ({ name, sha256, users })),
    totals: {
      requested: outcomes.length + list.badRows.length + list.staying,
      revoked: totals.revoked,
      failed: totals.failed + list.badRows.length,
      unknown: totals.unknown,
      skipped: totals.skipped,
      not_due: totals.not_due,
      past: totals.past,
      staying: list.staying,
      would_revoke: totals.would_revoke,
    },
    bad_rows: badRows.length === 0 ? undefined : badRows,
    not_listed: notListed === undefined || isProblem(notListed) ? undefined : notListed.map(unlistedOf),
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

function provenanceOf({
  startedAt,
  finishedAt,
  workflowRun,
  action: { repository, ref },
}: Provenance): Pick<Report, 'version' | 'action' | 'started_at' | 'finished_at' | 'run'> {
  return {
    version: 1,
    action: { version: VERSION, repository, ref },
    started_at: isoTime(startedAt),
    finished_at: isoTime(finishedAt),
    run: workflowRun,
  }
}

function unlistedOf({
  email,
  id,
  lastLogin,
  devices,
  hasSeat,
}: UnlistedUser): NonNullable<Report['not_listed']>[number] {
  return {
    email,
    account_user_id: id,
    last_login: timeOf(lastLogin.at),
    active_devices: devices,
    seat: hasSeat,
  }
}

type ReportedUser = Report['users'][number]

function userOf(outcome: Outcome, options: Options): ReportedUser {
  const { user, status, revocation } = outcome
  const checks = checksOf(outcome)
  const sent = 'attempts' in outcome ? outcome : undefined
  const problem = 'problem' in outcome ? outcome.problem : undefined
  const { httpStatus, rayId } = sent ?? problem ?? {}
  const warnings = checks?.warnings ?? []
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
    sessions_before: checks?.sessions?.before,
    sessions_after: checks?.sessions?.after,
    devices_before: checks?.devices?.before,
    devices_after: checks?.devices?.after,
    devices: checks?.devices?.registrations?.map(deviceOf),
    seat: checks?.seat?.state,
    seat_flags_after: checks?.seat?.seats.map(({ seat_uid, access_seat, gateway_seat }) => ({
      seat_uid,
      access_seat,
      gateway_seat,
    })),
    verified_at: timeOf(checks?.verifiedAt),
    warnings: warnings.length === 0 ? undefined : warnings.map(problemText),
  }
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

function deviceOf({
  id,
  name,
  registrationType,
  status,
  revokedAt,
}: DeviceRecord): NonNullable<ReportedUser['devices']>[number] {
  return { id, name, registration_type: registrationType, status, revoked_at: timeOf(revokedAt) ?? null }
}

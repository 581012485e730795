import { VERSION } from '../cloudflare/client.ts'
import { describe, type ApiProblem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { type Outcome, type Sending, totalsOf } from '../revocation/outcome.ts'
import type { InputProblem } from '../runner/input-reader.ts'
import { isoTime } from '../text/measures.ts'
import type { Report } from './report-schema.ts'
import { reasonOf } from './display.ts'
import { factsOf, toldControls, warningsOf } from './control-texts.ts'
import type { Provenance, RunRecord } from './verdict.ts'

/** The report of a run. It holds no credential. */
export function reportOf(record: RunRecord): Report {
  const { options, outcomes, badRows, lists, unaddressed = 0 } = record
  const { target, baseUrl, dryRun, given } = options
  const counted = totalsOf(outcomes)
  const totals = { ...counted, not_due: counted.not_due + unaddressed }
  return {
    ...provenanceOf(record),
    dry_run: dryRun !== false,
    target: target ?? null,
    api_base_url: baseUrl.href,
    options: Object.fromEntries([...given].map(([name, value]) => [name.replaceAll('-', '_'), value])),
    lists: [...lists],
    totals: {
      requested: outcomes.length + badRows.length + unaddressed,
      ...totals,
      failed: totals.failed + badRows.length,
    },
    ...(badRows.length > 0 && {
      bad_rows: badRows.map(({ source, email, problems }) => ({
        source,
        value: email,
        problems: [...problems],
      })),
    }),
    users: outcomes.map((outcome) => userOf(outcome, options)),
  }
}

/** The report of a step whose inputs cannot be used. Their values are left out: one may be a secret in the wrong place. */
export function reportOfProblems(problems: readonly InputProblem[], provenance: Provenance): Report {
  return {
    ...provenanceOf(provenance),
    problems: problems.map(({ text, ...at }) => ({ message: text, ...at })),
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

type ReportedUser = Report['users'][number]

function userOf(outcome: Outcome, options: Options): ReportedUser {
  const { user, status, revocation } = outcome
  const { email, userUid, revokeAfter, source, reference } = user
  return {
    email,
    source,
    ...(reference !== undefined && { reference }),
    ...(userUid !== undefined && { user_uid: userUid }),
    ...(revokeAfter !== undefined && { revoke_after: revokeAfter.text, due_at: isoTime(revokeAfter.at) }),
    status,
    reason: reasonOf(outcome, options),
    revocation,
    controls: Object.fromEntries(toldControls(outcome, options).map(({ name, state }) => [name, state])),
    ...detailsOf(outcome),
  }
}

type Details = Pick<ReportedUser, 'attempts' | 'errors'> & Partial<ReportedUser>

function detailsOf(outcome: Outcome): Details {
  const warnings = warningsOf(outcome)
  const others = warnings.length > 0 ? { warnings: [...warnings] } : {}
  switch (outcome.status) {
    case 'revoked':
    case 'unknown':
    case 'failed': {
      const { httpStatus, rayId } = outcome
      return {
        ...sendingOf(outcome),
        http_status: httpStatus,
        ray_id: rayId,
        errors: outcome.status === 'failed' ? errorsOf(outcome.problem) : [],
        ...factsOf(outcome),
        ...others,
      }
    }
    case 'skipped':
      return { attempts: 0, errors: [{ message: `${outcome.reason.what}.` }] }
    case 'would_revoke': {
      const { problem } = outcome
      return {
        attempts: 0,
        http_status: problem?.httpStatus,
        ray_id: problem?.rayId,
        errors: problem === undefined ? [] : errorsOf(problem),
        ...factsOf(outcome),
        ...others,
      }
    }
    case 'not_due':
    case 'past':
      return { attempts: 0, errors: [], ...others }
  }
}

function sendingOf({
  attempts,
  startedAt,
  finishedAt,
}: Sending): Pick<Details, 'attempts'> & Partial<Details> {
  return { attempts, started_at: isoTime(startedAt), finished_at: isoTime(finishedAt) }
}

function errorsOf(problem: ApiProblem): ReportedUser['errors'] {
  const { errors, httpStatus, rayId } = problem
  const call = {
    ...(httpStatus !== undefined && { http_status: httpStatus }),
    ...(rayId !== undefined && { ray_id: rayId }),
  }
  return errors.length > 0
    ? errors.map(({ code, message }) => ({ code, message, ...call }))
    : [{ message: describe(problem), ...call }]
}

import type { Options } from '../inputs/options.ts'
import { failsStep, type Outcome, totalsOf } from '../revocation/outcome.ts'
import type { StopReason } from '../runner/run-stop.ts'
import type { ActionSource, WorkflowRun } from '../runner/workflow-run.ts'
import { quantity } from '../text/measures.ts'
import type { BadRow } from '../users/user.ts'
import type { ListRecord } from '../users/user-list.ts'
import { headline } from './log-lines.ts'

/** The kinds of run that revoke no one, by `dry-run`. */
const MODES = { false: undefined, true: 'Dry run', offline: 'Offline check' } as const

/** Which step ran, and when; times in milliseconds since the epoch. */
export interface Provenance {
  readonly startedAt: number
  readonly finishedAt: number
  readonly workflowRun: WorkflowRun
  readonly action: ActionSource
}

/** What there is to report of a run. */
export interface RunRecord extends Provenance {
  readonly options: Options
  /** In the order given, each user exactly once. */
  readonly outcomes: readonly Outcome[]
  /** Rows that the step left out (`bad-rows: skip`). */
  readonly badRows: readonly BadRow[]
  /** How many people stay and have no address that could be a user's. They count as not due. */
  readonly unaddressed?: number
  /** Why the run was stopped; undefined if it was completed. */
  readonly stopped: StopReason | undefined
  readonly lists: readonly ListRecord[]
}

/** Whether the step is green, and the result of the run. Exit code, summary and the last line of the log come from it. */
export interface Verdict {
  readonly level: 'success' | 'warning' | 'failure'
  /** Undefined for a run that revokes. */
  readonly mode: (typeof MODES)[keyof typeof MODES]
  /** Full sentences of the action's own on one line; where there is a mode, they continue the mode and a colon. */
  readonly text: string
  /** Why the run was stopped, as a sentence. It may contain text from Cloudflare, and addresses. */
  readonly stopped?: string
}

/** What could be written for the runner. */
export interface Delivery {
  readonly report: boolean
  readonly outputs: boolean
}

const EMPTY: Readonly<Record<RunRecord['options']['ifEmpty'], Verdict['level']>> = {
  fail: 'failure',
  warn: 'warning',
  ignore: 'success',
}

/** The verdict on a run. */
export function verdictOf(record: RunRecord, { report, outputs }: Delivery): Verdict {
  const { options, outcomes, stopped, badRows, unaddressed = 0 } = record
  const mode = MODES[`${options.dryRun}`]
  const empty = outcomes.length + badRows.length + unaddressed === 0
  const doubts = [
    ...(mode !== undefined && isScheduledDryRun(record) ? [SCHEDULED_DRY_RUN] : []),
    ...(!empty && unaddressed === 0 && outcomes.every(({ status }) => status === 'past') ? [ALL_PAST] : []),
    ...(isEveryoneUnknown(record) ? [ALL_UNKNOWN] : []),
  ]
  const flaws = [
    ...(badRows.length > 0 ? [`${quantity(badRows.length, 'row')} could not be used: see the log.`] : []),
    ...(report ? [] : ["The report could not be written to the runner's temporary folder (RUNNER_TEMP)."]),
    ...(outputs ? [] : ['The outputs could not be written (GITHUB_OUTPUT): do not rely on them.']),
    ...(empty && options.ifEmpty === 'fail'
      ? ['If that is not a mistake, set `if-empty` to `warn` or `ignore`.']
      : []),
  ]
  const flawed = stopped !== undefined || flaws.length > 0 || outcomes.some(failsStep)
  const well = doubts.length > 0 ? 'warning' : 'success'
  return {
    level: flawed ? 'failure' : empty ? EMPTY[options.ifEmpty] : well,
    mode,
    text: [`${headline(outcomes, options, unaddressed)}.`, ...flaws, ...doubts].join(' '),
    ...(stopped !== undefined && { stopped: `The run was stopped: ${stopped.what}.` }),
  }
}

const SCHEDULED_DRY_RUN =
  'This run was scheduled and revoked nobody. If `dry-run` was left on by mistake, remove it.'

const ALL_PAST = 'Every user of the list left long ago: check the years of the dates.'

const ALL_UNKNOWN = 'No one was revoked: check the spelling of the addresses.'

/** Whether a run that may be green revoked no one, although users were due. */
function isEveryoneUnknown({ outcomes }: RunRecord): boolean {
  const { unknown, revoked } = totalsOf(outcomes)
  return unknown > 0 && revoked === 0
}

/** Whether a dry run looks like one that should have revoked users. */
function isScheduledDryRun({ outcomes, workflowRun }: RunRecord): boolean {
  return workflowRun.event === 'schedule' && outcomes.some(({ status }) => status === 'would_revoke')
}

/** The verdict on inputs that cannot be used. */
export function verdictOnInputs(problems: number): Verdict {
  const wrong = problems === 1 ? 'There is a problem' : 'There are problems'
  return { level: 'failure', mode: undefined, text: `Nothing was sent. ${wrong} with the inputs:` }
}

/** The verdict in one line: the last one of the log. */
export function verdictLine({ mode, text }: Verdict): string {
  return mode === undefined ? text : `${mode}: ${text}`
}

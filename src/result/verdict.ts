import type { Options } from '../inputs/options.ts'
import { checksOf, failsStep, type Outcome, totalsOf } from '../revocation/outcome.ts'
import type { StopReason } from '../runner/run-stop.ts'
import type { ActionSource, WorkflowRun } from '../runner/workflow-run.ts'
import { grouped, quantity } from '../text/measures.ts'
import type { UserList } from '../users/user-list.ts'
import type { NotListed } from '../verify/not-listed.ts'
import { notListedRemark } from './not-listed-text.ts'
import { ALL_OUTCOMES, OUTCOMES, type OutcomeWords, sectionOf, wordsOf } from './outcome-table.ts'

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
  readonly list: Pick<UserList, 'staying' | 'badRows' | 'lists'>
  /** In the order given, each user exactly once. */
  readonly outcomes: readonly Outcome[]
  /** Undefined unless the step asks for it. */
  readonly notListed?: NotListed | undefined
  /** Why the run was stopped; undefined if it was completed. */
  readonly stopped: StopReason | undefined
}

/** Whether the step is green, and the result of the run. Exit code, summary, and the last line of the log come from it. */
export interface Verdict {
  readonly level: 'success' | 'warning' | 'failure'
  /** What the summary begins with. */
  readonly sign: '✅' | '⚠️' | '❌' | '🔍'
  /** The result in one sentence of the action's own. */
  readonly headline: string
  /** What is wrong or doubtful about the run as a whole, in full sentences. They may quote Cloudflare. */
  readonly remarks: readonly string[]
  /** Why the run was stopped, and what to do about it. It may contain text from Cloudflare, and addresses. */
  readonly stopped?: string
}

/** The kinds of run that revoke no one, by `dry-run`. */
const MODES = { true: 'Dry run', offline: 'Offline check' } as const

/**
 * The verdict on a run.
 *
 * @param delivered - what could be written for the runner
 */
export function verdictOf(record: RunRecord, delivered: Record<'report' | 'outputs', boolean>): Verdict {
  const { outcomes, stopped, list } = record
  const remark = notListedRemark(record.notListed)
  const isFailure = record.options.notListed === 'fail'
  const warnings = [...warningsOf(record), ...(isFailure ? [] : remark)]
  const failures = [
    ...(delivered.report
      ? []
      : ["The report could not be written to the runner's temporary folder (RUNNER_TEMP)."]),
    ...(delivered.outputs
      ? []
      : ['The outputs could not be written (GITHUB_OUTPUT), so do not rely on them.']),
    ...(isFailure ? remark : []),
  ]
  const isRed =
    stopped !== undefined || failures.length > 0 || list.badRows.length > 0 || outcomes.some(failsStep)
  const level = isRed ? 'failure' : warnings.length > 0 ? 'warning' : 'success'
  return {
    level,
    sign: signOf(level, record),
    headline: headlineOf(record),
    remarks: [...failures, ...warnings],
    ...(stopped !== undefined && { stopped: stoppedText(stopped, outcomes) }),
  }
}

/** The remedy is left to the user whose failure stopped the run, if there is one. */
function stoppedText({ what, remedy }: StopReason, outcomes: readonly Outcome[]): string {
  const isTold = outcomes.some((outcome) => outcome.status === 'failed' && outcome.problem.remedy === remedy)
  return isTold || remedy === '' ? `${what}.` : `${what}. ${remedy}`
}

export function verdictOnInputs(problems: number): Verdict {
  const what = problems === 1 ? 'There is a problem' : 'There are problems'
  return { level: 'failure', sign: '❌', headline: `Nothing was sent. ${what} with the inputs.`, remarks: [] }
}

/** The last line of the log. */
export function verdictLine({ headline, remarks, stopped }: Verdict): string {
  return [headline, ...remarks, ...(stopped === undefined ? [] : [stopped])].join(' ')
}

function warningsOf(record: RunRecord): string[] {
  const { outcomes, workflowRun, list, options } = record
  const { past, revoked, unknown, would_revoke: wouldRevoke } = totalsOf(outcomes)
  const isAllPast = past > 0 && past === outcomes.length && list.staying + list.badRows.length === 0
  // A dry run that looks for users on no list is an access review.
  const isLeftOn = wouldRevoke > 0 && workflowRun.event === 'schedule' && options.notListed === 'ignore'
  return [
    ...(isLeftOn ? [SCHEDULED_DRY_RUN] : []),
    ...(isAllPast ? ['Check the years of the dates.'] : []),
    ...(unknown > 0 && revoked === 0 ? ['No one was revoked. Check the spelling of the addresses.'] : []),
  ]
}

const SCHEDULED_DRY_RUN =
  'This run was scheduled and revoked no one. If `dry-run` was left on by mistake, remove it.'

function signOf(level: Verdict['level'], record: RunRecord): Verdict['sign'] {
  if (level === 'failure') return '❌'
  if (level === 'warning') return '⚠️'
  if (record.options.dryRun !== false) return '🔍'
  const isWarned = record.outcomes.some((outcome) => sectionOf(outcome) === 'warnings')
  return isWarned || countOf(record, OUTCOMES.accepted) > 0 ? '⚠️' : '✅'
}

export function countOf({ outcomes, options }: RunRecord, words: OutcomeWords): number {
  return outcomes.filter((outcome) => wordsOf(outcome, options) === words).length
}

/** `Dry run: 2 users would be revoked (3 not due yet).` */
function headlineOf(record: RunRecord): string {
  const { dryRun } = record.options
  const mode = dryRun === false ? '' : `${MODES[`${dryRun}`]}: `
  return `${mode}${countsOf(record)}${othersOf(record)}.`
}

function countsOf(record: RunRecord): string {
  const { options, list } = record
  const due = { ...record, outcomes: record.outcomes.filter((outcome) => checksOf(outcome) !== undefined) }
  const users = ALL_OUTCOMES.map((words) => ({ ...words, count: countOf(due, words) })).filter(
    ({ count }) => count > 0,
  )
  const badRows = quantity(list.badRows.length, 'row')
  const unused = list.badRows.length === 0 ? [] : [`${badRows} could not be used`]
  if (users.length === 0) {
    if (unused.length === 0) return 'No one is due'
    return [...(options.dryRun === false ? ['No one was revoked'] : []), ...unused].join('; ')
  }
  // Only the first part has the noun: `2 users not revoked; 5 skipped`.
  const counts = users.map(({ count, label, counted = label }, index) =>
    index === 0 ? `${quantity(count, 'user')} ${counted}` : `${grouped(count)} ${counted}`,
  )
  return [...counts, ...unused, ...seatsOf(record)].join('; ')
}

function seatsOf({ outcomes, options }: RunRecord): string[] {
  const seats = outcomes.flatMap((outcome) => checksOf(outcome)?.seat ?? [])
  const holders = seats.filter(({ wouldFree }) => wouldFree).length
  if (holders > 0) return [`${grouped(holders)} ${holders === 1 ? 'has' : 'have'} a seat to free`]
  if (!options.removeSeat || options.dryRun !== false) return []
  const freed = seats.filter(({ state }) => state === 'removed').flatMap((seat) => seat.seats)
  return [`${quantity(new Set(freed.map(({ seat_uid: id }) => id)).size, 'seat')} freed`]
}

/** ` (3 not due yet, 2,990 stay)`: people for whom there is nothing to do. */
function othersOf({ outcomes, options, list }: RunRecord): string {
  const { not_due: notDue, past } = totalsOf(outcomes)
  const parts = [
    ...(notDue > 0 ? [`${grouped(notDue)} not due yet`] : []),
    ...(past > 0 ? [`${grouped(past)} due more than ${quantity(options.dueWithinDays, 'day')} ago`] : []),
    ...(list.staying > 0 ? [`${grouped(list.staying)} ${list.staying === 1 ? 'stays' : 'stay'}`] : []),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

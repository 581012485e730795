import { problemText } from '../cloudflare/problem.ts'
import { needsLookUp, type Options } from '../inputs/options.ts'
import { failsStep, type Outcome, totalsOf } from '../revocation/outcome.ts'
import { notCheckedText } from '../revocation/revoke-all.ts'
import type { Provenance } from '../runner/environment.ts'
import type { StopReason } from '../runner/run-stop.ts'
import { grouped, quantity } from '../text/measures.ts'
import { isProblem } from '../text/problem.ts'
import type { UserList } from '../users/user-list.ts'
import type { NotListed } from '../verify/not-listed.ts'
import { ALL_OUTCOMES, OUTCOMES, type OutcomeWords, REVOKE_NOW, sectionOf, wordsOf } from './outcome-words.ts'

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
  /** How the last line of the log is shown. With `error`, the step is red. */
  readonly level: 'info' | 'warning' | 'error'
  readonly sign: '✅' | '⚠️' | '❌' | '🔍'
  /** The result in one sentence of the action's own. */
  readonly headline: string
  /** What is wrong or doubtful about the run as a whole, in full sentences. They may quote Cloudflare, and addresses. */
  readonly remarks: readonly string[]
  /** What else the reader has to know, in full sentences. */
  readonly notes: readonly string[]
}

const MODES = { false: '', true: 'Dry run: ', offline: 'Offline check: ' } as const

/** @param delivered - what could be written for the runner */
export function verdictOf(record: RunRecord, delivered: Record<'report' | 'outputs', boolean>): Verdict {
  const { options, outcomes, stopped, list } = record
  const unlisted = notListedRemarks(record)
  const isUnlistedRed = options.notListed === 'fail'
  const warnings = [...warningsOf(record), ...(isUnlistedRed ? [] : unlisted)]
  const failures = [
    ...(delivered.report ? [] : [NO_REPORT]),
    ...(delivered.outputs ? [] : [NO_OUTPUTS]),
    ...(isUnlistedRed ? unlisted : []),
  ]
  const isRed =
    stopped !== undefined || failures.length > 0 || list.badRows.length > 0 || outcomes.some(failsStep)
  const level = isRed ? 'error' : warnings.length > 0 ? 'warning' : 'info'
  const accepted = countOf(outcomes, OUTCOMES.accepted, options)
  const isDoubtful =
    level === 'warning' || accepted > 0 || outcomes.some((outcome) => sectionOf(outcome) === 'warnings')
  const calmSign = options.dryRun !== false && level === 'info' ? '🔍' : isDoubtful ? '⚠️' : '✅'
  return {
    level,
    sign: isRed ? '❌' : calmSign,
    headline: `${MODES[`${options.dryRun}`]}${countsOf(record)}${othersOf(record)}.`,
    remarks: [...failures, ...warnings, ...(stopped === undefined ? [] : [stoppedText(stopped, outcomes)])],
    notes: notesOn(record, accepted),
  }
}

const NO_REPORT = "The report could not be written to the runner's temporary folder (RUNNER_TEMP)."
const NO_OUTPUTS = 'The outputs could not be written (GITHUB_OUTPUT), so do not rely on them.'

/** The remedy is left to the user whose failure stopped the run, if there is one. */
function stoppedText({ what, remedy }: StopReason, outcomes: readonly Outcome[]): string {
  const isTold = outcomes.some((outcome) => outcome.status === 'failed' && outcome.problem.remedy === remedy)
  return isTold || remedy === '' ? `${what}.` : `${what}. ${remedy}`
}

/** The headline of a step whose inputs stop it. */
export const NOTHING_SENT = 'Nothing was sent. Fix what is wrong with the inputs.'

function warningsOf({ outcomes, workflowRun, list, options }: RunRecord): string[] {
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

function notListedRemarks({ notListed = [] }: RunRecord): string[] {
  if (isProblem(notListed)) return [`It is not known who is on no list: ${problemText(notListed)}`]
  if (notListed.length === 0) return []
  const users = quantity(notListed.length, 'user is', 'users are')
  return [
    `${users} on no list: add those who left to the list (\`now\` revokes), and the others to \`protected-users\` or to the export.`,
  ]
}

/** What else the reader has to know: how far the result can be trusted, and what was left as it was. */
function notesOn(record: RunRecord, accepted: number): string[] {
  const { options, outcomes, notListed } = record
  const { revoked, past } = totalsOf(outcomes)
  const [users, were] = [quantity(past, 'user'), past === 1 ? 'was' : 'were']
  const days = quantity(options.dueWithinDays, 'day')
  const skipped = `${users} ${were} due more than ${days} ago and ${were} skipped (\`due-within-days\`). ${REVOKE_NOW}`
  return [
    ...(accepted > 0 ? [needsLookUp(options) ? ACCEPTED : ACCEPTED_UNSEEN] : []),
    ...(options.dryRun === true ? [notCheckedText(options)] : []),
    ...(options.dryRun === 'offline' ? [NOT_CONTACTED] : []),
    ...(past > 0 ? [skipped] : []),
    ...(notListed !== undefined && notListedRemarks(record).length === 0 ? [EVERYONE_LISTED] : []),
    ...(revoked > 0 && !options.devices ? [UNTOUCHED_DEVICES] : []),
    ...(revoked > 0 && !options.warpSessionReauth ? [UNTOUCHED_SESSION] : []),
    ...(revoked > 0 ? [NOT_COVERED] : []),
  ]
}

const UNTOUCHED_DEVICES =
  'Devices were left untouched and may still reach private networks; to revoke them, set `devices: true`.'
const UNTOUCHED_SESSION = 'The WARP session was left untouched; to end it, set `warp-session-reauth: true`.'
const NOT_COVERED =
  'This does not end SaaS sessions, open SSH, VNC, or RDP sessions, or access with service tokens: see docs/security.md#what-a-green-run-does-not-cover in the repository of this action.'
const ACCEPTED = 'Accepted by Cloudflare, not verified.'
const ACCEPTED_UNSEEN = 'Accepted by Cloudflare, not verified: a misspelled address would look the same.'
const EVERYONE_LISTED = 'Every active user of the organization is on a list, or in `protected-users`.'
const NOT_CONTACTED =
  'This check did not contact Cloudflare, so it checked neither the credential nor the users.'

function countOf(outcomes: readonly Outcome[], words: OutcomeWords, options: Options): number {
  return outcomes.filter((outcome) => wordsOf(outcome, options) === words).length
}

/** `2 users not revoked; 5 skipped; 1 row could not be used`. */
function countsOf({ outcomes, options, list }: RunRecord): string {
  const due = outcomes.filter((outcome) => outcome.checks !== undefined)
  // Only the first part has the noun.
  const users = ALL_OUTCOMES.map((words) => ({ ...words, count: countOf(due, words, options) }))
    .filter(({ count }) => count > 0)
    .map(({ count, label, counted = label }, index) =>
      index === 0 ? `${quantity(count, 'user')} ${counted}` : `${grouped(count)} ${counted}`,
    )
  const badRows = list.badRows.length
  const unused = badRows === 0 ? [] : [`${quantity(badRows, 'row')} could not be used`]
  if (users.length > 0) return [...users, ...unused, ...seatsOf(due, options)].join('; ')
  if (badRows === 0) return 'No one is due'
  return [...(options.dryRun === false ? ['No one was revoked'] : []), ...unused].join('; ')
}

function seatsOf(due: readonly Outcome[], options: Options): string[] {
  const seats = due.flatMap((outcome) => outcome.checks?.seat ?? [])
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

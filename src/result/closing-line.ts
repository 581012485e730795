import { CONTROLS } from '../controls/controls.ts'
import type { Options } from '../inputs/options.ts'
import { blocksGreen, type Outcome, type Totals, totalsOf } from '../revocation/outcome.ts'
import { grouped, quantity } from '../text/quantity.ts'

/** A kind of run that revokes nobody. */
export type Mode = 'Dry run' | 'Offline check'

const MODES = { false: undefined, true: 'Dry run', offline: 'Offline check' } as const

/** The kind of run with these options; undefined for one that revokes. */
export function modeOf({ dryRun }: Options): Mode | undefined {
  return MODES[`${dryRun}`]
}

/**
 * The result of the run, in one line without a full stop. For a run with a mode, it continues the mode and a colon.
 *
 * @param unaddressed - how many people stay and have no address that could be a user's
 */
export function headline(outcomes: readonly Outcome[], options: Options, unaddressed: number): string {
  const totals = totalsOf(outcomes, unaddressed)
  return options.dryRun === false
    ? revocationHeadline(outcomes, totals, options)
    : checkHeadline(outcomes, totals, options)
}

function revocationHeadline(outcomes: readonly Outcome[], totals: Totals, options: Options): string {
  const notRevoked = totals.failed + totals.skipped
  const due = totals.revoked + notRevoked + totals.unknown
  if (outcomes.length + totals.not_due === 0) return 'The list has no users: nothing was revoked'
  if (due === 0) return `Nobody is due, nothing was revoked${skippedCounts(totals, options)}`
  const done = tallies(outcomes, options)
  const what = options.verify ? 'revoked and verified' : 'revoked'
  if (notRevoked + totals.unknown > 0) {
    return `${grouped(totals.revoked)} of ${quantity(due, 'user')} ${what}${done}: ${misses(totals)}${skippedCounts(totals, options)}`
  }
  const by = options.verify ? '' : ', confirmed by Cloudflare'
  return `${quantity(due, 'user')} ${what}${by}${done}${skippedCounts(totals, options)}`
}

function checkHeadline(outcomes: readonly Outcome[], totals: Totals, options: Options): string {
  const others = skippedCounts(totals, options)
  const due = totals.would_revoke
  if (outcomes.length + totals.not_due === 0) return 'the list has no users'
  if (totals.failed + totals.skipped > 0) return `not finished, ${misses(totals)}${others}`
  if (due === 0) return `nobody is due${others}`
  if (options.dryRun === 'offline') return `${quantity(due, 'user is', 'users are')} due now${others}`
  const failing = outcomes.filter(blocksGreen).length
  const fail = failing === 0 ? '' : `, but ${grouped(failing)} of them would fail`
  const done = tallies(outcomes, options)
  return `${quantity(due, 'user')} would be revoked${done}${fail}${others}`
}

/** `, 2 seats freed`, for the controls that are counted. */
function tallies(outcomes: readonly Outcome[], options: Options): string {
  const results = outcomes.flatMap((outcome) => ('controls' in outcome ? outcome.controls : []))
  return CONTROLS.flatMap((control) => {
    if (control.tally === undefined || !control.isRequested(options)) return []
    const users = results.filter((result) => result.control === control && result.isTallied === true).length
    return [`, ${control.tally(users)}`]
  }).join('')
}

function misses({ failed, skipped, unknown }: Totals): string {
  return [
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(skipped > 0 ? [`${grouped(skipped)} skipped`] : []),
    ...(unknown > 0 ? [`${grouped(unknown)} unknown to the organization`] : []),
  ].join(', ')
}

function skippedCounts({ not_due: notDue, past }: Totals, { dueWithinDays }: Options): string {
  const parts = [
    ...(notDue > 0 ? [`${grouped(notDue)} not due yet`] : []),
    ...(past > 0 ? [`${grouped(past)} left more than ${quantity(dueWithinDays, 'day')} ago`] : []),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')}, left alone)`
}

/** The verdict in one line: the last one of the log. */
export function verdictLine({ mode, text }: { mode: Mode | undefined; text: string }): string {
  return mode === undefined ? text : `${mode}: ${text}`
}

import type { Options } from '../inputs/options.ts'
import { isFlawed, type Outcome, type SeatRemoval, type Totals, totalsOf } from '../revocation/outcome.ts'
import { grouped, quantity } from '../text/quantity.ts'

/** What kind of run it was, where nobody was to be revoked. */
export type Mode = 'Dry run' | 'Offline check'

const MODES = { false: undefined, true: 'Dry run', offline: 'Offline check' } as const

/** The kind of run that these options make; undefined for one that revokes. */
export function modeOf({ dryRun }: Options): Mode | undefined {
  return MODES[`${dryRun}`]
}

/** How the run came out, in one line without a full stop. For a run with a mode, it continues the mode and a colon. */
export function headline(outcomes: readonly Outcome[], options: Options): string {
  const totals = totalsOf(outcomes)
  return options.dryRun === false
    ? revocationHeadline(outcomes, totals, options)
    : checkHeadline(outcomes, totals, options)
}

function revocationHeadline(outcomes: readonly Outcome[], totals: Totals, options: Options): string {
  const missed = totals.failed + totals.skipped
  const due = totals.revoked + missed + totals.unknown
  if (outcomes.length === 0) return 'The list has no users: nothing was revoked'
  if (due === 0) return `Nobody is due, nothing was revoked${besides(totals, options)}`
  const freed = outcomes.filter((outcome) => seatOf(outcome) === 'removed').length
  const seats = options.removeSeat ? `, ${quantity(freed, 'seat')} freed` : ''
  const what = options.verify ? 'revoked and verified' : 'revoked'
  if (missed + totals.unknown > 0) {
    return `${grouped(totals.revoked)} of ${quantity(due, 'user')} ${what}${seats}: ${misses(totals)}${besides(totals, options)}`
  }
  const by = options.verify ? '' : ', confirmed by Cloudflare'
  return `${quantity(due, 'user')} ${what}${by}${seats}${besides(totals, options)}`
}

function checkHeadline(outcomes: readonly Outcome[], totals: Totals, options: Options): string {
  const others = besides(totals, options)
  const due = totals.would_revoke
  if (outcomes.length === 0) return 'the list has no users'
  if (totals.failed + totals.skipped > 0) return `not finished, ${misses(totals)}${others}`
  if (due === 0) return `nobody is due${others}`
  if (options.dryRun === 'offline') return `${quantity(due, 'user is', 'users are')} due now${others}`
  const flawed = outcomes.filter(isFlawed).length
  const fail = flawed === 0 ? '' : `, but ${grouped(flawed)} of them would fail`
  const held = outcomes.filter((outcome) => seatOf(outcome) === 'not_done').length
  const seats = options.removeSeat ? `, ${quantity(held, 'seat')} freed` : ''
  return `${quantity(due, 'user')} would be revoked${seats}${fail}${others}`
}

/** What became of the seat of an outcome that has one. */
function seatOf(outcome: Outcome): SeatRemoval['state'] | undefined {
  return 'seat' in outcome ? outcome.seat.state : undefined
}

function misses({ failed, skipped, unknown }: Totals): string {
  return [
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(skipped > 0 ? [`${grouped(skipped)} skipped`] : []),
    ...(unknown > 0 ? [`${grouped(unknown)} unknown to the organization`] : []),
  ].join(', ')
}

function besides({ not_due: notDue, past }: Totals, { dueWithinDays }: Options): string {
  const parts = [
    ...(notDue > 0 ? [`${grouped(notDue)} not due yet`] : []),
    ...(past > 0 ? [`${grouped(past)} left more than ${quantity(dueWithinDays, 'day')} ago`] : []),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')}, left alone)`
}

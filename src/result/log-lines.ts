import type { ControlResult } from '../controls/control.ts'
import { CONTROLS } from '../controls/controls.ts'
import type { Options } from '../inputs/options.ts'
import {
  blocksGreen,
  type DueOutcome,
  type Outcome,
  type Totals,
  totalsOf,
  warningsOf,
} from '../revocation/outcome.ts'
import type { Log } from '../runner/log.ts'
import { duration, elapsed, grouped, quantity } from '../text/measures.ts'
import type { UserList } from '../users/user-list.ts'
import type { User } from '../users/user.ts'
import { extentText, pastText, reasonOf, targetText, type UserNames } from './display.ts'

/** Longer lists get progress lines. */
const MAX_USERS_OF_SHORT_LIST = 20

/** A progress line comes at every tenth of the list, and at least this often. */
const MAX_SILENCE_MS = 30_000

const INTENTIONS: Readonly<Record<`${Options['dryRun']}`, string>> = {
  false: 'Revoking',
  true: 'Dry run, nothing is revoked. It would revoke',
  offline: 'Offline check, nothing is sent. A run would revoke',
}

/** The lines that say what the run is about to do. */
export function plannedLines(
  { users, repeated, staying, notes }: UserList,
  due: readonly User[],
  past: number,
  options: Options,
  names: UserNames,
): string[] {
  const [first] = due
  const waiting = users.length - due.length - past
  const repetitions = quantity(repeated, 'entry names', 'entries name')
  const lines = [
    ...notes,
    ...(repeated > 0 ? [`${repetitions} a user that an earlier entry named; each user counts once.`] : []),
    ...(staying > 0 ? [`${quantity(staying, 'person stays', 'people stay')}.`] : []),
    ...(waiting > 0 ? [`${quantity(waiting, 'user')} not due yet, left alone.`] : []),
    ...(past > 0 ? [pastText(past, options)] : []),
  ]
  if (first === undefined) return lines
  const who = due.length === 1 ? names.inLog(first) : quantity(due.length, 'user')
  const intention = INTENTIONS[`${options.dryRun}`]
  return [...lines, `${intention} the ${extentText(options)} of ${who}${targetText(options, ' in ')}.`]
}

/** Logs the outcomes as they come: a line for each user, and the progress of long lists. */
export class UserLog {
  readonly #log: Log
  readonly #due: number
  readonly #options: Options
  readonly #names: UserNames
  readonly #start = elapsed()
  #done = 0
  #notRevoked = 0
  #lastProgress = elapsed()

  /** @param due - how many users are due */
  constructor(log: Log, due: number, options: Options, names: UserNames) {
    this.#log = log
    this.#options = options
    this.#due = due
    this.#names = names
  }

  /** Logs the outcome for a user. */
  readonly outcome = (outcome: DueOutcome): void => {
    const name = this.#names.inLog(outcome.user)
    const reason = reasonOf(outcome, this.#options)
    switch (outcome.status) {
      case 'revoked': {
        const { rayId, verification, controls } = outcome
        const ray = rayId === undefined ? '' : ` (ray ID ${rayId})`
        const start = verification === 'passed' ? 'revoked and verified' : 'revoked, confirmed by Cloudflare'
        this.#log.info(`${name}: ${[start, ...phrasesOf(controls)].join(', ')}${ray}.`)
        break
      }
      case 'unknown':
        break
      case 'failed':
        this.#notRevoked += 1
        this.#log.error(`${name}: ${reason}`)
        break
      case 'skipped':
        this.#notRevoked += 1
        this.#log.info(`${name}: skipped.`)
        break
      case 'would_revoke': {
        const phrases = phrasesOf(outcome.controls)
        this.#log.info(`${name} would be revoked${phrases.length > 0 ? `: ${phrases.join(', ')}` : ''}.`)
        if (reason !== undefined) this.#log.error(`${name}: ${reason}`)
        break
      }
    }
    this.warn(outcome)
    this.#progress()
  }

  /** Logs warnings about a user. */
  warn(outcome: Outcome): void {
    const name = this.#names.inLog(outcome.user)
    for (const warning of warningsOf(outcome)) this.#log.warning(`${name}: ${warning}`)
  }

  #progress(): void {
    this.#done += 1
    if (this.#due <= MAX_USERS_OF_SHORT_LIST || this.#done === this.#due) return
    const now = elapsed()
    const tenth = Math.floor((this.#done * 10) / this.#due) > Math.floor(((this.#done - 1) * 10) / this.#due)
    if (!tenth && now - this.#lastProgress < MAX_SILENCE_MS) return
    this.#lastProgress = now
    const left = ((now - this.#start) / this.#done) * (this.#due - this.#done)
    const failures = this.#notRevoked === 0 ? '' : `, ${grouped(this.#notRevoked)} of them not revoked`
    this.#log.info(
      `Progress: ${grouped(this.#done)} of ${quantity(this.#due, 'user')}${failures}; about ${duration(left)} left.`,
    )
  }
}

function phrasesOf(controls: readonly ControlResult[]): string[] {
  return controls.map(({ phrase }) => phrase).filter((phrase) => phrase !== '')
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

import type { ControlResult } from '../controls/control.ts'
import type { Options } from '../inputs/options.ts'
import type { DueOutcome } from '../revocation/outcome.ts'
import type { Log } from '../runner/log.ts'
import { duration, grouped, quantity } from '../text/quantity.ts'
import type { UserList } from '../users/user-list.ts'
import type { User } from '../users/user.ts'
import { elapsed } from '../text/time.ts'
import type { UserNames } from './display.ts'
import { extentText, pastText, reasonOf, targetText } from './sentences.ts'

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
  { users, repeated, unaddressed, notes }: UserList,
  due: readonly User[],
  past: number,
  options: Options,
  names: UserNames,
): string[] {
  const [first] = due
  const waiting = users.length - due.length - past + unaddressed
  const repetitions = quantity(repeated, 'entry names', 'entries name')
  const lines = [
    ...notes,
    ...(repeated > 0 ? [`${repetitions} a user that an earlier entry named; each user counts once.`] : []),
    ...(waiting > 0 ? [`${quantity(waiting, 'user')} not due yet, left alone.`] : []),
    ...(past > 0 ? [pastText(past, options)] : []),
  ]
  if (first === undefined) return lines
  const users_ = due.length === 1 ? names.inLog(first) : quantity(due.length, 'user')
  const intention = INTENTIONS[`${options.dryRun}`]
  return [...lines, `${intention} the ${extentText(options)} of ${users_}${targetText(options, ' in ')}.`]
}

/** Logs what becomes of users as it happens: a line for each, and the progress of long lists. */
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

  /** Logs what became of a user. */
  outcome(outcome: DueOutcome): void {
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
    if ('warnings' in outcome) this.warn(outcome.user, outcome.warnings)
    this.#progress()
  }

  /** Logs warnings about a user. */
  warn(user: User, warnings: readonly string[] = []): void {
    for (const warning of warnings) this.#log.warning(`${this.#names.inLog(user)}: ${warning}`)
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

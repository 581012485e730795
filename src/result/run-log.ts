import type { Options } from '../inputs/options.ts'
import { checksOf, failsStep, type DueOutcome } from '../revocation/outcome.ts'
import type { Log } from '../runner/log.ts'
import { duration, grouped, monotonicMs, quantity } from '../text/measures.ts'
import { problemText } from '../text/problem.ts'
import type { UserList } from '../users/user-list.ts'
import type { User } from '../users/user.ts'
import { pastText, REVOKE_NOW, scopeOfCall, targetAfter, wordsOf } from './outcome-table.ts'
import { nameInLog, readTexts, reasonOf, userName } from './user-text.ts'

/** Longer lists get progress lines. */
const MAX_USERS_OF_SHORT_LIST = 20

/** A progress line comes at every tenth of the list, and at least this often. */
const MAX_SILENCE_MS = 30_000

const INTENTIONS: Readonly<Record<`${Options['dryRun']}`, string>> = {
  false: 'Revoking',
  true: 'Dry run, nothing is revoked. It would revoke',
  offline: 'Offline check, nothing is sent. A run would revoke',
}

/**
 * The lines that say what the run is about to do.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 */
export function plannedLines(
  { users, staying, repeated, notes }: Pick<UserList, 'users' | 'staying' | 'repeated' | 'notes'>,
  options: Options,
  now: number,
): string[] {
  const { due = [], not_due: notDue = [], past = [] } = Object.groupBy(users, ({ timing }) => timing)
  const [first] = due
  const repetitions = quantity(repeated, 'entry names', 'entries name')
  const lines = [
    ...notes,
    ...(repeated > 0 ? [`${repetitions} a user that an earlier entry names. Each user counts once.`] : []),
    ...(staying > 0 ? [`${quantity(staying, 'person stays', 'people stay')}.`] : []),
    ...(notDue.length > 0 ? [notDueText(notDue)] : []),
    ...(past.length > 0 ? [pastText(past.length, options)] : []),
    ...(notDue.length + past.length > 0 ? [REVOKE_NOW] : []),
  ]
  if (first === undefined) return lines
  const who = due.length === 1 ? nameInLog(userName(first, options, now)) : quantity(due.length, 'user')
  const intention = INTENTIONS[`${options.dryRun}`]
  return [...lines, `${intention} the ${scopeOfCall(options)} of ${who}${targetAfter(' in ', options)}.`]
}

function notDueText(users: readonly User[]): string {
  const dates = users.flatMap(({ revokeAfter }) => revokeAfter ?? [])
  const [next] = dates.toSorted((first, second) => first.at - second.at)
  return `${grouped(users.length)} not due yet${next === undefined ? '' : `, the next on ${next.text}`}.`
}

/**
 * Logs the outcomes as they come: a line for each user, and the progress of long lists.
 *
 * @param due - how many users are due
 * @param now - the time by which they are due, in milliseconds since the epoch
 * @returns a function that logs the outcome for a user
 */
export function outcomeLogger(
  log: Log,
  due: number,
  options: Options,
  now: number,
): (outcome: DueOutcome) => void {
  const progress = new Progress(due)
  return (outcome) => {
    const name = nameInLog(userName(outcome.user, options, now))
    const { label } = wordsOf(outcome, options)
    const fails = failsStep(outcome)
    if (outcome.status === 'skipped') log.info(`${name}: ${label}.`)
    else if (fails) log.error(`${name}: ${reasonOf(outcome, options) ?? ''}`)
    else if (outcome.status !== 'unknown') {
      const read = Object.values(readTexts(outcome, options))
      const details = [...read, ...('rayId' in outcome ? [`ray ID ${outcome.rayId}`] : [])].join('; ')
      log.info(`${name}: ${label}${details === '' ? '' : ` (${details})`}.`)
    }
    for (const warning of checksOf(outcome)?.warnings ?? []) log.warning(`${name}: ${problemText(warning)}`)
    const line = progress.next(fails)
    if (line !== undefined) log.info(line)
  }
}

/** How far a long list is. */
class Progress {
  readonly #due: number
  readonly #start = monotonicMs()
  #done = 0
  #failed = 0
  #lastLine = monotonicMs()

  constructor(due: number) {
    this.#due = due
  }

  /** Counts a user, and returns a line if it is time for one. */
  next(fails: boolean): string | undefined {
    this.#done += 1
    if (fails) this.#failed += 1
    if (this.#due <= MAX_USERS_OF_SHORT_LIST || this.#done === this.#due) return undefined
    const now = monotonicMs()
    const tenths = (done: number): number => Math.floor((done * 10) / this.#due)
    const isTenth = tenths(this.#done) > tenths(this.#done - 1)
    if (!isTenth && now - this.#lastLine < MAX_SILENCE_MS) return undefined
    this.#lastLine = now
    const left = ((now - this.#start) / this.#done) * (this.#due - this.#done)
    const failures = this.#failed === 0 ? '' : `, ${grouped(this.#failed)} of them with errors`
    return `Progress: ${grouped(this.#done)} of ${quantity(this.#due, 'user')}${failures}; about ${duration(left)} left.`
  }
}

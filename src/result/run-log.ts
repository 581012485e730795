import type { Options } from '../inputs/options.ts'
import { failsStep, type DueOutcome } from '../revocation/outcome.ts'
import type { Log } from '../runner/log.ts'
import { duration, grouped, monotonicMs, quantity } from '../text/measures.ts'
import { problemText } from '../text/problem.ts'
import type { UserList } from '../users/user-list.ts'
import {
  inTarget,
  nameInLog,
  readTexts,
  reasonOf,
  REVOKE_NOW,
  scopeOfCall,
  wordsOf,
} from './outcome-words.ts'

/** Longer lists get a progress line at every tenth. */
const MAX_USERS_WITHOUT_PROGRESS = 20

const INTENTIONS: Readonly<Record<`${Options['dryRun']}`, string>> = {
  false: 'Revoking',
  true: 'Dry run, nothing is revoked. It would revoke',
  offline: 'Offline check, nothing is sent. A run would revoke',
}

/** The lines that say what the run is about to do. Users are due by `now`, in milliseconds since the epoch. */
export function plannedLines(
  { users, staying, repeated, notes }: Pick<UserList, 'users' | 'staying' | 'repeated' | 'notes'>,
  options: Options,
  now: number,
): string[] {
  const { due = [], not_due: notDue = [] } = Object.groupBy(users, ({ timing }) => timing)
  const [first] = due
  const [next] = notDue
    .flatMap(({ revokeAfter }) => revokeAfter ?? [])
    .toSorted((one, other) => one.at - other.at)
  const repetitions = quantity(repeated, 'entry names', 'entries name')
  const lines = [
    ...notes,
    ...(repeated > 0 ? [`${repetitions} a user that an earlier entry names. Each user counts once.`] : []),
    ...(staying > 0 ? [`${quantity(staying, 'person stays', 'people stay')}.`] : []),
    ...(next === undefined
      ? []
      : [`${grouped(notDue.length)} not due yet, the next on ${next.text}. ${REVOKE_NOW}`]),
  ]
  if (first === undefined) return lines
  const who = due.length === 1 ? nameInLog(first, options, now) : quantity(due.length, 'user')
  const intention = INTENTIONS[`${options.dryRun}`]
  return [...lines, `${intention} the ${scopeOfCall(options)} of ${who}${inTarget(options)}.`]
}

/** Logs the outcomes of `due` users as they come: a line for each, and the progress of long lists. */
export function outcomeLogger(log: Log, due: number, options: Options, now: number) {
  const start = monotonicMs()
  let done = 0
  let failed = 0
  return (outcome: DueOutcome): void => {
    logOutcome(log, outcome, nameInLog(outcome.user, options, now), options)
    done += 1
    if (failsStep(outcome)) failed += 1
    if (due <= MAX_USERS_WITHOUT_PROGRESS || done === due || (done * 10) % due >= 10) return
    const left = ((monotonicMs() - start) / done) * (due - done)
    const failures = failed === 0 ? '' : `, ${grouped(failed)} of them with errors`
    log.info(
      `Progress: ${grouped(done)} of ${quantity(due, 'user')}${failures}; about ${duration(left)} left.`,
    )
  }
}

function logOutcome(log: Log, outcome: DueOutcome, name: string, options: Options): void {
  const { label } = wordsOf(outcome, options)
  if (outcome.status === 'skipped') log.info(`${name}: ${label}.`)
  else if (failsStep(outcome)) log.error(`${name}: ${reasonOf(outcome, options) ?? ''}`)
  else if (outcome.status !== 'unknown') {
    const read = Object.values(readTexts(outcome, options))
    const details = [...read, ...('rayId' in outcome ? [`ray ID ${outcome.rayId}`] : [])].join('; ')
    log.info(`${name}: ${label}${details === '' ? '' : ` (${details})`}.`)
  }
  for (const warning of outcome.checks.warnings) log.warning(`${name}: ${problemText(warning)}`)
}

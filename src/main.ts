import { checkCredential } from './cloudflare/credential-check.ts'
import { enforceTlsVerification } from './cloudflare/http-exchange.ts'
import { readInputs, type Run } from './inputs/checked-inputs.ts'
import { looksUp, provesSessions } from './inputs/options.ts'
import { createRunContext } from './organization/run-context.ts'
import { UserNames } from './result/display.ts'
import { plannedLines, UserLog } from './result/log-lines.ts'
import { publish, publishProblems } from './result/publish.ts'
import type { Provenance } from './result/verdict.ts'
import { dryRunUser, offlineOutcomes } from './revocation/dry-run.ts'
import type { Outcome } from './revocation/outcome.ts'
import { MAX_PAST_USERS, pastUsersStillActive } from './revocation/look-up.ts'
import { planCalls, revokeAll } from './revocation/revoke-all.ts'
import { revokeUser } from './revocation/revoke-user.ts'
import { Log } from './runner/log.ts'
import { RunStop, stopOnSignals } from './runner/run-stop.ts'
import { readActionSource, readWorkflowRun } from './runner/workflow-run.ts'
import { addressesIn } from './text/email-address.ts'
import type { UserList } from './users/user-list.ts'
import type { Timing, User } from './users/user.ts'

/** Users by whether their time has come. */
type UsersByTiming = Readonly<Partial<Record<Timing, readonly User[]>>>

/**
 * The story of the step: inputs, users, revocations, result.
 *
 * @returns whether the step may be green
 * @throws on an unexpected error, which fails the step
 */
export async function main(): Promise<boolean> {
  const startedAt = Date.now()
  const log = new Log()
  const stop = new RunStop()
  stop.startSignal.addEventListener('abort', () => {
    if (stop.reason !== undefined) log.error(`${stop.reason.what}. ${stop.reason.remedy}`)
  })
  using _signals = stopOnSignals(stop)
  const inputs = await readInputs(startedAt)
  const provenance = async (): Promise<Provenance> => ({
    startedAt,
    finishedAt: Date.now(),
    workflowRun: await readWorkflowRun(),
    action: readActionSource(),
  })
  if (inputs.kind === 'problems') return publishProblems(inputs, await provenance(), log)
  if (inputs.kind === 'run' && enforceTlsVerification()) {
    log.warning(
      '`NODE_TLS_REJECT_UNAUTHORIZED` is ignored: certificates are always verified. For an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to its CA certificate.',
    )
  }
  const { list, options } = inputs
  if (options.maskEmails) log.maskAddresses(addressesOf(list))
  for (const warning of inputs.warnings) log.warning(warning)
  const byTiming: UsersByTiming = Object.groupBy(list.users, ({ timing }) => timing)
  const { due = [], past = [] } = byTiming
  const names = new UserNames(options.maskEmails, startedAt)
  for (const line of plannedLines(list, due, past.length, options, names)) log.info(line)
  log.phase('Inputs read')

  const userLog = new UserLog(log, due.length, options, names)
  const processed =
    inputs.kind === 'run'
      ? await processUsers(inputs, byTiming, userLog, stop, log)
      : offlineOutcomes(due, options, userLog.outcome)
  log.phase('Users processed')
  const outcomes = list.users.map(
    (user): Outcome =>
      processed.get(user) ?? {
        status: user.timing === 'past' ? 'past' : 'not_due',
        revocation: 'not_sent',
        user,
      },
  )
  const { badRows, staying, lists } = list
  return publish(
    {
      options,
      outcomes,
      badRows,
      unaddressed: staying,
      lists,
      stopped: stop.reason,
      ...(await provenance()),
    },
    log,
  )
}

/** Only what is an address or nearly so: a plain word, or a mere @, would be masked everywhere in the log. */
function addressesOf({ users, badRows }: UserList): string[] {
  return [...users, ...badRows].flatMap(({ email }) => addressesIn(email))
}

async function processUsers(
  inputs: Run,
  { due = [], past = [] }: UsersByTiming,
  userLog: UserLog,
  stop: RunStop,
  log: Log,
): Promise<ReadonlyMap<User, Outcome>> {
  const { list, options, credential } = inputs
  if (!options.baseUrl.cloudflare) {
    log.warning(
      `Requests go to ${options.baseUrl.href}, which is not Cloudflare's API, so its confirmations do not count.`,
    )
  }
  const pastLookedUp = provesSessions(options) ? past.slice(0, MAX_PAST_USERS) : []
  const lookUps = looksUp(options) ? [...due, ...pastLookedUp] : []
  const plan = planCalls(due.length, options)
  const run = createRunContext(
    inputs,
    plan,
    lookUps.map(({ email }) => email),
    stop,
    log,
  )
  if (options.dryRun && list.users.length > 0) {
    const check = await checkCredential(run.endpoints, credential, options.target)
    if (check.verdict === 'failed') stop.stop(check)
    else if (check.verdict === 'unchecked') log.warning(`${check.what}. ${check.remedy}`)
    else log.info(`${check.what}. ${check.remedy}`)
  }
  const outcomes = await revokeAll(due, {
    processUser: async (user) => (options.dryRun ? dryRunUser(user, run) : revokeUser(user, run)),
    options,
    stop,
    onOutcome: userLog.outcome,
    onUnexpected: (error) => {
      log.unexpected(error)
    },
  })
  if (stop.reason !== undefined) return outcomes
  const stillActive = await pastUsersStillActive(pastLookedUp, run)
  for (const outcome of stillActive) userLog.warn(outcome)
  return new Map<User, Outcome>([
    ...outcomes,
    ...stillActive.map((outcome) => [outcome.user, outcome] as const),
  ])
}

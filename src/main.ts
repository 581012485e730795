import { checkCredential } from './cloudflare/credential-check.ts'
import { readInputs, type Run } from './inputs/inputs.ts'
import { looksUp } from './inputs/options.ts'
import { ProgressLog } from './result/progress-log.ts'
import { publish, publishProblems } from './result/publish.ts'
import { planOf } from './result/sentences.ts'
import { UserNames } from './result/user-names.ts'
import { connect, type Connection } from './revocation/connection.ts'
import type { DueOutcome, Outcome } from './revocation/outcome.ts'
import { type Outcomes, type Pending, revokeAll } from './revocation/revoke-all.ts'
import { revokeUser } from './revocation/revoke-user.ts'
import { Log } from './runner/log.ts'
import { RunStop } from './runner/run-stop.ts'
import { stopOnSignals } from './runner/signals.ts'
import { enforceTlsVerification } from './runner/tls.ts'
import { readWorkflowRun } from './runner/workflow-run.ts'
import type { UserList } from './users/user-list.ts'
import type { User } from './users/user.ts'

/**
 * The story of the step: inputs, users, revocations, result.
 *
 * @returns whether the step may be green
 * @throws Error for what nobody thought of
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
  if (inputs.kind === 'problems') return await publishProblems(inputs, log)
  if (inputs.kind === 'run' && enforceTlsVerification()) {
    log.warning(
      '`NODE_TLS_REJECT_UNAUTHORIZED` is ignored: certificates are always verified. For an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to its CA certificate.',
    )
  }
  const { list, options } = inputs
  if (options.maskEmails) log.maskAddresses(addressesOf(list))
  for (const warning of inputs.warnings) log.warning(warning)
  const due = list.users.filter(({ timing }) => timing === 'due')
  const past = list.users.filter(({ timing }) => timing === 'past')
  const names = new UserNames(options.maskEmails, startedAt)
  for (const line of planOf(list, options, names)) log.info(line)
  log.phase('Inputs read')

  const progress = new ProgressLog(log, due.length, names)
  const settled =
    inputs.kind === 'run'
      ? await settle(inputs, { due, past }, progress, stop, log)
      : settleOffline(due, progress)
  log.phase('Users seen to')
  const outcomes = list.users.map(
    (user): Outcome =>
      settled.get(user) ?? {
        status: user.timing === 'past' ? 'past' : 'not_due',
        revocation: 'not_sent',
        user,
      },
  )
  const finishedAt = Date.now()
  const workflowRun = await readWorkflowRun()
  return await publish(
    { options, outcomes, badRows: list.badRows, stopped: stop.reason, startedAt, finishedAt, workflowRun },
    log,
  )
}

/** All that looks like an address; a word alone must not be made a secret. */
function addressesOf({ users, badRows }: UserList): string[] {
  return [...users, ...badRows].map(({ email }) => email).filter((email) => email.includes('@'))
}

/** Nothing is sent: whoever is due would be revoked. */
function settleOffline(due: readonly User[], progress: ProgressLog): Outcomes {
  const outcomes = due.map((user): DueOutcome => ({ status: 'would_revoke', revocation: 'not_sent', user }))
  for (const outcome of outcomes) progress.outcome(outcome)
  return new Map(outcomes.map((outcome) => [outcome.user, outcome]))
}

async function settle(
  inputs: Run,
  { due, past }: Readonly<Record<'due' | 'past', readonly User[]>>,
  progress: ProgressLog,
  stop: RunStop,
  log: Log,
): Promise<Outcomes> {
  const { list, options, credential } = inputs
  const { baseUrl, target, concurrency } = options
  if (!baseUrl.cloudflare) {
    log.warning(
      `Requests go to ${baseUrl.href}, which is not Cloudflare's API: what is confirmed there says nothing about Cloudflare.`,
    )
  }
  const connection = connect(inputs, due.length, stop, log)
  if (options.dryRun && list.users.length > 0) {
    const check = await checkCredential(connection.endpoints, credential, target)
    if (check.verdict === 'failed') stop.stop(check)
    else if (check.verdict === 'unchecked') log.warning(`${check.what}. ${check.remedy}`)
    else log.info(`${check.what}. ${check.remedy}`)
  }
  const lookUps = looksUp(options)
    ? (await import('./revocation/run-with-look-ups.ts')).runWithLookUps(connection, due, past, log)
    : undefined
  const outcomes = await revokeAll(due, {
    revokeOne: lookUps?.revokeOne ?? (async (user) => revokeOnly(user, connection)),
    concurrency,
    stop,
    onOutcome: (outcome) => {
      progress.outcome(outcome)
    },
    onUnexpected: (error) => {
      log.unexpected(error)
    },
  })
  if (lookUps === undefined || stop.reason !== undefined) return outcomes
  const neglected = await lookUps.neglected()
  for (const { user, warnings } of neglected) progress.warn(user, warnings)
  return new Map([...outcomes, ...neglected.map((outcome) => [outcome.user, outcome] as const)])
}

/** What is done where nobody is looked up. */
async function revokeOnly(user: User, { endpoints, options }: Connection): Promise<Pending> {
  return options.dryRun
    ? { status: 'would_revoke', revocation: 'not_sent', user }
    : revokeUser(endpoints, user, user.userUid, options)
}

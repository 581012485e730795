import { CallQueue } from './cloudflare/call-queue.ts'
import { Client } from './cloudflare/client.ts'
import { checkCredential } from './cloudflare/credential-check.ts'
import { Endpoints } from './cloudflare/endpoints.ts'
import { HttpExchanger } from './cloudflare/http-exchange.ts'
import { type OfflineCheck, readInputs, type Run } from './inputs/inputs.ts'
import { zoneDoubts } from './inputs/zone-doubts.ts'
import { ProgressLog } from './result/progress-log.ts'
import { publish, publishProblems } from './result/publish.ts'
import { planOf } from './result/sentences.ts'
import type { DueOutcome, Outcome } from './revocation/outcome.ts'
import { type Outcomes, type Pending, revokeAll } from './revocation/revoke-all.ts'
import { revokeUser } from './revocation/revoke-user.ts'
import { SessionWatch } from './revocation/wait-for-sessions.ts'
import { UserRecordsReader } from './revocation/user-records.ts'
import { rehearse, revokeAndVerify, type Revoker } from './revocation/revoke-and-verify.ts'
import { Log } from './runner/log.ts'
import { RunStop } from './runner/run-stop.ts'
import { stopOnSignals } from './runner/signals.ts'
import { insistOnCertificates } from './runner/tls.ts'
import { readWorkflowRun } from './runner/workflow-run.ts'
import type { UserList } from './users/user-list.ts'
import { timing, type User } from './users/user.ts'

/** As many calls as a verified user needs: records, sessions, the revocation, and a few reads after it. */
const CALLS_TO_VERIFY = 7

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
  stop.starting.addEventListener('abort', () => {
    if (stop.why !== undefined) log.error(`${stop.why.what}. ${stop.why.remedy}`)
  })
  using _signals = stopOnSignals(stop)
  const inputs = await readInputs(startedAt)
  if (inputs.kind === 'problems') return await publishProblems(inputs, log)
  if (inputs.kind === 'run' && insistOnCertificates()) {
    log.warning(
      '`NODE_TLS_REJECT_UNAUTHORIZED` is ignored: certificates are always verified. For an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to its CA certificate.',
    )
  }
  const { list, options } = inputs
  if (options.maskEmails) log.maskAddresses(addressesOf(list))
  for (const warning of inputs.warnings) log.warning(warning)
  const timings = new Map(list.users.map((user) => [user, timing(user, startedAt, options.dueWithinDays)]))
  const due = list.users.filter((user) => timings.get(user) === 'due')
  log.phase('Inputs read')

  const settled =
    inputs.kind === 'run' ? await settle(inputs, due, stop, log) : settleOffline(inputs, due, log)
  log.phase('Users seen to')
  const outcomes = list.users.map(
    (user): Outcome =>
      settled.get(user) ?? {
        status: timings.get(user) === 'past' ? 'past' : 'not_due',
        revocation: 'not_sent',
        user,
      },
  )
  const finishedAt = Date.now()
  const workflowRun = await readWorkflowRun()
  return await publish(
    { options, outcomes, badRows: list.badRows, stopped: stop.why, startedAt, finishedAt, workflowRun },
    log,
  )
}

/** All that looks like an address; a word alone must not be made a secret. */
function addressesOf({ users, badRows }: UserList): string[] {
  return [...users, ...badRows].map(({ email }) => email).filter((email) => email.includes('@'))
}

/** Nothing is sent: whoever is due would be revoked. */
function settleOffline({ list, options }: OfflineCheck, due: readonly User[], log: Log): Outcomes {
  for (const line of planOf(list, due, options)) log.info(line)
  const progress = new ProgressLog(log, due.length)
  const outcomes = due.map((user): DueOutcome => ({ status: 'would_revoke', revocation: 'not_sent', user }))
  for (const outcome of outcomes) progress.outcome(outcome)
  return new Map(outcomes.map((outcome) => [outcome.user, outcome]))
}

async function settle(inputs: Run, due: readonly User[], stop: RunStop, log: Log): Promise<Outcomes> {
  const { list, options, credential } = inputs
  const { baseUrl, target, concurrency } = options
  if (!baseUrl.cloudflare) {
    log.warning(
      `Requests go to ${baseUrl.href}, which is not Cloudflare's API: what is confirmed there says nothing about Cloudflare.`,
    )
  }
  const doubts = zoneDoubts(options, due, credential)
  if (doubts !== undefined) log.warning(doubts)
  for (const line of planOf(list, due, options)) log.info(line)
  const revoker = connect(inputs, due.length, stop, log)
  if (options.dryRun && list.users.length > 0) {
    const check = await checkCredential(revoker.endpoints, credential, target)
    if (check.verdict === 'failed') stop.stop(check)
    else if (check.verdict === 'unchecked') log.warning(`${check.what}. ${check.remedy}`)
    else log.info(`${check.what}. ${check.remedy}`)
  }
  const progress = new ProgressLog(log, due.length)
  return revokeAll(due, {
    revokeOne: (user) => revokeOne(user, revoker),
    concurrency,
    stop,
    onOutcome: (outcome) => {
      progress.outcome(outcome)
    },
    onUnexpected: revoker.onUnexpected,
  })
}

function connect({ options, credential }: Run, due: number, stop: RunStop, log: Log): Revoker {
  const { baseUrl, target, maxAttempts, requestTimeout, concurrency } = options
  const http = new HttpExchanger(requestTimeout)
  const queue = new CallQueue({ concurrency, calls: due * (options.verify ? CALLS_TO_VERIFY : 1), stop, log })
  const client = new Client({ baseUrl: baseUrl.href, credential, maxAttempts, http, queue, stop, log })
  const endpoints = new Endpoints(client, target)
  return {
    endpoints,
    queue,
    stop,
    records: new UserRecordsReader(endpoints, log),
    watch: new SessionWatch(endpoints, queue, stop),
    options,
    onUnexpected: (error) => {
      log.unexpected(error)
    },
  }
}

async function revokeOne(user: User, revoker: Revoker): Promise<Pending> {
  const { endpoints, options } = revoker
  const { dryRun, verify } = options
  if (verify) return dryRun ? rehearse(user, revoker) : revokeAndVerify(user, revoker)
  return dryRun
    ? { status: 'would_revoke', revocation: 'not_sent', user }
    : revokeUser(endpoints, user, user.userUid, options)
}

import { enforceTlsVerification } from './cloudflare/http-exchange.ts'
import { type Inputs, readInputs, type Run } from './inputs/checked-inputs.ts'
import { publish, publishProblems } from './result/publish.ts'
import { outcomeLogger, plannedLines } from './result/run-log.ts'
import type { DueOutcome, Outcome } from './revocation/outcome.ts'
import { checkCredentialOf, offlineOutcomes, revokeAll } from './revocation/revoke-all.ts'
import { readProvenance } from './runner/environment.ts'
import { Log } from './runner/log.ts'
import { RunStop } from './runner/run-stop.ts'
import { addressesIn } from './text/email-address.ts'
import { isProblem, placedText } from './text/problem.ts'
import type { User } from './users/user.ts'
import { findNotListed, type NotListed } from './verify/not-listed.ts'
import { createRunContext } from './verify/run-context.ts'

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
    if (stop.reason !== undefined) log.info(`${stop.reason.what}. Nothing more is sent.`)
  })
  stop.stopOnSignals()
  const inputs = await readInputs(startedAt)
  if (inputs.kind === 'problems') return publishProblems(inputs, await readProvenance(startedAt), log)
  const { list, options } = inputs
  if (options.maskEmails) log.maskAddresses(addressesOf([...list.users, ...list.badRows]))
  for (const warning of [...inputs.warnings.map(placedText), ...networkWarnings(inputs)]) log.warning(warning)
  const due = list.users.filter(({ timing }) => timing === 'due')
  for (const line of plannedLines(list, options, startedAt)) log.info(line)

  const logOutcome = outcomeLogger(log, due.length, options, startedAt)
  const { processed, notListed } =
    inputs.kind === 'run'
      ? await revoke(inputs, due, logOutcome, stop, log)
      : { processed: offlineOutcomes(due, options, logOutcome), notListed: undefined }

  const outcomes = list.users.map((user) => processed.get(user) ?? notProcessed(user))
  const provenance = await readProvenance(startedAt)
  return publish({ options, list, outcomes, notListed, stopped: stop.reason, ...provenance }, log)
}

async function revoke(
  inputs: Run,
  due: readonly User[],
  onOutcome: (outcome: DueOutcome) => void,
  stop: RunStop,
  log: Log,
): Promise<{ processed: ReadonlyMap<User, Outcome>; notListed: NotListed | undefined }> {
  const run = createRunContext(inputs, due, stop, log)
  if (run.options.dryRun && inputs.list.users.length > 0) await checkCredentialOf(inputs.credential, run)
  const processed = await revokeAll(due, run, onOutcome)
  const notListed = await findNotListed(inputs.list, run)
  if (run.options.maskEmails && notListed !== undefined && !isProblem(notListed))
    log.maskAddresses(addressesOf(notListed))
  return { processed, notListed }
}

function notProcessed(user: User): Outcome {
  return { status: user.timing === 'past' ? 'past' : 'not_due', revocation: 'not_sent', user }
}

/** What is odd about where requests go. */
function networkWarnings({ kind, options: { baseUrl } }: Inputs): string[] {
  if (kind !== 'run') return []
  const tls =
    '`NODE_TLS_REJECT_UNAUTHORIZED` is ignored: certificates are always verified. For an inspecting proxy, set `NODE_EXTRA_CA_CERTS` to its CA certificate.'
  const elsewhere = `Requests go to ${baseUrl.href}, which is not Cloudflare's API, so its confirmations do not count.`
  return [...(enforceTlsVerification() ? [tls] : []), ...(baseUrl.cloudflare ? [] : [elsewhere])]
}

/** Only what is an address or nearly so: a plain word, or a mere @, would be masked everywhere in the log. */
function addressesOf(users: readonly { readonly email: string }[]): string[] {
  return users.flatMap(({ email }) => addressesIn(email))
}

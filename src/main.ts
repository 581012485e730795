import * as core from '@actions/core'
import { ApiClient } from './api-client.ts'
import { Cloudflare } from './cloudflare.ts'
import { checkCredential } from './credential-check.ts'
import { Exchanger } from './exchange.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { Log } from './log.ts'
import { LookUps } from './look-up.ts'
import { Narrator } from './narrator.ts'
import type { Outcome } from './outcome.ts'
import { Pace } from './pace.ts'
import { Privacy } from './privacy.ts'
import { type Prover, rehearseWithProof, revokeWithProof } from './proof.ts'
import { publish } from './publication.ts'
import { revoke } from './revoke.ts'
import { type Outcomes, type Pending, runAll } from './run.ts'
import { readRunFacts } from './run-facts.ts'
import { isGreen } from './run-record.ts'
import { RunStop } from './run-stop.ts'
import { stopOnSignals } from './signals.ts'
import { timing, type User } from './user.ts'
import { quantity } from './quantity.ts'
import { Verifier } from './verify.ts'
import { planOf } from './wording.ts'

/** As many problems are told in the annotation; the log has them all. */
const FEW_PROBLEMS = 20

/** What the parts of a run share. */
interface Run {
  readonly inputs: Inputs
  readonly due: readonly User[]
  readonly prover: Prover
  readonly stop: RunStop
  readonly log: Log
  readonly narrator: Narrator
}

/**
 * The story of the step: inputs, users, revocations, report, outputs.
 *
 * @returns whether the step may be green
 * @throws Error for what nobody thought of, outputs that cannot be written included
 */
export async function main(): Promise<boolean> {
  const startedAt = Date.now()
  const log = new Log()
  const stop = new RunStop((why) => {
    log.error(why)
  })
  using _signals = stopOnSignals(stop)
  const inputs = await readInputs(startedAt)
  if ('problems' in inputs) {
    tellProblems(log, inputs.problems)
    return false
  }
  const { users, maskEmails } = inputs
  if (maskEmails) for (const { email } of users) core.setSecret(email)
  const privacy = new Privacy(maskEmails)
  const timings = new Map(users.map((user) => [user, timing(user, startedAt, inputs.dueWithinDays)]))
  const due = users.filter((user) => timings.get(user) === 'due')
  tellPlan(log, inputs, due, privacy)

  const prover = connect(inputs, stop, log, privacy)
  const settled = await settle({
    inputs,
    due,
    prover,
    stop,
    log,
    narrator: new Narrator(log, privacy, due.length),
  })
  const outcomes = users.map(
    (user): Outcome =>
      settled.get(user) ?? {
        status: timings.get(user) === 'past' ? 'past' : 'not_due',
        revocation: 'not_sent',
        user,
      },
  )
  const finishedAt = Date.now()
  const record = {
    options: inputs,
    outcomes,
    stopped: stop.why,
    startedAt,
    finishedAt,
    facts: readRunFacts(),
  }
  const published = await publish(record, privacy, log)
  return published && isGreen(record)
}

function tellProblems(log: Log, problems: readonly string[]): void {
  const wrong =
    problems.length === 1 ? 'One thing is wrong' : `${quantity(problems.length, 'thing')} are wrong`
  const lines = problems.map((problem, index) => `${index + 1}. ${problem}`)
  const more = lines.length - FEW_PROBLEMS
  if (more > 0) for (const line of lines) log.info(line)
  log.verdict(
    `Nothing was sent: ${wrong} with the inputs.`,
    ...lines.slice(0, FEW_PROBLEMS),
    ...(more > 0 ? [`${quantity(more, 'more problem')}: see the log.`] : []),
  )
}

function tellPlan(log: Log, inputs: Inputs, due: readonly User[], privacy: Privacy): void {
  const { baseUrl, users, ifEmpty } = inputs
  if (!baseUrl.cloudflare) {
    log.warning(
      `The requests go to ${baseUrl.href}, which is not Cloudflare's: what is confirmed there says nothing about Cloudflare.`,
    )
  }
  for (const line of planOf(inputs, due, privacy)) log.info(line)
  if (users.length > 0) return
  const empty = 'The list has no users, so there is nothing to do.'
  if (ifEmpty === 'fail') log.error(`${empty} If that is no mistake, set \`if-empty\` to warn or ignore.`)
  else if (ifEmpty === 'warn') log.warning(empty)
  else log.info(empty)
}

function connect(inputs: Inputs, stop: RunStop, log: Log, privacy: Privacy): Prover {
  const { baseUrl, target, credential, maxAttempts, requestTimeout, concurrency } = inputs
  const announce = (line: string, email?: string): void => {
    log.info(email === undefined ? line : privacy.text(line, email))
  }
  const hide = (text: string, email: string): string => privacy.text(text, email)
  const exchanger = new Exchanger(requestTimeout, concurrency)
  const pace = new Pace({ concurrency, stop, announce })
  const client = new ApiClient({
    baseUrl: baseUrl.href,
    credential,
    maxAttempts,
    exchanger,
    pace,
    stop,
    announce,
    hide,
  })
  const cloudflare = new Cloudflare(client, target)
  const lookUps = new LookUps(cloudflare, (why) => {
    log.error(why)
  })
  return { cloudflare, lookUps, verifier: new Verifier(cloudflare, pace, stop), options: inputs }
}

async function settle(run: Run): Promise<Outcomes> {
  const { inputs, due, prover, stop, log, narrator } = run
  const { dryRun, verify, credential, target, concurrency } = inputs
  if (dryRun && inputs.users.length > 0) {
    const { verdict, sentence } = await checkCredential(prover.cloudflare, credential, target)
    if (verdict === 'failed') stop.stop(sentence)
    else if (verdict === 'unchecked') log.warning(sentence)
    else log.info(sentence)
  }
  return runAll(due, {
    revokeOne: (user) => revokeOne(user, dryRun, verify, prover),
    concurrency,
    stop,
    onOutcome: (outcome) => {
      narrator.outcome(outcome)
    },
  })
}

async function revokeOne(user: User, dryRun: boolean, verify: boolean, prover: Prover): Promise<Pending> {
  const { cloudflare, lookUps, options } = prover
  if (!dryRun) return verify ? revokeWithProof(user, prover) : revoke(cloudflare, user, options)
  return verify
    ? rehearseWithProof(user, lookUps, options)
    : { status: 'would_revoke', revocation: 'not_sent', user }
}

import { Client } from '../cloudflare/client.ts'
import { Endpoints } from '../cloudflare/endpoints.ts'
import { HttpExchanger } from '../cloudflare/http-exchange.ts'
import { type ApiProblem, problemText } from '../cloudflare/problem.ts'
import { Throttle } from '../cloudflare/throttle.ts'
import type { Run } from '../inputs/checked-inputs.ts'
import { needsLookUp, type RunOptions } from '../inputs/options.ts'
import type { Log } from '../runner/log.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { duration, grouped } from '../text/measures.ts'
import type { User } from '../users/user.ts'
import { type CallPlan, planCalls } from './call-plan.ts'
import { RegistrationsReader } from './registrations-reader.ts'
import { UserDirectory } from './user-directory.ts'

/** How long reads of several users' devices are gathered into one call: enough for a dozen where calls go one by one. */
const GATHER_READS_MS = 5_000

/** What all parts of a run share. */
export interface RunContext {
  readonly options: RunOptions
  readonly plan: CallPlan
  readonly endpoints: Endpoints
  readonly throttle: Throttle
  readonly stop: RunStop
  readonly log: Log
  readonly directory: UserDirectory
  readonly registrations: RegistrationsReader
  /**
   * Logs, once for each consequence, that the credential was refused something that the run needs for every user.
   *
   * @param consequence - what it means for the run, in full sentences
   */
  readonly reportRefusal: (consequence: string, problem: ApiProblem) => void
}

/** Sets up a run for the users who are due. */
export function createRunContext(
  { options, credential }: Pick<Run, 'options' | 'credential'>,
  due: readonly User[],
  stop: RunStop,
  log: Log,
): RunContext {
  const { baseUrl, target, maxAttempts, requestTimeout, concurrency } = options
  const plan = planCalls(due.length, options)
  const throttle = new Throttle({ concurrency, calls: plan.maxCalls, stop, log })
  const http = new HttpExchanger(requestTimeout)
  const client = new Client({ baseUrl: baseUrl.href, credential, maxAttempts, http, throttle, log })
  const endpoints = new Endpoints(client, target)
  const lookUps = needsLookUp(options) ? due.map(({ email }) => email) : []
  const directory = new UserDirectory(endpoints, lookUps, options.notListed !== 'ignore', () => {
    if (plan.isLong) log.info(expectedCalls(plan))
  })
  const gatherForMs = plan.isLong ? GATHER_READS_MS : 0
  const registrations = new RegistrationsReader(endpoints, directory, throttle, gatherForMs)
  const reported = new Set<string>()
  const reportRefusal = (consequence: string, problem: ApiProblem): void => {
    if (reported.has(consequence)) return
    reported.add(consequence)
    const sentences = [consequence, problemText(problem)]
    // A credential that is not accepted at all, or a wrong account, matters more than the permission: it comes first.
    log.error((problem.permission === undefined ? sentences.reverse() : sentences).join(' '))
  }
  return { options, plan, endpoints, throttle, stop, log, directory, registrations, reportRefusal }
}

/** Cloudflare takes 1,200 calls in five minutes. */
function expectedCalls({ callsOneByOne }: CallPlan): string {
  const time = duration((callsOneByOne / 1_200) * 5 * 60_000)
  return `Users are looked up one by one, because the whole organization could not be listed in fewer calls: expect about ${grouped(callsOneByOne)} calls, and ${time} at Cloudflare's rate limit.`
}

import { Client } from '../cloudflare/client.ts'
import { Endpoints } from '../cloudflare/endpoints.ts'
import { HttpExchanger } from '../cloudflare/http-exchange.ts'
import { type ApiProblem, problemText } from '../cloudflare/problem.ts'
import { Throttle } from '../cloudflare/throttle.ts'
import type { Run } from '../inputs/checked-inputs.ts'
import type { RunOptions } from '../inputs/options.ts'
import type { Log } from '../runner/log.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { duration, grouped } from '../text/measures.ts'
import { GATHER_READS_MS } from '../timings.ts'
import { RegistrationsReader } from './registrations-reader.ts'
import { UserDirectory } from './user-directory.ts'

/** The calls that a run will make. */
export interface CallPlan {
  /** Whether evidence from before the revocation is left out where it costs a call for each user. */
  readonly isLong: boolean
  /** The calls of the run if little has to be repeated. */
  readonly maxCalls: number
  /** The calls of the run if each user is looked up individually. */
  readonly callsOneByOne: number
}

/** What all parts of a run share. */
export interface RunContext {
  readonly options: RunOptions
  readonly plan: CallPlan
  readonly endpoints: Endpoints
  readonly queue: Throttle
  readonly stop: RunStop
  readonly log: Log
  readonly directory: UserDirectory
  readonly registrations: RegistrationsReader
  /**
   * Logs, once for each permission, that the credential was refused something that the run needs for every user.
   *
   * @param consequence - what it means for the run, in full sentences
   */
  readonly reportRefusal: (consequence: string, problem: ApiProblem) => void
}

/**
 * Sets up a run.
 *
 * @param lookUps - the addresses of all users who may be looked up
 */
export function createRunContext(
  { options, credential }: Run,
  plan: CallPlan,
  lookUps: readonly string[],
  stop: RunStop,
  log: Log,
): RunContext {
  const { baseUrl, target, maxAttempts, requestTimeout, concurrency } = options
  const queue = new Throttle({ concurrency, calls: plan.maxCalls, stop, log })
  const http = new HttpExchanger(requestTimeout)
  const client = new Client({ baseUrl: baseUrl.href, credential, maxAttempts, http, throttle: queue, log })
  const endpoints = new Endpoints(client, target)
  const directory = new UserDirectory(endpoints, lookUps, () => {
    if (plan.isLong) log.info(expectedCalls(plan))
  })
  const gatherForMs = plan.isLong ? GATHER_READS_MS : 0
  const registrations = new RegistrationsReader(endpoints, directory, { queue, stop, gatherForMs })
  const reported = new Set<string>()
  const reportRefusal = (consequence: string, problem: ApiProblem): void => {
    if (reported.has(consequence)) return
    reported.add(consequence)
    const sentences = [consequence, problemText(problem)]
    // A credential that is not accepted at all, or a wrong account, matters more than the permission: it comes first.
    log.error((problem.permission === undefined ? sentences.reverse() : sentences).join(' '))
  }
  return { options, plan, endpoints, queue, stop, log, directory, registrations, reportRefusal }
}

/** Cloudflare takes 1,200 calls in five minutes. */
function expectedCalls({ callsOneByOne }: CallPlan): string {
  const time = duration((callsOneByOne / 1_200) * 5 * 60_000)
  return `Users are looked up one by one, because the whole organization could not be listed in fewer calls: expect about ${grouped(callsOneByOne)} calls, and ${time} at Cloudflare's rate limit.`
}

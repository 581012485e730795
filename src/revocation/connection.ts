import { CallQueue } from '../cloudflare/call-queue.ts'
import { Client } from '../cloudflare/client.ts'
import { Endpoints } from '../cloudflare/endpoints.ts'
import { HttpExchanger } from '../cloudflare/http-exchange.ts'
import type { Run } from '../inputs/inputs.ts'
import type { RunOptions } from '../inputs/options.ts'
import type { Log } from '../runner/log.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { type CallPlan, planCalls } from './call-plan.ts'

/** What it takes to call Cloudflare in one run. */
export interface Connection {
  readonly endpoints: Endpoints
  readonly queue: CallQueue
  readonly stop: RunStop
  readonly plan: CallPlan
  readonly options: RunOptions
}

/**
 * Sets up the calls of one run.
 *
 * @param due - how many users are due
 */
export function connect({ options, credential }: Run, due: number, stop: RunStop, log: Log): Connection {
  const { baseUrl, target, maxAttempts, requestTimeout, concurrency } = options
  const plan = planCalls(due, options)
  const queue = new CallQueue({ concurrency, calls: plan.mostCalls, stop, log })
  const http = new HttpExchanger(requestTimeout)
  const client = new Client({ baseUrl: baseUrl.href, credential, maxAttempts, http, queue, stop, log })
  return { endpoints: new Endpoints(client, target), queue, stop, plan, options }
}

import { CallQueue } from '../cloudflare/call-queue.ts'
import { Client } from '../cloudflare/client.ts'
import { Endpoints } from '../cloudflare/endpoints.ts'
import { HttpExchanger } from '../cloudflare/http-exchange.ts'
import type { Run } from '../inputs/inputs.ts'
import { provesDevices, provesSessions, type RunOptions } from '../inputs/options.ts'
import { keepHeapSmall } from '../runner/heap.ts'
import type { Log } from '../runner/log.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { duration, grouped } from '../text/quantity.ts'
import type { User } from '../users/user.ts'
import { type CallPlan, planCalls } from './call-plan.ts'
import { Patience } from './patience.ts'
import type { Prover } from './prover.ts'
import { RegistrationsReader } from './registrations-reader.ts'
import { SeatRemover } from './seat-remover.ts'
import { UserDirectory } from './user-directory.ts'
import { UserRecordsReader } from './user-records.ts'

/** What it takes to revoke users and to prove it. */
export interface Revoker extends Prover {
  readonly directory: UserDirectory
  readonly records: UserRecordsReader
}

/**
 * Sets up all that works on one run.
 *
 * @param due - the users to revoke
 * @param others - users who are looked up besides
 */
export function createRevoker(
  { options, credential }: Run,
  due: readonly User[],
  others: readonly User[],
  stop: RunStop,
  log: Log,
): Revoker {
  const { baseUrl, target, maxAttempts, requestTimeout, concurrency, dryRun } = options
  const plan = planCalls(due.length, options)
  if (plan.isLong) keepHeapSmall()
  const queue = new CallQueue({ concurrency, calls: plan.mostCalls + others.length, stop, log })
  const http = new HttpExchanger(requestTimeout)
  const client = new Client({ baseUrl: baseUrl.href, credential, maxAttempts, http, queue, stop, log })
  const endpoints = new Endpoints(client, target)
  const directory = new UserDirectory(
    endpoints,
    [...due, ...others].map(({ email }) => email),
    () => {
      if (plan.isLong) log.info(expectationOf(plan))
    },
  )
  const registrations = new RegistrationsReader(endpoints, {
    queue,
    stop,
    gatherFor: plan.gatherFor,
    near: async (owner, size) => directory.near(owner, size),
    log,
  })
  const records = new UserRecordsReader({
    endpoints,
    directory,
    registrations,
    reads: {
      sessions: provesSessions(options) && (dryRun || !plan.isLong),
      registrations: provesDevices(options),
    },
    ...hindrancesOf(options),
    log,
  })
  return {
    endpoints,
    queue,
    stop,
    directory,
    records,
    registrations,
    patience: new Patience({ queue, stop, firstPause: plan.firstPause }),
    seats: new SeatRemover(endpoints),
    options,
    onUnexpected: (error) => {
      log.unexpected(error)
    },
  }
}

/** Cloudflare takes 1,200 calls in five minutes. */
function expectationOf({ callsSingly }: CallPlan): string {
  const time = duration((callsSingly / 1_200) * 5 * 60_000)
  return `Users are looked up one by one, because listing the whole organization takes more calls: expect about ${grouped(callsSingly)} calls, and ${time} at Cloudflare's rate limit.`
}

/** What cannot be done for want of the users' records, and how to do without them. */
function hindrancesOf(options: RunOptions): { consequence: string; wayOut: string } {
  const consequence = provesSessions(options)
    ? 'Nothing can be verified, so the step will be red.'
    : 'No seat can be freed, so the step will be red.'
  const inputs = [
    ...(provesSessions(options) ? ['`verify`'] : []),
    ...(options.removeSeat ? ['`remove-seat`'] : []),
  ].join(' and ')
  return {
    consequence: options.dryRun ? consequence : `${consequence} ${SENT}`,
    wayOut: `Or remove ${inputs}.`,
  }
}

const SENT = 'Revocations are sent all the same.'

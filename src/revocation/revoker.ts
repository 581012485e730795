import { provesDevices, provesSessions, type RunOptions } from '../inputs/options.ts'
import type { Log } from '../runner/log.ts'
import { duration, grouped } from '../text/quantity.ts'
import type { User } from '../users/user.ts'
import type { CallPlan } from './call-plan.ts'
import type { Connection } from './connection.ts'
import { Patience } from './patience.ts'
import type { Prover } from './prover.ts'
import { RegistrationsReader } from './registrations-reader.ts'
import { SeatRemover } from './seat-remover.ts'
import { UserDirectory } from './user-directory.ts'
import { UserRecordsReader } from './user-records.ts'

/** What it takes to look users up, to revoke them, and to prove it. */
export interface Revoker extends Prover {
  readonly directory: UserDirectory
  readonly records: UserRecordsReader
}

/**
 * Sets up all that works on users who are looked up.
 *
 * @param users - all of them
 */
export function createRevoker(connection: Connection, users: readonly User[], log: Log): Revoker {
  const { endpoints, queue, stop, plan, options } = connection
  const emails = users.map(({ email }) => email)
  const directory = new UserDirectory(endpoints, emails, () => {
    if (plan.isLong) log.info(expectationOf(plan))
  })
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
      sessions: provesSessions(options) && (options.dryRun || !plan.isLong),
      registrations: provesDevices(options),
    },
    ...hindrancesOf(options),
    log,
  })
  return {
    ...connection,
    directory,
    records,
    registrations,
    patience: new Patience({ queue, stop, firstPause: plan.firstPause }),
    seats: new SeatRemover(endpoints),
    onUnexpected: (error) => {
      log.unexpected(error)
    },
  }
}

/** Cloudflare takes 1,200 calls in five minutes. */
function expectationOf({ callsSingly }: CallPlan): string {
  const time = duration((callsSingly / 1_200) * 5 * 60_000)
  return `Users are looked up one by one, because the whole organization could not be listed in fewer calls: expect about ${grouped(callsSingly)} calls, and ${time} at Cloudflare's rate limit.`
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

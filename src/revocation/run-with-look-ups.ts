import { provesSessions } from '../inputs/options.ts'
import type { Log } from '../runner/log.ts'
import type { User } from '../users/user.ts'
import type { Connection } from './connection.ts'
import type { Untouched } from './outcome.ts'
import { MOST_PAST_USERS, warnOfPastUsers } from './past-users.ts'
import { rehearse } from './rehearse.ts'
import type { Pending } from './revoke-all.ts'
import { revokeAndVerify } from './revoke-and-verify.ts'
import { createRevoker } from './revoker.ts'

/** A run whose users are looked up, for `verify` or `remove-seat`. */
export interface RunWithLookUps {
  readonly revokeOne: (user: User) => Promise<Pending>
  /** The users who left long ago, and may never have been revoked; with `verify` alone. */
  readonly neglected: () => Promise<readonly Untouched[]>
}

/**
 * Sets up a run whose users are looked up. It is loaded on demand, since it makes up a good part of the bundle.
 *
 * @param past - the users whose time is long past
 */
export function runWithLookUps(
  connection: Connection,
  due: readonly User[],
  past: readonly User[],
  log: Log,
): RunWithLookUps {
  const { options } = connection
  const others = provesSessions(options) ? past.slice(0, MOST_PAST_USERS) : []
  const revoker = createRevoker(connection, [...due, ...others], log)
  return {
    revokeOne: async (user) =>
      options.dryRun ? rehearse(user, revoker.records, options) : revokeAndVerify(user, revoker),
    neglected: async () => warnOfPastUsers(others, revoker.directory, options.concurrency),
  }
}

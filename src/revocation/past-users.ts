import pMap from 'p-map'
import { quantity } from '../text/quantity.ts'
import type { User } from '../users/user.ts'
import type { Untouched } from './outcome.ts'
import { loginAfterLeaving } from './judge-sessions.ts'
import { devicesOf, type UserDirectory } from './user-directory.ts'

/** So many users who left long ago are looked up at the most; each may cost a call. */
export const MOST_PAST_USERS = 100

/**
 * Looks for users who left long ago and may never have been revoked: they still have active devices, and never signed
 * in since. A user who did sign in may have been hired again.
 *
 * @param past - the users whose time is long past
 * @returns those users, each with a warning
 */
export async function warnOfPastUsers(
  past: readonly User[],
  directory: UserDirectory,
  concurrency: number,
): Promise<readonly Untouched[]> {
  const warned = await pMap(
    past,
    async (user): Promise<Untouched[]> => {
      const call = await directory.find(user.email)
      if (call.kind !== 'result' || loginAfterLeaving(user, call.result) !== undefined) return []
      const devices = devicesOf(call.result) ?? 0
      if (devices === 0) return []
      const warning = `The user still has ${quantity(devices, 'active device')} and has not signed in since \`revoke_after\`, so the user may never have been revoked. To revoke the user now, raise \`due-within-days\`.`
      return [{ status: 'past', revocation: 'not_sent', user, warnings: [warning] }]
    },
    { concurrency },
  )
  return warned.flat()
}

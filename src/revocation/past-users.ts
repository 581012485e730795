import pMap from 'p-map'
import { countDevices, loginAfterLeaving } from '../organization/owner.ts'
import type { RunContext } from '../organization/run-context.ts'
import { quantity } from '../text/quantity.ts'
import type { User } from '../users/user.ts'
import type { NotProcessed } from './outcome.ts'

/** At most this many past users are looked up, since each may cost a call. */
export const MAX_PAST_USERS = 100

/**
 * Finds past users who may never have been revoked: they still have active devices, and never signed in since. A user
 * who did sign in may have been rehired.
 *
 * @returns those users, each with a warning
 */
export async function pastUsersStillActive(
  past: readonly User[],
  { directory, options: { concurrency } }: Pick<RunContext, 'directory' | 'options'>,
): Promise<readonly NotProcessed[]> {
  const found = await pMap(
    past,
    async (user): Promise<NotProcessed[]> => {
      const call = await directory.find(user.email)
      if (call.kind !== 'result' || loginAfterLeaving(user, call.result) !== undefined) return []
      const devices = countDevices(call.result) ?? 0
      if (devices === 0) return []
      const warning = `The user still has ${quantity(devices, 'active device')} and has not signed in since \`revoke_after\`, so the user may never have been revoked. To revoke the user now, raise \`due-within-days\`.`
      return [{ status: 'past', revocation: 'not_sent', user, warnings: [warning] }]
    },
    { concurrency },
  )
  return found.flat()
}

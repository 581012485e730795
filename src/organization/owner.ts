import type { AccessUser } from '../cloudflare/records.ts'
import { uuidKey } from '../text/uuid.ts'
import type { User } from '../users/user.ts'

/** An address with all records that carry it. Several records count as one user. */
export interface Owner {
  readonly email: string
  readonly records: readonly AccessUser[]
  /** When the records were read, by the clock of {@link ServerTime.receivedAt}. */
  readonly readAt: number
}

/** How many devices the records count together; undefined if one of them does not say. */
export function countDevices(records: readonly AccessUser[]): number | undefined {
  return records.reduce<number | undefined>(
    (sum, { active_device_count: count }) =>
      sum === undefined || count === undefined ? undefined : sum + count,
    0,
  )
}

/** Whether one of the records has the UUID. */
export function hasUuid(records: readonly AccessUser[], uuid: string): boolean {
  return records.flatMap(({ id, uid = id }) => [id, uid]).some((each) => uuidKey(each) === uuidKey(uuid))
}

/**
 * When a user signed in after `revoke_after`, and how long after it, both in milliseconds. Undefined if the last login
 * is not known or came before.
 */
export function loginAfterLeaving(
  { revokeAfter }: User,
  records: readonly AccessUser[],
): { at: number; since: number } | undefined {
  const login = lastLogin(records)
  if (revokeAfter === undefined || login === undefined || login <= revokeAfter.at) return undefined
  return { at: login, since: login - revokeAfter.at }
}

function lastLogin(records: readonly AccessUser[]): number | undefined {
  const logins = records.flatMap(({ last_successful_login: login }) =>
    typeof login === 'object' ? [login.at] : [],
  )
  return logins.sort((one, other) => other - one)[0]
}

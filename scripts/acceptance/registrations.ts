import type { Registration } from '../../src/cloudflare/records.ts'
import { addressKey } from '../../src/text/email-address.ts'
import { monotonicMs } from '../../src/text/measures.ts'
import { DEVICES_TIMEOUT_MS } from '../../src/verify/devices.ts'
import { type Account, TEST_USER } from './account.ts'
import { pollUntil } from './sessions.ts'
import { resultOf, type TestUser } from './test-user.ts'

/** The registrations that are listed for the test user. Each list is undefined if it could not be read. */
export interface Registrations {
  /** For the `id` of the user's records as `user.id`. */
  readonly byId: readonly Registration[] | undefined
  /** For the `uid`. */
  readonly byUid: readonly Registration[] | undefined
}

/** Each read takes two calls. */
const PAUSE_MS = 10_000

/** Reads the user's registrations, including revoked ones. */
export async function readRegistrations({ endpoints }: Account, user: TestUser): Promise<Registrations> {
  const read = async (ids: readonly string[]): Promise<readonly Registration[] | undefined> =>
    ids.length === 0 ? [] : resultOf(await endpoints.registrations(ids, 'all', TEST_USER))
  return {
    byId: await read(user.records.map(({ id }) => id)),
    byUid: await read(user.records.flatMap(({ uid }) => uid ?? [])),
  }
}

/** Reads until the user's registrations are as expected, for as long as the action would wait. */
export async function waitForRegistrations(
  account: Account,
  user: TestUser,
  isDone: (own: readonly Registration[]) => boolean,
): Promise<Registrations> {
  const deadline = monotonicMs() + DEVICES_TIMEOUT_MS
  const read = async (): Promise<Registrations> => readRegistrations(account, user)
  return pollUntil(read, (now) => isDone(ownOf(now, user)), deadline, PAUSE_MS)
}

/** Whether the user's registrations could be read, by both IDs. */
export function isRead({ byId, byUid }: Registrations): boolean {
  return byId !== undefined && byUid !== undefined
}

/** The test user's registrations, each once; lists may contain others. */
export function ownOf({ byId, byUid }: Registrations, { email, records }: TestUser): Registration[] {
  const ids = records.flatMap(({ id, uid }) => [id, uid])
  const own = [...(byId ?? []), ...(byUid ?? [])].filter(({ owner }) =>
    owner.email === undefined
      ? owner.id !== undefined && ids.includes(owner.id)
      : addressKey(owner.email) === addressKey(email),
  )
  return [...new Map(own.map((registration) => [registration.id, registration])).values()]
}

/** Whether the registration is neither revoked nor deleted. Times before its creation mean "not set". */
export function isActive({ createdAt, revokedAt, deletedAt }: Registration): boolean {
  const created = typeof createdAt === 'object' ? createdAt.at : 0
  return [revokedAt, deletedAt].every((time) => typeof time !== 'object' || time.at < created)
}

/** The registrations of `before` that were active and still are. */
export function stillActive(before: readonly Registration[], now: readonly Registration[]): Registration[] {
  const active = new Set(now.filter(isActive).map(({ id }) => id))
  return before.filter((registration) => isActive(registration) && active.has(registration.id))
}

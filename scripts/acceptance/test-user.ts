import { AccessUser, Registration, Session } from '../../src/cloudflare/records.ts'
import { addressKey } from '../../src/text/email-address.ts'
import { idsOfUser } from '../../src/verify/user-directory.ts'
import { type Account, limitsIn, Stop } from './account.ts'

/** A run makes fewer calls than this, so that it never meets the rate limit. */
const MAX_CALLS = 200
const MAX_PAGES = 10

export interface TestUser {
  /** The address in the account's letter case. */
  readonly email: string
  /** All records with the address. */
  readonly records: readonly AccessUser[]
  /** Those that the filter `email` finds by the address, and by the address in the other case. */
  readonly filtered: readonly (readonly AccessUser[])[]
}

/**
 * Finds the test user.
 *
 * @throws Stop if the list cannot be read, if the user is not on it, or if the rate limit is near
 */
export async function findTestUser(account: Account, address: string): Promise<TestUser> {
  const find = async (filter: Readonly<Record<string, string>>): Promise<AccessUser[]> => {
    const query = new URLSearchParams({ ...filter, page: '1', per_page: '1000' })
    const listed = await account.list(AccessUser, '/access/users', { query })
    return listed.filter(({ email }) => addressKey(email) === addressKey(address))
  }
  const found = await find({ search: address })
  const limits = limitsIn(account.answers[0]?.headers['ratelimit'], 'r')
  if (limits.some(([left = 0]) => left < MAX_CALLS)) {
    throw new Stop(
      `Fewer than ${MAX_CALLS} calls are left before Cloudflare's rate limit. Try again in five minutes.`,
    )
  }
  const records = found.length > 0 ? found : await find({ email: address })
  const email = records[0]?.email
  if (email === undefined) {
    throw new Stop(
      'The organization does not know the user in ACCEPTANCE_USER. Sign in to an Access application as the test user first.',
    )
  }
  return { email, records, filtered: [await find({ email }), await find({ email: inOtherCase(email) })] }
}

/** Reads the active sessions of all records of a user. */
export async function sessionsOf(account: Account, user: TestUser): Promise<readonly Session[]> {
  const place = '/access/users/{id}/active_sessions'
  const lists = idsOfUser(user).map(async (id) => account.list(Session, place, { id }))
  return (await Promise.all(lists)).flat()
}

/** Reads the device registrations that are listed for the IDs of a user's records, including revoked ones. */
export async function registrationsOf(
  account: Account,
  { records }: TestUser,
): Promise<readonly Registration[]> {
  const ids = new Set(records.flatMap(({ id, uid = id }) => [id, uid]))
  const query = new URLSearchParams([...ids].map((id): [string, string] => ['user.id', id]))
  query.set('status', 'all')
  const byId = new Map<string, Registration>()
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const listed = await account.list(Registration, '/devices/registrations', { query })
    for (const registration of listed) byId.set(registration.id, registration)
    const cursor = account.lists.at(-1)?.info['cursor']
    if (typeof cursor !== 'string') break
    query.set('cursor', cursor)
  }
  return [...byId.values()]
}

/** Whether the registration is neither revoked nor deleted. Times before its creation mean "not set". */
export function isActive({ createdAt, revokedAt, deletedAt }: Registration): boolean {
  const created = typeof createdAt === 'object' ? createdAt.at : Infinity
  return [revokedAt, deletedAt].every((time) => typeof time !== 'object' || time.at < created)
}

export function inOtherCase(email: string): string {
  return email === email.toUpperCase() ? email.toLowerCase() : email.toUpperCase()
}

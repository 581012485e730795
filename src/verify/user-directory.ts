import type { ServerTime } from '../cloudflare/answer.ts'
import type { Call, FailedCall } from '../cloudflare/client.ts'
import type { Endpoints, UserFilter } from '../cloudflare/endpoints.ts'
import type { AccessUser } from '../cloudflare/records.ts'
import { addressKey } from '../text/email-address.ts'
import { DAY_MS, monotonicMs } from '../text/measures.ts'
import { uuidKey } from '../users/user.ts'
import { timeOf } from './clocks.ts'

/** An address with all records that carry it. Several records count as one user. */
export interface AccountUser {
  readonly email: string
  /** Every record as often as it was read; records of one ID may differ, and then the worse one counts. */
  readonly records: readonly AccessUser[]
  /** Of the answer with the records. */
  readonly time: ServerTime
}

export function idsOfUser({ records }: Pick<AccountUser, 'records'>): string[] {
  return [...new Set(records.map(({ id }) => id))]
}

export function hasUuid({ records }: AccountUser, uuid: string): boolean {
  return records.flatMap(({ id, uid = id }) => [id, uid]).some((each) => uuidKey(each) === uuidKey(uuid))
}

/** How many devices the records count together; undefined if one of them does not say. */
export function countDevices({ records }: Pick<AccountUser, 'records'>): number | undefined {
  const counts = Array.from(Map.groupBy(records, ({ id }) => id).values(), worseCount)
  return counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count = 0) => sum + count, 0)
}

/** The higher count; a record that does not say leaves open only that there are none. */
function worseCount(ofOneId: readonly AccessUser[]): number | undefined {
  const counts = ofOneId.map(({ active_device_count: count }) => count)
  const highest = Math.max(...counts.map((count = 0) => count))
  return highest === 0 && counts.includes(undefined) ? undefined : highest
}

/** `at` is in milliseconds since the epoch; `isKnown` says whether every record says when it was, or that there was none. */
export function lastLoginOf({ records }: Pick<AccountUser, 'records'>) {
  const logins = records.map(({ last_successful_login: login }) => login)
  const times = logins.flatMap((login) => (typeof login === 'object' ? [login.at] : []))
  const at = times.length === 0 ? undefined : Math.max(...times)
  return { at, isKnown: !logins.includes('unreadable') }
}

/** Without a `seat_uid` there is no seat unless a flag says otherwise; with one there is unless both flags are false. */
export function mayHoldSeat({ seat_uid, access_seat, gateway_seat }: AccessUser): boolean {
  const flags = [access_seat, gateway_seat]
  return seat_uid === undefined ? flags.includes(true) : flags.some((flag) => flag !== false)
}

/**
 * Whether the record shows an active device, a seat, or a login within the last 30 days: one longer ago is no sign that
 * the user still has access.
 */
export function isActive(record: AccessUser): boolean {
  const { active_device_count: devices = 0, last_successful_login: login } = record
  const isRecentLogin = typeof login === 'object' && login.at >= Date.now() - 30 * DAY_MS
  return devices > 0 || mayHoldSeat(record) || isRecentLogin || login === 'unreadable'
}

/** How many calls an individual look-up takes as a rule: by address, and by search. */
export const CALLS_OF_LOOK_UP = 2

type Listing = Call<{
  /** Those who are looked up, by the key of their address, in the order given. */
  readonly users: ReadonlyMap<string, AccountUser>
  /** Of active users, too, where all of them are wanted. */
  readonly records: readonly AccessUser[]
}>

const ALL_USERS = 'The list of all users'

/**
 * Looks users up: all at once in the list of the whole organization where that takes fewer calls than one by one. Users
 * missing from the list are looked up individually.
 */
export class UserDirectory {
  readonly #endpoints: Endpoints
  /** All addresses that will be looked up by their keys, in the order given. */
  readonly #wanted: ReadonlyMap<string, string>
  readonly #wantsActive: boolean
  readonly #onUnlisted: () => void
  #listing: Promise<Listing> | undefined

  /**
   * @param wanted - all addresses that will be looked up, each once
   * @param wantsActive - whether {@link activeRecords} will be asked for
   * @param onUnlisted - called if the whole organization would take too many calls, or cannot be listed
   */
  constructor(endpoints: Endpoints, wanted: readonly string[], wantsActive: boolean, onUnlisted: () => void) {
    this.#endpoints = endpoints
    this.#wanted = new Map(wanted.map((email) => [addressKey(email), email]))
    this.#wantsActive = wantsActive
    this.#onUnlisted = onUnlisted
  }

  /**
   * The user with exactly this address, in any letter case; without records if there is none. Never throws for what
   * Cloudflare does.
   */
  async find(email: string): Promise<Call<AccountUser>> {
    if (this.#wanted.size < 2) return this.findNow(email)
    const listing = await (this.#listing ??= this.#list())
    if (listing.kind === 'stopped') return listing
    if (listing.kind === 'problem')
      return listing.problem.scope === 'all_users' ? listing : this.findNow(email)
    const listed = listing.result.users.get(addressKey(email))
    // Records of one ID in one list differ.
    return listed === undefined || listed.records.length > idsOfUser(listed).length
      ? this.findNow(email)
      : { ...listing, result: listed }
  }

  /** The records of all active users of the organization, from the list of the look-ups where it was read whole. */
  async activeRecords(): Promise<Call<readonly AccessUser[]>> {
    const listing = await this.#listing
    return listing?.kind === 'result'
      ? { ...listing, result: listing.result.records.filter(isActive) }
      : this.#endpoints.users({}, ALL_USERS, { keep: isActive })
  }

  /** At most `size` listed users, one of whom is this one; the user alone if it was not found in the list. */
  async batchOf(user: AccountUser, size: number): Promise<readonly AccountUser[]> {
    const listing = await this.#listing
    const listed = listing?.kind === 'result' ? [...listing.result.users.values()] : []
    const place = listed.indexOf(user)
    const start = place - (place % size)
    return place === -1 ? [user] : listed.slice(start, start + size)
  }

  /**
   * The same without the list. Filters may return other users, and may be case-sensitive; some users are reported to be
   * found by `search` alone. All records that any of the reads returned count.
   */
  async findNow(email: string): Promise<Call<AccountUser>> {
    const key = addressKey(email)
    const records: AccessUser[] = []
    const read = async (filter: UserFilter): Promise<Call<AccountUser>> => {
      const call = await this.#endpoints.users(filter, email, {
        keep: (user) => addressKey(user.email) === key,
      })
      if (call.kind !== 'result') return call
      records.push(...call.result)
      return { ...call, result: { email, records, time: timeOf(call) } }
    }
    const given = await read({ email })
    if (given.kind !== 'result') return given
    const lower = key === email ? given : await read({ email: key })
    if (lower.kind !== 'result') return lower
    const searched = await read({ search: email })
    const isFinal = searched.kind !== 'result' || records.length > 0 || key === email
    return isFinal ? searched : read({ search: key })
  }

  /** The user's records, read again after a minute, in which the seat and the count of devices may have changed. */
  async refresh(user: AccountUser): Promise<AccountUser | FailedCall> {
    if (monotonicMs() - user.time.receivedAt <= 60_000) return user
    const call = await this.findNow(user.email)
    return call.kind === 'result' ? call.result : call
  }

  async #list(): Promise<Listing> {
    const call = await this.#endpoints.users({}, ALL_USERS, {
      maxPages: CALLS_OF_LOOK_UP * this.#wanted.size - 1,
      keep: (record) => this.#wanted.has(addressKey(record.email)) || (this.#wantsActive && isActive(record)),
    })
    if (call.kind !== 'result') {
      this.#onUnlisted()
      return call
    }
    const byKey = Map.groupBy(call.result, ({ email }) => addressKey(email))
    const users = new Map<string, AccountUser>()
    for (const [key, email] of this.#wanted) {
      const records = byKey.get(key)
      if (records !== undefined) users.set(key, { email, records, time: timeOf(call) })
    }
    return { ...call, result: { users, records: call.result } }
  }
}

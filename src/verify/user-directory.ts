import type { Call } from '../cloudflare/client.ts'
import type { Endpoints, UserFilter } from '../cloudflare/endpoints.ts'
import type { AccessUser } from '../cloudflare/records.ts'
import { addressKey } from '../text/email-address.ts'
import { type AccountUser, isActive, isContradictory } from './account-user.ts'
import { timeOf } from './clocks.ts'

/** How many calls an individual look-up takes as a rule: by address, and by search. */
export const CALLS_OF_LOOK_UP = 2

/** What the list of the whole organization has. */
type Listing = Call<{
  /** Those who are looked up, by the key of their address. */
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
  /** All addresses that will be looked up, in the order given, and their places in it by their keys. */
  readonly #wanted: readonly string[]
  readonly #places: ReadonlyMap<string, number>
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
    this.#wanted = wanted
    this.#places = new Map(wanted.map((email, place) => [addressKey(email), place]))
    this.#wantsActive = wantsActive
    this.#onUnlisted = onUnlisted
  }

  /**
   * The user with exactly this address, in any letter case; without records if there is none. Never throws for what
   * Cloudflare does.
   */
  async find(email: string): Promise<Call<AccountUser>> {
    if (this.#wanted.length < 2) return this.findNow(email)
    const listing = await (this.#listing ??= this.#list())
    if (listing.kind === 'stopped') return listing
    if (listing.kind === 'problem')
      return listing.problem.scope === 'all_users' ? listing : this.findNow(email)
    const listed = listing.result.users.get(addressKey(email))
    return listed === undefined || isContradictory(listed.records)
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
    const key = addressKey(user.email)
    const place = this.#places.get(key)
    if (listing?.kind !== 'result' || listing.result.users.get(key) !== user || place === undefined)
      return [user]
    const start = place - (place % size)
    return this.#wanted
      .slice(start, start + size)
      .flatMap((email) => listing.result.users.get(addressKey(email)) ?? [])
  }

  /**
   * The same without the list. Filters may return other users, and may be case-sensitive; some users are reported to be
   * found by `search` alone. All records that any of the reads returned count.
   */
  async findNow(email: string): Promise<Call<AccountUser>> {
    const lower = addressKey(email)
    const inLowerCase = lower === email ? [] : [{ email: lower }]
    const records: AccessUser[] = []
    for (const filter of [{ email }, ...inLowerCase]) {
      const call = await this.#withAddress(email, filter)
      if (call.kind !== 'result') return call
      records.push(...call.result)
    }
    const searched = await this.#withAddress(email, { search: email })
    if (searched.kind !== 'result') return searched
    records.push(...searched.result)
    if (records.length > 0 || lower === email) return userIn(searched, email, records)
    const last = await this.#withAddress(email, { search: lower })
    return last.kind === 'result' ? userIn(last, email, last.result) : last
  }

  async #withAddress(email: string, filter: UserFilter): Promise<Call<readonly AccessUser[]>> {
    const key = addressKey(email)
    return this.#endpoints.users(filter, email, { keep: (user) => addressKey(user.email) === key })
  }

  async #list(): Promise<Listing> {
    const call = await this.#endpoints.users({}, ALL_USERS, {
      maxPages: CALLS_OF_LOOK_UP * this.#wanted.length - 1,
      keep: (record) => this.#places.has(addressKey(record.email)) || (this.#wantsActive && isActive(record)),
    })
    if (call.kind !== 'result') {
      this.#onUnlisted()
      return call
    }
    const records = Map.groupBy(call.result, ({ email }) => addressKey(email))
    const users = new Map<string, AccountUser>()
    for (const email of this.#wanted) {
      const own = records.get(addressKey(email))
      if (own !== undefined) users.set(addressKey(email), { email, records: own, time: timeOf(call) })
    }
    return { ...call, result: { users, records: call.result } }
  }
}

function userIn(
  call: Extract<Call<unknown>, { kind: 'result' }>,
  email: string,
  records: readonly AccessUser[],
): Call<AccountUser> {
  return { ...call, result: { email, records, time: timeOf(call) } }
}

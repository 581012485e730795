import type { Call } from '../cloudflare/client.ts'
import type { Endpoints, UserFilter } from '../cloudflare/endpoints.ts'
import type { AccessUser } from '../cloudflare/records.ts'
import { addressKey } from '../text/email-address.ts'
import type { Owner } from './owner.ts'

/** The records that the list of the whole organization has of the users who are looked up, by the key of their address. */
type Listing = Call<ReadonlyMap<string, readonly AccessUser[]>>

/**
 * Looks users up: all at once in the list of the whole organization where that takes fewer calls than one by one. Users
 * missing from the list are looked up individually.
 */
export class UserDirectory {
  readonly #endpoints: Endpoints
  /** The keys of all addresses that will be looked up, in the order given. */
  readonly #wanted: readonly string[]
  readonly #isWanted: ReadonlySet<string>
  readonly #onNotListed: () => void
  #listing: Promise<Listing> | undefined

  /**
   * @param wanted - all addresses that will be looked up, each once
   * @param onNotListed - called if the whole organization would take too many calls, or cannot be listed
   */
  constructor(endpoints: Endpoints, wanted: readonly string[], onNotListed: () => void) {
    this.#endpoints = endpoints
    this.#wanted = wanted.map(addressKey)
    this.#isWanted = new Set(this.#wanted)
    this.#onNotListed = onNotListed
  }

  /** The records with exactly this address, in any letter case. Never throws for what Cloudflare does. */
  async find(email: string): Promise<Call<readonly AccessUser[]>> {
    if (this.#wanted.length < 2) return this.findNow(email)
    const listing = await (this.#listing ??= this.#list())
    if (listing.kind === 'stopped') return listing
    if (listing.kind === 'problem')
      return listing.problem.scope === 'all_users' ? listing : this.findNow(email)
    const records = listing.result.get(addressKey(email))
    const isUnclear = records === undefined || new Set(records.map(({ id }) => id)).size < records.length
    return isUnclear ? this.findNow(email) : { ...listing, result: records }
  }

  /** The batch of listed users that this one belongs to, at most `size`; undefined for a user who was not in the list. */
  async batchOf(email: string, size: number): Promise<readonly Owner[] | undefined> {
    const listing = await this.#listing
    const key = addressKey(email)
    if (listing?.kind !== 'result' || !listing.result.has(key)) return undefined
    const start = Math.floor(this.#wanted.indexOf(key) / size) * size
    return this.#wanted.slice(start, start + size).flatMap((each) => {
      const records = listing.result.get(each)
      return records === undefined ? [] : [{ email: each, records, readAt: listing.receivedAt }]
    })
  }

  async #list(): Promise<Listing> {
    const call = await this.#endpoints.users({}, 'The list of all users', {
      maxPages: this.#wanted.length - 1,
      keep: ({ email }) => this.#isWanted.has(addressKey(email)),
    })
    if (call.kind !== 'result') {
      this.#onNotListed()
      return call
    }
    return { ...call, result: Map.groupBy(call.result, ({ email }) => addressKey(email)) }
  }

  /**
   * The same, without the list. The filter may return other users and may be case-sensitive, and some users are reported
   * to be found by `search` only.
   */
  async findNow(email: string): Promise<Call<readonly AccessUser[]>> {
    const found = await this.#withAddress(email, { email })
    if (found.kind !== 'result') return found
    const lower = addressKey(email)
    const folded = lower === email ? found : await this.#withAddress(email, { email: lower })
    if (folded.kind !== 'result') return folded
    // A record that changed between the two reads is as it was read last.
    const ids = new Set(folded.result.map(({ id }) => id))
    const records = [...found.result.filter(({ id }) => !ids.has(id)), ...folded.result]
    if (records.length > 0) return { ...folded, result: records }
    const searched = await this.#withAddress(email, { search: email })
    const isUnknown = searched.kind === 'result' && searched.result.length === 0
    return isUnknown && lower !== email ? this.#withAddress(email, { search: lower }) : searched
  }

  async #withAddress(email: string, filter: UserFilter): Promise<Call<readonly AccessUser[]>> {
    const key = addressKey(email)
    return this.#endpoints.users(filter, email, { keep: (user) => addressKey(user.email) === key })
  }
}

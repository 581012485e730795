import type { AccessUser } from '../cloudflare/records.ts'
import type { Call } from '../cloudflare/client.ts'
import type { Endpoints, UserFilter } from '../cloudflare/endpoints.ts'
import { distinct } from '../cloudflare/list-pages.ts'
import { addressKey } from '../text/email-address.ts'

/** An address with all the records that carry it; several count as one user. */
export interface Owner {
  readonly email: string
  readonly records: readonly AccessUser[]
}

/** What the whole list of users has of those who are looked for, by the key of their address. */
type Listing = Call<ReadonlyMap<string, readonly AccessUser[]>>

/**
 * Looks users up: all at once in the list of the whole organization where that takes fewer calls than one by one, and
 * one by one whoever is not in it.
 */
export class UserDirectory {
  readonly #endpoints: Endpoints
  /** The keys of all addresses that are looked for, in the order given. */
  readonly #wanted: readonly string[]
  readonly #isWanted: ReadonlySet<string>
  readonly #onSingly: () => void
  #listing: Promise<Listing> | undefined

  /**
   * @param wanted - all addresses that are going to be looked for, each once
   * @param onSingly - called if the whole organization would take too many calls, or cannot be listed
   */
  constructor(endpoints: Endpoints, wanted: readonly string[], onSingly: () => void) {
    this.#endpoints = endpoints
    this.#wanted = wanted.map(addressKey)
    this.#isWanted = new Set(this.#wanted)
    this.#onSingly = onSingly
  }

  /** The records with exactly this address, in whatever letter case. It never throws for what Cloudflare does. */
  async find(email: string): Promise<Call<readonly AccessUser[]>> {
    if (this.#wanted.length < 2) return this.#ask(email)
    const listing = await (this.#listing ??= this.#list())
    if (listing.kind === 'stopped') return listing
    if (listing.kind === 'problem') return listing.problem.scope === 'all_users' ? listing : this.#ask(email)
    const records = listing.result.get(addressKey(email))
    const isUnclear = records === undefined || new Set(records.map(({ id }) => id)).size < records.length
    return isUnclear ? this.#ask(email) : { ...listing, result: records }
  }

  /** This user and those listed next to it, as many as `size`, as far as they were found in the whole list. */
  async near(owner: Owner, size: number): Promise<readonly Owner[]> {
    const listing = await this.#listing
    if (listing?.kind !== 'result') return [owner]
    const start = Math.floor(this.#wanted.indexOf(addressKey(owner.email)) / size) * size
    return this.#wanted.slice(start, start + size).flatMap((email) => {
      const records = listing.result.get(email)
      return records === undefined ? [] : [{ email, records }]
    })
  }

  async #list(): Promise<Listing> {
    const call = await this.#endpoints.users({}, 'The list of all users', {
      maxPages: this.#wanted.length - 1,
      keep: ({ email }) => this.#isWanted.has(addressKey(email)),
    })
    if (call.kind !== 'result') {
      this.#onSingly()
      return call
    }
    return { ...call, result: Map.groupBy(call.result, ({ email }) => addressKey(email)) }
  }

  /** The filter may let others through, and may mind letter case; and there are reports of users that only `search` finds. */
  async #ask(email: string): Promise<Call<readonly AccessUser[]>> {
    const found = await this.#withAddress(email, { email })
    if (found.kind !== 'result') return found
    const lower = addressKey(email)
    const folded = lower === email ? found : await this.#withAddress(email, { email: lower })
    if (folded.kind !== 'result') return folded
    const records = distinct([...found.result, ...folded.result])
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

/** How many devices the records count together; undefined where one does not say. */
export function devicesOf(records: readonly AccessUser[]): number | undefined {
  return records.reduce<number | undefined>(
    (sum, { active_device_count: count }) =>
      sum === undefined || count === undefined ? undefined : sum + count,
    0,
  )
}

/** When the user last signed in, in milliseconds since the epoch; undefined if that is not known, or never. */
export function lastLoginOf(records: readonly AccessUser[]): number | undefined {
  const logins = records.map(({ last_successful_login: login }) => Date.parse(login ?? ''))
  return logins.filter((login) => !Number.isNaN(login)).sort((one, other) => other - one)[0]
}

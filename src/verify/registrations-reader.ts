import type { Call } from '../cloudflare/client.ts'
import type { Endpoints, RegistrationStatus } from '../cloudflare/endpoints.ts'
import type { Registration } from '../cloudflare/records.ts'
import type { Throttle } from '../cloudflare/throttle.ts'
import { addressKey } from '../text/email-address.ts'
import { uuidKey } from '../text/uuid.ts'
import type { AccountUser } from './account-user.ts'
import type { UserDirectory } from './user-directory.ts'

/** How many users one call asks for; with two IDs each, the URL stays below 5 kB. */
const MAX_USERS_PER_CALL = 50

type RegistrationList = Call<readonly Registration[]>

/** Which of a user's two IDs a registration names its owner by; Cloudflare's description does not say. */
type IdKind = 'id' | 'uid'

/** Reads device registrations, of a whole batch of listed users with one call. */
export class RegistrationsReader {
  readonly #endpoints: Endpoints
  readonly #directory: UserDirectory
  readonly #throttle: Throttle
  readonly #gatherForMs: number
  /** The calls that others may still share, by status and first user. */
  readonly #shared = new Map<string, Promise<RegistrationList>>()
  readonly #confirmedIdKinds = new Set<IdKind>()

  /** @param gatherForMs - how long reads after revocations wait for others of their batch; holds do not count */
  constructor(endpoints: Endpoints, directory: UserDirectory, throttle: Throttle, gatherForMs: number) {
    this.#endpoints = endpoints
    this.#directory = directory
    this.#throttle = throttle
    this.#gatherForMs = gatherForMs
  }

  /** The active registrations before anything is revoked, read once for the whole batch. */
  async readBefore(user: AccountUser): Promise<RegistrationList> {
    return this.#read(user, 'active')
  }

  /**
   * The registrations as they are now, revoked ones included.
   *
   * @param before - registrations that were active before: they count whoever owns them now
   */
  async readAfter(user: AccountUser, before: readonly Registration[]): Promise<RegistrationList> {
    return this.#read(user, 'all', new Set(before.map(({ id }) => id)))
  }

  /**
   * Whether an empty list means that this user has no registrations: in this run, the same kind of ID found a
   * registration of another user that carried its owner's address.
   */
  emptyListIsConclusive({ records }: AccountUser): boolean {
    const kinds = this.#confirmedIdKinds
    return records.every(({ uid }) => kinds.has('id') || (kinds.has('uid') && uid !== undefined))
  }

  async #read(
    user: AccountUser,
    status: RegistrationStatus,
    before: ReadonlySet<string> = new Set(),
  ): Promise<RegistrationList> {
    const batch = await this.#directory.batchOf(user, MAX_USERS_PER_CALL)
    const shared = await this.#callForBatch(batch, status)
    if (isForAll(shared, batch)) return onlyOf(user, shared, before, batch.length === 1)
    return onlyOf(user, await this.#call([user], status), before, true)
  }

  /** Before revocations, one call for a batch is enough; after them it is shared until it is sent. */
  async #callForBatch(batch: readonly AccountUser[], status: RegistrationStatus): Promise<RegistrationList> {
    const key = `${status} ${batch[0]?.email}`
    const call = async (): Promise<RegistrationList> => {
      if (status === 'all') {
        const { startSignal } = this.#throttle.stop
        await this.#throttle.time.wait(this.#gatherForMs, startSignal).catch(() => undefined)
        this.#shared.delete(key)
      }
      return this.#call(batch, status)
    }
    const shared = this.#shared.get(key) ?? call()
    this.#shared.set(key, shared)
    return shared
  }

  async #call(users: readonly AccountUser[], status: RegistrationStatus): Promise<RegistrationList> {
    const [first, ...others] = users
    const ids = users.flatMap(({ records }) => records.flatMap(({ id, uid = id }) => [id, uid]))
    const about = others.length === 0 ? (first?.email ?? '') : `The devices of ${users.length} users`
    const call = await this.#endpoints.registrations([...new Set(ids)], status, about)
    if (call.kind === 'result') this.#learnIdKinds(call.result, users)
    return call
  }

  /** A value that is both an `id` and a `uid` confirms neither kind. */
  #learnIdKinds(registrations: readonly Registration[], users: readonly AccountUser[]): void {
    const byAddress = new Map(users.map((user) => [addressKey(user.email), user]))
    const keysOf = (those: readonly AccountUser[], kind: IdKind): Set<string> =>
      new Set(those.flatMap(({ records }) => records.flatMap((record) => record[kind] ?? []).map(uuidKey)))
    const [ids, uids] = [keysOf(users, 'id'), keysOf(users, 'uid')]
    for (const { owner } of registrations) {
      const user = byAddress.get(addressKey(owner.email ?? ''))
      const key = uuidKey(owner.id ?? '')
      if (user === undefined || ids.has(key) === uids.has(key)) continue
      const kind = ids.has(key) ? 'id' : 'uid'
      if (keysOf([user], kind).has(key)) this.#confirmedIdKinds.add(kind)
    }
  }
}

/**
 * Whether a call says something about every user of its batch: not one that failed because of one of them, nor one that
 * lists a registration of an unknown owner, which counts as the user's if only one was asked for.
 */
function isForAll(call: RegistrationList, batch: readonly AccountUser[]): boolean {
  if (batch.length === 1) return true
  if (call.kind === 'result') return call.result.every(({ owner }) => !isOwnerless(owner))
  if (call.kind === 'stopped') return true
  const { scope, httpStatus } = call.problem
  const isOutage = scope === 'transient' && (httpStatus === undefined || httpStatus >= 500)
  return scope === 'all_users' || isOutage
}

/** The registrations that name the user by ID or by address, or were the user's before. */
function onlyOf(
  { email, records }: AccountUser,
  call: RegistrationList,
  before: ReadonlySet<string>,
  isAlone: boolean,
): RegistrationList {
  if (call.kind !== 'result') return call
  const keys = new Set(records.flatMap(({ id, uid = id }) => [uuidKey(id), uuidKey(uid)]))
  const result = call.result.filter(
    ({ id, owner }) =>
      before.has(id) ||
      keys.has(uuidKey(owner.id ?? '')) ||
      addressKey(owner.email ?? '') === addressKey(email) ||
      (isAlone && isOwnerless(owner)),
  )
  return { ...call, result }
}

function isOwnerless({ id, email }: Registration['owner']): boolean {
  return id === undefined && email === undefined
}

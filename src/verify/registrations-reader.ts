import type { Call } from '../cloudflare/client.ts'
import type { Endpoints, RegistrationStatus } from '../cloudflare/endpoints.ts'
import type { Registration } from '../cloudflare/records.ts'
import { addressKey } from '../text/email-address.ts'
import { uuidKey } from '../users/user.ts'
import type { AccountUser, UserDirectory } from './user-directory.ts'

/** How many users one call asks for; with two IDs each, the URL stays below 5 kB. */
const MAX_USERS_PER_CALL = 50

type RegistrationList = Call<readonly Registration[]>

/** The two IDs of a user. Cloudflare's description does not say which one a registration names its owner by. */
const ID_KINDS = ['id', 'uid'] as const

/** Reads device registrations, of a whole batch of listed users with one call. */
export class RegistrationsReader {
  readonly #endpoints: Endpoints
  readonly #directory: UserDirectory
  readonly #gather: () => Promise<void>
  /** The calls that others may still share, by status and first user, and how many of their batch have not. */
  readonly #shared = new Map<string, { readonly call: Promise<RegistrationList>; left: number }>()
  /** The kinds of ID that found a registration with its owner's address in this run. */
  readonly #confirmedKinds = new Set<(typeof ID_KINDS)[number]>()

  /** @param gather - lets a read after a revocation wait for others of its batch */
  constructor(endpoints: Endpoints, directory: UserDirectory, gather: () => Promise<void>) {
    this.#endpoints = endpoints
    this.#directory = directory
    this.#gather = gather
  }

  /**
   * The registrations of a user: the active ones before anything is revoked, or all as they are now, revoked ones included.
   *
   * @param before - registrations that were active before: they count whoever owns them now
   */
  async read(
    user: AccountUser,
    status: RegistrationStatus,
    before: readonly Registration[] = [],
  ): Promise<RegistrationList> {
    const batch = await this.#directory.batchOf(user, MAX_USERS_PER_CALL)
    const shared = await this.#share(batch, status)
    const call = isForAll(shared, batch) ? shared : await this.#call([user], status)
    return call.kind === 'result' ? { ...call, result: ofUser(user, call.result, before) } : call
  }

  /**
   * Whether an empty list means that this user has no registrations: in this run, the same kind of ID found a
   * registration of another user that carried its owner's address.
   */
  emptyListIsConclusive({ records }: AccountUser): boolean {
    const kinds = this.#confirmedKinds
    return records.every(({ uid }) => kinds.has('id') || (kinds.has('uid') && uid !== undefined))
  }

  /** Before revocations, one call for a batch is enough; after them it is shared until it is sent. */
  async #share(batch: readonly AccountUser[], status: RegistrationStatus): Promise<RegistrationList> {
    const key = `${status} ${batch[0]?.email}`
    const call = async (): Promise<RegistrationList> => {
      if (status === 'all') {
        await this.#gather()
        this.#shared.delete(key)
      }
      return this.#call(batch, status)
    }
    const shared = this.#shared.get(key) ?? { call: call(), left: batch.length }
    shared.left -= 1
    // What no one asks for any more would stay in memory until the end of the run.
    if (shared.left > 0) this.#shared.set(key, shared)
    else this.#shared.delete(key)
    return shared.call
  }

  async #call(users: readonly AccountUser[], status: RegistrationStatus): Promise<RegistrationList> {
    const [first, ...others] = users
    const ids = users.flatMap(({ records }) => records.flatMap(({ id, uid = id }) => [id, uid]))
    const about = others.length === 0 ? (first?.email ?? '') : `The devices of ${users.length} users`
    const call = await this.#endpoints.registrations([...new Set(ids)], status, about)
    if (call.kind === 'result') this.#learnKinds(call.result, users)
    return call
  }

  /** An owner's ID that is both an `id` and a `uid` of the user confirms neither kind. */
  #learnKinds(registrations: readonly Registration[], users: readonly AccountUser[]): void {
    const byAddress = new Map(users.map(({ email, records }) => [addressKey(email), records]))
    for (const { owner } of registrations) {
      const records = byAddress.get(addressKey(owner.email ?? '')) ?? []
      const [kind, ...others] = ID_KINDS.filter((each) =>
        records.some(({ [each]: id }) => isSameId(id, owner.id)),
      )
      if (kind !== undefined && others.length === 0) this.#confirmedKinds.add(kind)
    }
  }
}

/**
 * Whether a call says something about every user of its batch: not one that failed because of one of them, nor one that
 * lists a registration of an unknown owner, which counts as the user's if only one was asked for.
 */
function isForAll(call: RegistrationList, batch: readonly AccountUser[]): boolean {
  if (batch.length === 1 || call.kind === 'stopped') return true
  if (call.kind === 'result') return !call.result.some(isOwnerless)
  const { scope, httpStatus } = call.problem
  return scope === 'all_users' || (scope === 'transient' && (httpStatus ?? 500) >= 500)
}

/** The registrations that name the user by ID or by address, or nobody, or that were the user's before. */
function ofUser(
  { email, records }: AccountUser,
  registrations: readonly Registration[],
  before: readonly Registration[],
): Registration[] {
  return registrations.filter(
    (registration) =>
      isOwnerless(registration) ||
      before.some(({ id }) => id === registration.id) ||
      records.some(({ id, uid }) => [id, uid].some((own) => isSameId(own, registration.owner.id))) ||
      addressKey(registration.owner.email ?? '') === addressKey(email),
  )
}

function isSameId(own: string | undefined, other: string | undefined): boolean {
  return own !== undefined && other !== undefined && uuidKey(own) === uuidKey(other)
}

function isOwnerless({ owner: { id, email } }: Registration): boolean {
  return id === undefined && email === undefined
}

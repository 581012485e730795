import type { Answered } from '../cloudflare/answer.ts'
import type { FailedCall } from '../cloudflare/client.ts'
import type { Endpoints, RegistrationStatus } from '../cloudflare/endpoints.ts'
import type { Registration } from '../cloudflare/records.ts'
import type { Throttle } from '../cloudflare/throttle.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { addressKey } from '../text/email-address.ts'
import { uuidKey } from '../text/uuid.ts'
import type { Owner } from './owner.ts'
import type { UserDirectory } from './user-directory.ts'

/** How many users one call asks for; with two IDs each, the URL stays below 5 kB. */
const MAX_USERS_PER_CALL = 50

/** The registrations of a user, or why they could not be read. */
export type RegistrationList = Answered<readonly Registration[]> | FailedCall

/** Which of a user's two IDs a registration names its owner by; Cloudflare's description does not say. */
type IdKind = 'id' | 'uid'

/** The lists of a batch, by owner's address key. */
type Batch = ReadonlyMap<string, RegistrationList>

/** A read that waits to share a call with others. */
interface WaitingRead extends PromiseWithResolvers<RegistrationList> {
  readonly owner: Owner
}

/** Reads device registrations, for many users with one call. */
export class RegistrationsReader {
  readonly #endpoints: Endpoints
  readonly #directory: UserDirectory
  readonly #queue: Throttle
  readonly #stop: RunStop
  readonly #gatherForMs: number
  /** The batches read before revocations, by the address key of their first user. */
  readonly #batches = new Map<string, Promise<Batch>>()
  readonly #confirmedIdKinds = new Set<IdKind>()
  #waiting: WaitingRead[] = []

  /** @param gatherForMs - how long reads after revocations are gathered into one call, holds not counted */
  constructor(
    endpoints: Endpoints,
    directory: UserDirectory,
    { queue, stop, gatherForMs }: { queue: Throttle; stop: RunStop; gatherForMs: number },
  ) {
    this.#endpoints = endpoints
    this.#directory = directory
    this.#queue = queue
    this.#stop = stop
    this.#gatherForMs = gatherForMs
  }

  /** The active registrations before anything is revoked. They are read once for the whole batch of listed users. */
  async readBefore(owner: Owner): Promise<RegistrationList> {
    const batch = (await this.#directory.batchOf(owner.email, MAX_USERS_PER_CALL)) ?? [owner]
    const [first = owner] = batch
    const key = addressKey(first.email)
    const reading = this.#batches.get(key) ?? this.#readBatch(batch, 'active')
    this.#batches.set(key, reading)
    return listOf(await reading, owner)
  }

  /** The registrations as they are now, revoked ones included. Reads of several users are gathered into one call. */
  async readAfter(owner: Owner): Promise<RegistrationList> {
    const read = { owner, ...Promise.withResolvers<RegistrationList>() }
    this.#waiting.push(read)
    if (this.#waiting.length === MAX_USERS_PER_CALL) void this.#readWaiting()
    else if (this.#waiting.length === 1) {
      const readWaiting = async (): Promise<void> => this.#readWaiting()
      void this.#queue.wait(this.#gatherForMs, this.#stop.startSignal).then(readWaiting, readWaiting)
    }
    return read.promise
  }

  /**
   * Whether an empty list means that this user has no registrations: in this run, the same kind of ID found a
   * registration of another user that carried its owner's address.
   */
  emptyListIsConclusive({ records }: Owner): boolean {
    const kinds = this.#confirmedIdKinds
    return records.every(({ uid }) => kinds.has('id') || (kinds.has('uid') && uid !== undefined))
  }

  async #readWaiting(): Promise<void> {
    const reads = this.#waiting.splice(0)
    if (reads.length === 0) return
    const owners = reads.map(({ owner }) => owner)
    const batch = this.#readBatch(owners, 'all')
    for (const { owner, resolve } of reads) resolve(batch.then((lists) => listOf(lists, owner)))
    await Promise.allSettled([batch])
  }

  async #readBatch(owners: readonly Owner[], status: RegistrationStatus): Promise<Batch> {
    const [first] = owners
    const isOne = owners.length === 1
    const ids = owners.flatMap(({ records }) => records.flatMap(({ id, uid = id }) => [id, uid]))
    const about = isOne && first !== undefined ? first.email : `The devices of ${owners.length} users`
    const call = await this.#endpoints.registrations([...new Set(ids)], status, about)
    const readEach = async (): Promise<Batch> => {
      const batches = await Promise.all(owners.map(async (owner) => this.#readBatch([owner], status)))
      return new Map(batches.flatMap((batch) => [...batch]))
    }
    if (call.kind !== 'result') {
      const concernsOne = call.kind === 'problem' && call.problem.scope === 'user' && !isOne
      return concernsOne ? readEach() : new Map(owners.map(({ email }) => [addressKey(email), call]))
    }
    const { owned, ownerless } = this.#sort(call.result, owners)
    // Their owner is unknown; in the answer for a single user they count as that user's.
    if (ownerless.length > 0 && !isOne) return readEach()
    return new Map(
      owners.map((owner) => [
        addressKey(owner.email),
        { ...call, result: [...(owned.get(owner) ?? []), ...ownerless] },
      ]),
    )
  }

  /** Assigns registrations to their owners by ID and by address. One that fits two users counts for both. */
  #sort(
    registrations: readonly Registration[],
    owners: readonly Owner[],
  ): { owned: ReadonlyMap<Owner, Registration[]>; ownerless: readonly Registration[] } {
    const byEmail = new Map(owners.map((owner) => [addressKey(owner.email), owner]))
    const byId = new Map<string, Map<IdKind, Owner>>()
    for (const owner of owners) {
      for (const { id, uid } of owner.records) {
        for (const [kind, value] of [['id', id] as const, ['uid', uid] as const]) {
          if (value === undefined) continue
          const key = uuidKey(value)
          byId.set(key, (byId.get(key) ?? new Map<IdKind, Owner>()).set(kind, owner))
        }
      }
    }
    const owned = new Map<Owner, Registration[]>()
    const ownerless: Registration[] = []
    for (const registration of registrations) {
      const { id, email } = registration.owner
      if (id === undefined && email === undefined) ownerless.push(registration)
      const kinds = id === undefined ? undefined : byId.get(uuidKey(id))
      const named = email === undefined ? undefined : byEmail.get(addressKey(email))
      // A value that is both an `id` and a `uid` confirms neither kind.
      const [match, ...further] = kinds ?? []
      if (match !== undefined && match[1] === named && further.length === 0)
        this.#confirmedIdKinds.add(match[0])
      for (const owner of new Set([...(kinds?.values() ?? []), ...(named === undefined ? [] : [named])])) {
        owned.set(owner, [...(owned.get(owner) ?? []), registration])
      }
    }
    return { owned, ownerless }
  }
}

/** The list of an owner in a batch that it belongs to. */
function listOf(batch: Batch, { email }: Owner): RegistrationList {
  const list = batch.get(addressKey(email))
  if (list === undefined) throw new Error(`no list for ${email}`)
  return list
}

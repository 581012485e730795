import DataLoader from 'dataloader'
import type { Answered } from '../cloudflare/answer.ts'
import type { CallQueue } from '../cloudflare/call-queue.ts'
import type { FailedCall } from '../cloudflare/client.ts'
import type { Endpoints, RegistrationStatus } from '../cloudflare/endpoints.ts'
import { problemText } from '../cloudflare/problem.ts'
import type { Registration } from '../cloudflare/records.ts'
import type { Log } from '../runner/log.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { addressKey } from '../text/email-address.ts'
import { uuidKey } from '../text/uuid.ts'
import { readProblem } from './read-problem.ts'
import type { Owner } from './user-directory.ts'

/** How many users one call asks for; with two IDs each it makes an address line of less than 5 kB. */
const USERS_AT_ONCE = 50

/** The registrations of a user, or why they could not be read. */
export type RegistrationList = Answered<readonly Registration[]> | FailedCall

/** Which of a user's two IDs a registration names its owner by; Cloudflare's description does not say. */
type IdKind = 'id' | 'uid'

/** What a reader needs to know. */
export interface RegistrationsReaderOptions {
  readonly queue: CallQueue
  readonly stop: RunStop
  /** Milliseconds in which calls for several users are gathered into one, holds for the rate limit not counted. */
  readonly gatherFor: number
  /** The users that are asked for next to one, so that one call does for all of them. */
  readonly near: (owner: Owner, size: number) => Promise<readonly Owner[]>
  readonly log: Log
}

/**
 * Reads device registrations, for many users at once, and gives up for the whole run once it turns out that the
 * credential may not read them.
 */
export class RegistrationsReader {
  readonly #endpoints: Endpoints
  readonly #options: RegistrationsReaderOptions
  readonly #active = this.#loader('active', 0)
  readonly #all: DataLoader<Owner, RegistrationList>
  /** By the key of the address. What is known already must not take a turn of its own: a revocation waits for it. */
  readonly #before = new Map<string, Promise<RegistrationList>>()
  readonly #proven = new Set<IdKind>()
  #givenUp: FailedCall | undefined

  constructor(endpoints: Endpoints, options: RegistrationsReaderOptions) {
    this.#endpoints = endpoints
    this.#options = options
    this.#all = this.#loader('all', options.gatherFor)
  }

  /** The registrations that are active, before anything is revoked. They are read along with those of users nearby. */
  async active(owner: Owner): Promise<RegistrationList> {
    const read = this.#before.get(addressKey(owner.email))
    if (read !== undefined) return read
    const others = await this.#options.near(owner, USERS_AT_ONCE)
    const known = others.filter(({ records }) => records.length > 0)
    void Promise.allSettled(known.map(async (other) => this.#readBefore(other)))
    return this.#readBefore(owner)
  }

  /** The registrations as they are now, revoked ones included. */
  async all(owner: Owner): Promise<RegistrationList> {
    return this.#all.load(owner)
  }

  /**
   * Whether an empty list means that this user has no registrations: in this run, one of another user was found by the
   * same kind of ID, and carried its owner's address.
   */
  vouchesFor({ records }: Owner): boolean {
    return records.every(
      ({ uid }) => this.#proven.has('id') || (this.#proven.has('uid') && uid !== undefined),
    )
  }

  async #readBefore(owner: Owner): Promise<RegistrationList> {
    const key = addressKey(owner.email)
    const reading = this.#before.get(key) ?? this.#active.load(owner)
    this.#before.set(key, reading)
    return reading
  }

  #loader(status: RegistrationStatus, gatherFor: number): DataLoader<Owner, RegistrationList> {
    return new DataLoader(async (owners: readonly Owner[]) => this.#readBatch(owners, status), {
      maxBatchSize: USERS_AT_ONCE,
      cache: false,
      batchScheduleFn: (dispatch) => {
        const { queue, stop } = this.#options
        void queue.wait(gatherFor, stop.startSignal).then(dispatch, dispatch)
      },
    })
  }

  async #readBatch(owners: readonly Owner[], status: RegistrationStatus): Promise<RegistrationList[]> {
    const isOne = owners.length === 1
    const givenUp = this.#givenUp
    if (givenUp !== undefined) return owners.map(() => givenUp)
    const ids = owners.flatMap(({ records }) => records.flatMap(({ id, uid }) => [id, uid ?? id]))
    const about = isOne ? owners.map(({ email }) => email).join() : `The devices of ${owners.length} users`
    const call = await this.#endpoints.registrations([...new Set(ids)], status, about)
    const singly = async (): Promise<RegistrationList[]> =>
      (await Promise.all(owners.map(async (owner) => this.#readBatch([owner], status)))).flat()
    if (call.kind !== 'result') {
      const isRefused = call.kind === 'problem' && call.problem.scope === 'all_users'
      if (isRefused && this.#givenUp === undefined) this.#giveUp(call)
      const oneMayBeRefused = call.kind === 'problem' && call.problem.scope === 'user' && !isOne
      return oneMayBeRefused ? singly() : owners.map(() => call)
    }
    // Nobody can tell whose these are; asked for one user alone, they count as that user's.
    const ownerless = call.result.filter(
      ({ owner: { id, email } }) => id === undefined && email === undefined,
    )
    if (ownerless.length > 0 && !isOne) return singly()
    const owned = this.#sort(call.result, owners)
    return owners.map((owner) => ({ ...call, result: [...(owned.get(owner) ?? []), ...ownerless] }))
  }

  #giveUp(call: FailedCall): void {
    this.#givenUp = call
    const problem = readProblem(call, 'Or set `verify: sessions`.')
    this.#options.log.error(`Devices cannot be verified, so the step will be red. ${problemText(problem)}`)
  }

  /** Whose each registration is, by the ID or by the address: in case of doubt it is. */
  #sort(
    registrations: readonly Registration[],
    owners: readonly Owner[],
  ): ReadonlyMap<Owner, readonly Registration[]> {
    const byEmail = new Map(owners.map((owner) => [addressKey(owner.email), owner]))
    const kindsOf = new Map<string, Map<IdKind, Owner>>()
    for (const owner of owners) {
      for (const { id, uid } of owner.records) {
        for (const [kind, value] of [['id', id] as const, ['uid', uid] as const]) {
          if (value === undefined) continue
          const key = uuidKey(value)
          kindsOf.set(key, (kindsOf.get(key) ?? new Map<IdKind, Owner>()).set(kind, owner))
        }
      }
    }
    const sorted = new Map<Owner, Registration[]>()
    for (const registration of registrations) {
      const { id, email } = registration.owner
      const kinds = id === undefined ? undefined : kindsOf.get(uuidKey(id))
      const named = email === undefined ? undefined : byEmail.get(addressKey(email))
      for (const [kind, owner] of kinds ?? []) if (owner === named) this.#proven.add(kind)
      for (const owner of new Set([...(kinds?.values() ?? []), ...(named === undefined ? [] : [named])])) {
        const own = sorted.get(owner)
        if (own === undefined) sorted.set(owner, [registration])
        else own.push(registration)
      }
    }
    return sorted
  }
}

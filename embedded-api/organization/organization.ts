import { type AccessUser, type NewUser, newUser } from './access-user.ts'
import type { ApiCredential } from './api-credential.ts'

export type { AccessUser, NewUser } from './access-user.ts'
export type { NewLogin, NewRegistration, Registration, Session } from './records.ts'
export type { ApiCredential, ApiToken, GlobalApiKey, Permission, TokenStatus } from './api-credential.ts'

export interface OrganizationOptions {
  /** 32 hex characters. */
  readonly accountId: string
  /** 32 hex characters each, default none. */
  readonly zoneIds?: readonly string[]
  /** Whether Zero Trust is set up on the account, default true. */
  readonly zeroTrust?: boolean
  readonly credentials: ApiCredential[]
  /** The clock in milliseconds that sessions of new users are dated by, default `Date.now`. Use the server's. */
  readonly now?: () => number
}

/** Each is a part of the text that it filters by; an empty one matches all users. */
export interface UserFilter {
  readonly email: string
  readonly name: string
  /** A part of the address or of the name. */
  readonly search: string
  /** For `filter`, only `email` and `name` are. */
  readonly caseSensitive: boolean | 'filter'
}

/** A Cloudflare account with its Zero Trust organization: the state that the embedded API works on. */
export class Organization {
  readonly accountId: string
  readonly zoneIds: readonly string[]
  readonly credentials: ApiCredential[]
  zeroTrust: boolean
  readonly users: AccessUser[] = []
  readonly #now: () => number
  /** By kind and value of each key, because a user of 10,000 must be found at once. */
  readonly #index = new Map<string, AccessUser[]>()

  constructor({
    accountId,
    zoneIds = [],
    zeroTrust = true,
    credentials,
    now = Date.now,
  }: OrganizationOptions) {
    this.accountId = accountId
    this.zoneIds = zoneIds
    this.credentials = credentials
    this.zeroTrust = zeroTrust
    this.#now = now
  }

  addUser(user: NewUser): AccessUser {
    const added = newUser(user, this.#now())
    const { id, uid, email, seat } = added
    if (this.usersWith('id', [id]).length > 0) throw new Error(`two users with the id ${id}`)
    this.users.push(added)
    const keys = [`id ${id}`, `uid ${uid}`, `email ${addressKey(email)}`]
    if (seat.uid !== undefined) keys.push(`seat ${seat.uid}`)
    for (const key of keys) this.#index.set(key, [...(this.#index.get(key) ?? []), added])
    return added
  }

  /** All users with one of these IDs: their `id`, their `uid`, or that of their seat. */
  usersWith(kind: 'id' | 'uid' | 'seat', ids: readonly string[]): readonly AccessUser[] {
    return [...new Set(ids)].flatMap((id) => this.#index.get(`${kind} ${id}`) ?? [])
  }

  /** All users with exactly this address, in any case of its ASCII letters. */
  usersByEmail(email: string): readonly AccessUser[] {
    return this.#index.get(`email ${addressKey(email)}`) ?? []
  }

  /** The first of them. */
  userByEmail(email: string): AccessUser | undefined {
    return this.usersByEmail(email)[0]
  }

  /** Whether an ID is one of those that calls name the users with an address by. */
  isIdOf(id: string, email: string): boolean {
    return this.usersByEmail(email).some((user) => [user.id, user.uid, user.seat.uid].includes(id))
  }

  /** All users that match a filter. */
  usersMatching({ email, name, search, caseSensitive }: UserFilter): readonly AccessUser[] {
    const isFiltered = email !== '' || name !== ''
    if (!isFiltered && search === '') return this.users
    const includes = (text: string, part: string, isSensitive = caseSensitive !== false): boolean =>
      part === '' || (isSensitive ? text.includes(part) : text.toLowerCase().includes(part.toLowerCase()))
    const isFound = (text: string): boolean => includes(text, search, caseSensitive === true)
    return this.users.filter(
      (user) =>
        includes(user.email, email) &&
        includes(user.name, name) &&
        (isFound(user.email) || isFound(user.name)) &&
        (user.foundBySearchOnly !== true || !isFiltered),
    )
  }
}

/** Only ASCII letters are folded: by Unicode, the Kelvin sign and the letter k would be the same. */
function addressKey(email: string): string {
  return email.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

import { randomBytes } from 'node:crypto'
import { type AccessUser, type NewUser, newUser } from './access-user.ts'
import type { ApiCredential } from './api-credential.ts'
import { UserDirectory } from './user-directory.ts'

export type { AccessUser, NewUser } from './access-user.ts'
export type { NewRegistration, Registration } from './registration.ts'
export type { Session } from './session.ts'
export type { ApiCredential, ApiToken, GlobalApiKey, Permission, TokenStatus } from './api-credential.ts'

export interface OrganizationOptions {
  /** 32 hex characters, default random. */
  accountId?: string
  /** 32 hex characters each, default none. */
  zoneIds?: string[]
  /** Whether Zero Trust is set up on the account, default true. */
  zeroTrust?: boolean
  credentials?: ApiCredential[]
  /** The clock in milliseconds that sessions of new users are dated by, default `Date.now`. Use the server's. */
  now?: () => number
}

/** Each is a part of the text that it filters by; an empty one matches all users. */
export interface UserFilter {
  email: string
  name: string
  /** A part of the address or of the name. */
  search: string
  /** For `filter`, only `email` and `name` are. */
  caseSensitive: boolean | 'filter'
}

/** A Cloudflare account with its Zero Trust organization: the state that the embedded API works on. */
export class Organization {
  readonly accountId: string
  readonly zoneIds: string[]
  readonly credentials: ApiCredential[]
  zeroTrust: boolean
  readonly #now: () => number
  readonly #directory = new UserDirectory()

  constructor(options: OrganizationOptions = {}) {
    this.accountId = options.accountId ?? randomBytes(16).toString('hex')
    this.zoneIds = options.zoneIds ?? []
    this.credentials = options.credentials ?? []
    this.zeroTrust = options.zeroTrust ?? true
    this.#now = options.now ?? Date.now
  }

  get users(): readonly AccessUser[] {
    return this.#directory.all
  }

  addUser(user: NewUser): AccessUser {
    const added = newUser(user, this.#now())
    this.#directory.add(added)
    return added
  }

  /** The first user with exactly this address, in any case of its ASCII letters. */
  userByEmail(email: string): AccessUser | undefined {
    return this.#directory.withEmail(email)[0]
  }

  /** All users with exactly this address, in any case of its ASCII letters. */
  usersByEmail(email: string): readonly AccessUser[] {
    return this.#directory.withEmail(email)
  }

  userById(id: string): AccessUser | undefined {
    return this.#directory.withId(id)
  }

  /** All users with one of these IDs: their `id`, their `uid`, or that of their seat. */
  usersWith(kind: 'id' | 'uid' | 'seat', ids: readonly string[]): readonly AccessUser[] {
    return [...new Set(ids)].flatMap((id) => {
      if (kind === 'uid') return this.#directory.withUid(id)
      if (kind === 'seat') return this.#directory.withSeat(id)
      return this.#directory.withId(id) ?? []
    })
  }

  /** All users that match a filter. */
  usersMatching({ email, name, search, caseSensitive }: UserFilter): readonly AccessUser[] {
    if (email === '' && name === '' && search === '') return this.users
    const includes = (text: string, part: string, isSensitive = caseSensitive !== false): boolean =>
      isSensitive ? text.includes(part) : text.toLowerCase().includes(part.toLowerCase())
    const isFound = (text: string): boolean => includes(text, search, caseSensitive === true)
    return this.#directory
      .matching(email)
      .filter(
        (user) =>
          includes(user.email, email) &&
          includes(user.name, name) &&
          (isFound(user.email) || isFound(user.name)) &&
          (user.foundBySearchOnly !== true || (email === '' && name === '')),
      )
  }
}

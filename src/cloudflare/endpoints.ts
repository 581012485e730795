import * as v from 'valibot'
import { addressKey, type EmailAddress } from '../text/email-address.ts'
import { isoTime } from '../text/measures.ts'
import { parseUuid, type Uuid } from '../users/user.ts'
import type { ApiRequest, Call, CallKind, Client } from './client.ts'
import { allAfterCursors, allPages, onlyPage, type PagesOptions } from './list-pages.ts'
import { userProblem } from './problem.ts'
import { AccessUser, Login, Registration, Seat, Session, TokenStatus } from './records.ts'
import type { Target } from './target.ts'
import type { Priority } from './throttle.ts'

/** The parameters of revoke_user; options that are off are left out of the request. */
export interface RevokeUser {
  readonly email: EmailAddress
  readonly userUid?: Uuid | undefined
  readonly devices: boolean
  readonly warpSessionReauth: boolean
}

/** The filters of "access/users"; none lists all users. Filters are loose: compare the addresses in the result. */
export type UserFilter = { readonly email?: string } | { readonly search: string }

export type RegistrationStatus = 'active' | 'all'

/**
 * The kinds of calls, by the account permissions that they take. Either of the two to revoke seems to be enough. All
 * but the revocation take an account, not a zone.
 */
const REVOKE: CallKind = {
  permission:
    '"Access: Organizations Revoke" or "Access: Organizations, Identity Providers, and Groups Revoke"',
  isOptional: false,
}
const READ_USERS: CallKind = { permission: '"Access: Audit Logs Read"', isOptional: true }
const READ_LOGINS: CallKind = { ...READ_USERS, isIncidental: true }
/** Cloudflare documents no permission; this is the group that covers devices. */
const READ_DEVICES: CallKind = { permission: '"Zero Trust Read"', isOptional: true }
const WRITE_SEATS: CallKind = { permission: '"Zero Trust: Seats Write"', isOptional: true }

const CHECK = { kind: { isOptional: false }, about: 'The check of the credential' } as const

const NO_UUID = userProblem(
  'Cloudflare gave the user an ID that is not a UUID',
  "Check the user's sessions in Zero Trust.",
)

interface QueryRequest<T> extends ApiRequest<T> {
  readonly query?: ConstructorParameters<typeof URLSearchParams>[0]
}

/**
 * Cloudflare's API: one thin method per endpoint. No method throws because of Cloudflare or the network. `about` is the
 * log label of a call: the user's address, or a phrase.
 */
export class Endpoints {
  readonly #client: Client
  readonly #target: Target

  constructor(client: Client, target: Target) {
    this.#client = client
    this.#target = target
  }

  /** Revokes the user's access to all applications (Cloudflare API reference, "revoke_user"); true if that is confirmed. */
  async revokeUser(user: RevokeUser, priority: Priority): Promise<Call<boolean>> {
    // The reference documents `devices` in the query and in the body, so both carry it.
    const query = user.devices ? { devices: 'true' } : undefined
    const body = {
      email: user.email,
      ...(user.userUid !== undefined && { user_uid: user.userUid }),
      ...(user.devices && { devices: true }),
      ...(user.warpSessionReauth && { warp_session_reauth: true }),
    }
    const [path, result, about] = ['/access/organizations/revoke_user', v.boolean(), user.email]
    return this.#call({ kind: REVOKE, method: 'POST', path, query, body, result, about, priority })
  }

  /** Asks whether the API token is active; the endpoint has to fit who owns the token. */
  async verifyToken(owner: 'user' | 'account'): Promise<Call<TokenStatus>> {
    const request = { ...CHECK, result: TokenStatus }
    if (owner === 'user') return this.#client.call({ ...request, path: '/user/tokens/verify' })
    return this.#call({ ...request, path: '/tokens/verify' })
  }

  async userDetails(): Promise<Call<object>> {
    return this.#client.call({ ...CHECK, path: '/user', result: v.object({ id: v.string() }) })
  }

  /** Lists users, all pages; a list that contradicts itself gives two records with one ID. */
  async users(
    filter: UserFilter,
    about: string,
    options: PagesOptions<AccessUser> = {},
  ): Promise<Call<readonly AccessUser[]>> {
    const request = { kind: READ_USERS, path: '/access/users', about, priority: 'look_up' } as const
    return allPages(async (page, perPage) => {
      const query = new URLSearchParams({ ...filter, page: `${page}`, per_page: `${perPage}` })
      return this.#list({ ...request, query }, AccessUser)
    }, options)
  }

  async activeSessions(id: string, about: string, priority: Priority): Promise<Call<readonly Session[]>> {
    const uuid = parseUuid(id)
    // Any other text could lead to another path.
    if (uuid === undefined) return { kind: 'problem', problem: NO_UUID, attempts: 0 }
    const path = `/access/users/${uuid}/active_sessions`
    return onlyPage(await this.#list({ kind: READ_USERS, path, about, priority }, Session))
  }

  /**
   * Lists the latest logins of a user, one page of them. Cloudflare does not document how soon it lists a login, and
   * forgets them after a day on some plans, so a missing login proves nothing. `since` is in milliseconds.
   */
  async logins(email: string, since: number): Promise<Call<readonly Login[]>> {
    // The reference contradicts itself on whether `email` is an exact match by default.
    const query = { since: isoTime(since), direction: 'desc', email, email_exact: 'true' }
    const path = '/access/logs/access_requests'
    const call = await this.#list({ kind: READ_LOGINS, path, query, about: email }, Login)
    if (call.kind !== 'result') return call
    const own = call.result.filter(
      ({ email: other = '', at = -Infinity }) => addressKey(other) === addressKey(email) && at >= since,
    )
    return { ...call, result: own }
  }

  /** Lists the device registrations of users, all pages, whose size is the server's. API tokens only. */
  async registrations(
    userIds: readonly string[],
    status: RegistrationStatus,
    about: string,
  ): Promise<Call<readonly Registration[]>> {
    // Active ones are read before the revocation.
    const priority = status === 'active' ? 'look_up' : 'read'
    const request = { kind: READ_DEVICES, path: '/devices/registrations', about, priority } as const
    return allAfterCursors(async (cursor) => {
      const query = new URLSearchParams({ status, ...(cursor !== undefined && { cursor }) })
      for (const id of userIds) query.append('user.id', id)
      return this.#list({ ...request, query }, Registration)
    })
  }

  /**
   * Frees seats: neither Access nor Gateway keeps them. It deletes all device registrations of their users, and a new
   * login takes a seat again (Cloudflare One docs, "Seat management").
   */
  async freeSeats(seatUids: readonly string[], about: string): Promise<Call<readonly Seat[]>> {
    const body = seatUids.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }))
    const request = { kind: WRITE_SEATS, method: 'PATCH', path: '/access/seats', body, about } as const
    return this.#list(request, Seat)
  }

  /** Makes a call whose result is a list of records, or null where it would be empty. */
  async #list<T>(
    request: Omit<QueryRequest<unknown>, 'result'>,
    record: v.GenericSchema<unknown, T>,
  ): Promise<Call<readonly T[]>> {
    const result = v.pipe(
      v.nullable(v.array(record)),
      v.transform((records) => records ?? []),
    )
    return this.#call({ ...request, result })
  }

  async #call<T>({ query, ...request }: QueryRequest<T>): Promise<Call<T>> {
    const { type, id } = this.#target
    const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
    return this.#client.call({ ...request, path: `/${type}s/${id}${request.path}${search}` })
  }
}

import * as v from 'valibot'
import type { EmailAddress } from '../text/email-address.ts'
import type { Uuid } from '../text/uuid.ts'
import type { Priority } from './call-queue.ts'
import type { Call, Client } from './client.ts'
import { AccessUser, Registration, Seat, Session } from './records.ts'
import { allAfterCursors, allPages, onlyPage, type PagesOptions } from './list-pages.ts'
import type { Target } from './target.ts'

/** The parameters of revoke_user; what is not asked for is left out of the request. */
export interface RevokeUser {
  readonly email: EmailAddress
  readonly userUid?: Uuid | undefined
  readonly devices: boolean
  readonly warpSessionReauth: boolean
}

/** The shape of the answer of the two token verify endpoints (Cloudflare API reference). Times are ISO 8601. */
const TokenStatus = v.object({
  status: v.string(),
  not_before: v.optional(v.string()),
  expires_on: v.optional(v.string()),
})

/** What Cloudflare says of a token. */
export type TokenStatus = v.InferOutput<typeof TokenStatus>

const UserDetails = v.object({ id: v.string() })

/** Which users to list: the filters of "access/users"; none for everybody. What they let through is to be compared again. */
export type UserFilter = { readonly email?: string } | { readonly search: string }

/** Which device registrations to list. */
export type RegistrationStatus = 'active' | 'all'

/** The account permissions, by the names that the API has for them. */
const REVOKE = 'Access: Organizations Revoke'
const READ_USERS = 'Access: Audit Logs Read'
const READ_DEVICES = 'Zero Trust Read'
const WRITE_SEATS = 'Zero Trust: Seats Write'

/** What calls that concern no user are about, for the log. */
const CREDENTIAL = 'The check of the credential'

/** Cloudflare's API: one thin method per endpoint. No method throws for what Cloudflare or the network does. */
export class Endpoints {
  readonly #client: Client
  readonly #target: Target

  constructor(client: Client, target: Target) {
    this.#client = client
    this.#target = target
  }

  /**
   * Revokes the user's access across all applications of the organization (Cloudflare API reference, "revoke_user").
   * `result` is true only if Cloudflare confirmed it.
   */
  async revokeUser(user: RevokeUser, priority: Priority): Promise<Call<boolean>> {
    // The reference documents `devices` in the query and in the body, so both carry it.
    const query = user.devices ? '?devices=true' : ''
    const body = {
      email: user.email,
      ...(user.userUid !== undefined && { user_uid: user.userUid }),
      ...(user.devices && { devices: true }),
      ...(user.warpSessionReauth && { warp_session_reauth: true }),
    }
    const path = `${this.#base}/access/organizations/revoke_user${query}`
    return this.#client.call({
      method: 'POST',
      path,
      body,
      result: v.boolean(),
      about: user.email,
      priority,
      permission: REVOKE,
    })
  }

  /** Asks whether the API token is active; the endpoint has to fit who owns the token. */
  async verifyToken(owner: 'user' | 'account'): Promise<Call<TokenStatus>> {
    const path = `${owner === 'user' ? '/user' : this.#base}/tokens/verify`
    return this.#client.call({ method: 'GET', path, result: TokenStatus, about: CREDENTIAL })
  }

  /** Asks for the user that a Global API key belongs to. */
  async userDetails(): Promise<Call<{ id: string }>> {
    return this.#client.call({ method: 'GET', path: '/user', result: UserDetails, about: CREDENTIAL })
  }

  /**
   * Lists users, all pages. Accounts only; permission: "Access: Audit Logs Read".
   *
   * @param about - the user on whose behalf, or a phrase, for the log
   */
  async users(
    filter: UserFilter,
    about: string,
    options: Partial<PagesOptions<AccessUser>> = {},
  ): Promise<Call<readonly AccessUser[]>> {
    return allPages(
      async (page, perPage) => {
        const query = new URLSearchParams({ ...filter, page: `${page}`, per_page: `${perPage}` })
        return this.#client.call({
          method: 'GET',
          path: `${this.#base}/access/users?${query.toString()}`,
          result: v.nullable(v.array(AccessUser)),
          about,
          priority: 'look_up',
          permission: READ_USERS,
        })
      },
      ({ id }) => id,
      options,
    )
  }

  /** Lists the sessions of a user that are active. Accounts only; permission: "Access: Audit Logs Read". */
  async activeSessions(id: string, about: string, priority: Priority): Promise<Call<readonly Session[]>> {
    const path = `${this.#base}/access/users/${encodeURIComponent(id)}/active_sessions`
    const result = v.nullable(v.array(Session))
    return onlyPage(
      await this.#client.call({ method: 'GET', path, result, about, priority, permission: READ_USERS }),
    )
  }

  /**
   * Lists the device registrations of users, all pages. Accounts and API tokens only. Cloudflare documents no
   * permission; "Zero Trust Read" is the group that covers devices.
   *
   * @param userIds - of all the users; the server serves them by pages of a size of its own
   */
  async registrations(
    userIds: readonly string[],
    status: RegistrationStatus,
    about: string,
  ): Promise<Call<readonly Registration[]>> {
    return allAfterCursors(
      async (cursor) => {
        const query = new URLSearchParams(userIds.map((id): [string, string] => ['user.id', id]))
        query.set('status', status)
        if (cursor !== undefined) query.set('cursor', cursor)
        return this.#client.call({
          method: 'GET',
          path: `${this.#base}/devices/registrations?${query.toString()}`,
          result: v.nullable(v.array(Registration)),
          about,
          // Those that are active are read before the revocation.
          priority: status === 'active' ? 'look_up' : 'read',
          permission: READ_DEVICES,
        })
      },
      ({ id }) => id,
    )
  }

  /**
   * Frees seats: neither Access nor Gateway keeps them. It deletes all device registrations of their users, and keeps
   * nobody from taking a seat again (Cloudflare One docs, "Seat management"). Accounts only; permission: "Zero Trust:
   * Seats Write".
   */
  async freeSeats(seatUids: readonly string[], about: string): Promise<Call<readonly Seat[]>> {
    const body = seatUids.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }))
    const path = `${this.#base}/access/seats`
    const result = v.nullable(v.array(Seat))
    const call = await this.#client.call({
      method: 'PATCH',
      path,
      body,
      result,
      about,
      permission: WRITE_SEATS,
    })
    return call.kind === 'result' ? { ...call, result: call.result ?? [] } : call
  }

  get #base(): string {
    return `/${this.#target.type}s/${this.#target.id}`
  }
}

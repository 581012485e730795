import * as v from 'valibot'
import type { EmailAddress } from '../text/email-address.ts'
import type { Uuid } from '../text/uuid.ts'
import type { Priority } from './call-queue.ts'
import type { Call, Client } from './client.ts'
import { allPages, onlyPage } from './list-pages.ts'
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

/** A count; what is negative or no whole number is not known. */
const Count = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined)

/**
 * A user as the organization knows it (Cloudflare API reference, "access/users"); what matters here of it. Cloudflare
 * promises neither `id` nor `email`, but without them nothing can be verified, so a record that lacks one is unreadable.
 */
const AccessUser = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  uid: v.nullish(v.string()),
  email: v.string(),
  active_device_count: Count,
})

/** A user as the organization knows it. */
export type AccessUser = v.InferOutput<typeof AccessUser>

/**
 * A session (Cloudflare API reference, "active_sessions"): when it was issued, in Unix seconds, and what tells it from
 * others. What cannot be read is undefined.
 */
const Session = v.pipe(
  v.fallback(
    v.object({
      name: v.fallback(v.optional(v.string()), undefined),
      metadata: v.fallback(
        v.object({
          iat: v.fallback(v.optional(v.pipe(v.number(), v.integer())), undefined),
          nonce: v.fallback(v.optional(v.string()), undefined),
        }),
        {},
      ),
    }),
    { metadata: {} },
  ),
  v.transform(({ name, metadata: { iat, nonce } }) => ({ key: nonce ?? name, iat })),
)

/** A session of a user. */
export type Session = v.InferOutput<typeof Session>

/** Which users to list: the filters of "access/users". What they let through is to be compared again. */
export type UserFilter = { readonly email: string } | { readonly search: string }

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
    return this.#client.call({ method: 'POST', path, body, result: v.boolean(), about: user.email, priority })
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
   * @param about - the user on whose behalf, for the log
   */
  async users(filter: UserFilter, about: string): Promise<Call<readonly AccessUser[]>> {
    return allPages(
      async (page, perPage) => {
        const query = new URLSearchParams({ ...filter, page: `${page}`, per_page: `${perPage}` })
        return this.#client.call({
          method: 'GET',
          path: `${this.#base}/access/users?${query.toString()}`,
          result: v.nullable(v.array(AccessUser)),
          about,
        })
      },
      ({ id }) => id,
    )
  }

  /** Lists the sessions of a user that are active. Accounts only; permission: "Access: Audit Logs Read". */
  async activeSessions(id: string, about: string): Promise<Call<readonly Session[]>> {
    const path = `${this.#base}/access/users/${encodeURIComponent(id)}/active_sessions`
    return onlyPage(
      await this.#client.call({ method: 'GET', path, result: v.nullable(v.array(Session)), about }),
    )
  }

  get #base(): string {
    return `/${this.#target.type}s/${this.#target.id}`
  }
}

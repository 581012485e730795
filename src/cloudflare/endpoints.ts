import * as v from 'valibot'
import { addressKey, type EmailAddress } from '../text/email-address.ts'
import type { Uuid } from '../text/uuid.ts'
import type { Call, Client } from './client.ts'
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

/** A user as the organization knows it (Cloudflare API reference, "access/users"); what matters here of it. */
const AccessUser = v.object({
  id: v.string(),
  uid: v.nullish(v.string()),
  email: v.nullish(v.string()),
  active_device_count: v.nullish(v.number()),
})

/** A user as the organization knows it. */
export type AccessUser = v.InferOutput<typeof AccessUser>

/**
 * A session (Cloudflare API reference, "active_sessions"). `iat` is when it was issued, in Unix seconds; one that
 * cannot be read counts as issued long ago, so that the session counts as left over.
 */
const Session = v.fallback(v.object({ metadata: v.object({ iat: v.number() }) }), { metadata: { iat: 0 } })

/** A session of a user. */
export type Session = v.InferOutput<typeof Session>

const PageInfo = v.fallback(v.object({ total_pages: v.optional(v.number()) }), {})

/** Users per page of a list, and pages that are read at the most: far more than one address can have. */
const PER_PAGE = 100
const MOST_PAGES = 50

/** What calls that concern no user are about, for the log. */
const CREDENTIAL = 'The check of the credential'

/** How patient a read is; revocations are not to wait for reads that do not work. */
export interface ReadPatience {
  readonly maxAttempts?: number
  /** Milliseconds for one attempt. */
  readonly timeout?: number
}

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
  async revokeUser(user: RevokeUser): Promise<Call<boolean>> {
    // The reference documents `devices` in the query and in the body, so both carry it.
    const query = user.devices ? '?devices=true' : ''
    const body = {
      email: user.email,
      ...(user.userUid !== undefined && { user_uid: user.userUid }),
      ...(user.devices && { devices: true }),
      ...(user.warpSessionReauth && { warp_session_reauth: true }),
    }
    const path = `${this.#base}/access/organizations/revoke_user${query}`
    return this.#client.call({ method: 'POST', path, body, result: v.boolean(), about: user.email })
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
   * Looks up everybody with exactly this address, in whatever letter case. The list goes by a filter that may let
   * others through. Accounts only; permission: "Access: Audit Logs Read".
   */
  async usersWithEmail(
    email: EmailAddress,
    patience: ReadPatience = {},
  ): Promise<Call<readonly AccessUser[]>> {
    const found: AccessUser[] = []
    for (let page = 1; ; page += 1) {
      const query = new URLSearchParams({ email, page: `${page}`, per_page: `${PER_PAGE}` })
      const path = `${this.#base}/access/users?${query.toString()}`
      const call = await this.#client.call({
        method: 'GET',
        path,
        result: v.array(AccessUser),
        about: email,
        ...patience,
      })
      if (call.kind !== 'result') return call
      found.push(...call.result.filter((user) => addressKey(user.email ?? '') === addressKey(email)))
      const { total_pages: pages = call.result.length < PER_PAGE ? page : MOST_PAGES } = v.parse(
        PageInfo,
        call.resultInfo,
      )
      if (page >= Math.min(pages, MOST_PAGES)) return { ...call, result: found }
    }
  }

  /** Asks for the sessions of a user that are active. Accounts only; permission: "Access: Audit Logs Read". */
  async activeSessions(
    id: string,
    email: EmailAddress,
    patience: ReadPatience = {},
  ): Promise<Call<readonly Session[]>> {
    const path = `${this.#base}/access/users/${encodeURIComponent(id)}/active_sessions`
    return this.#client.call({ method: 'GET', path, result: v.array(Session), about: email, ...patience })
  }

  get #base(): string {
    return `/${this.#target.type}s/${this.#target.id}`
  }
}

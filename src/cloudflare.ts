import pRetry from 'p-retry'
import * as v from 'valibot'
import { type Answer, readAnswer } from './answer.ts'
import { type Credential, credentialHeaders } from './credential.ts'
import type { EmailAddress } from './email-address.ts'
import type { Exchanger, HttpRequest } from './exchange.ts'
import type { Pace } from './pace.ts'
import { happening, type Problem } from './problem.ts'
import { type RunStop, Stopped } from './run-stop.ts'
import type { Target } from './target.ts'
import { VERSION } from './version.ts'

/** The parameters of revoke_user; what is not asked for is left out of the request. */
export interface RevokeUser {
  readonly email: EmailAddress
  /** The user's UUID, 32 hex characters or 36 with hyphens. */
  readonly userUid?: string
  readonly devices: boolean
  readonly warpSessionReauth: boolean
}

/** What came of a call, and in how many attempts; answers of 429 are no attempts. */
export type Call<T> = (Answer<T> | NotTaken) & { readonly attempts: number }

/** The run was stopped before Cloudflare took the call. */
export interface NotTaken {
  readonly ok: false
  /** Why the run was stopped, as a sentence. */
  readonly stopped: string
  /** Whether the call was sent at all, to be answered with 429. */
  readonly sent: boolean
}

/** What a client needs to know. */
export interface CloudflareOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly target: Target
  readonly credential: Credential
  readonly maxAttempts: number
  readonly exchanger: Exchanger
  readonly pace: Pace
  readonly stop: RunStop
  /** Takes a line for the log about each attempt that is made again, and the address that the line may hold. */
  readonly announce: (line: string, email?: string) => void
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

/** Milliseconds before the second attempt; each further one waits twice as long, plus up to as much again. */
const FIRST_BACKOFF = 500
const LONGEST_BACKOFF = 30_000

/** Cloudflare's API: one thin method per endpoint. No method throws for what Cloudflare or the network does. */
export class Cloudflare {
  readonly #options: CloudflareOptions

  constructor(options: CloudflareOptions) {
    this.#options = options
  }

  /**
   * Revokes the user's access across all applications of the organization (Cloudflare API reference, "revoke_user").
   * `result` is true only if Cloudflare confirmed it.
   */
  async revokeUser(user: RevokeUser): Promise<Call<boolean>> {
    const { target } = this.#options
    // The reference documents `devices` in the query and in the body, so both carry it.
    const query = user.devices ? '?devices=true' : ''
    const body = {
      email: user.email,
      ...(user.userUid !== undefined && { user_uid: user.userUid }),
      ...(user.devices && { devices: true }),
      ...(user.warpSessionReauth && { warp_session_reauth: true }),
    }
    const path = `/${target.type}s/${target.id}/access/organizations/revoke_user${query}`
    return this.#call(this.#request('POST', path, body), v.boolean(), user.email)
  }

  /** Asks whether the API token is active; the endpoint has to fit who owns the token. */
  async verifyToken(owner: 'user' | 'account'): Promise<Call<TokenStatus>> {
    const path = owner === 'user' ? '/user' : `/accounts/${this.#options.target.id}`
    return this.#call(this.#request('GET', `${path}/tokens/verify`), TokenStatus)
  }

  /** Asks for the user that a Global API key belongs to. */
  async userDetails(): Promise<Call<{ id: string }>> {
    return this.#call(this.#request('GET', '/user'), UserDetails)
  }

  #request(method: 'GET' | 'POST', path: string, body?: object): HttpRequest {
    const { baseUrl, credential } = this.#options
    return {
      method,
      url: `${baseUrl}${path}`,
      headers: {
        accept: 'application/json',
        'user-agent': `revoke-cloudflare-access/${VERSION}`,
        ...credentialHeaders(credential),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
  }

  async #call<T>(
    request: HttpRequest,
    result: v.GenericSchema<unknown, T>,
    email?: string,
  ): Promise<Call<T>> {
    const { maxAttempts, exchanger, pace, stop, announce } = this.#options
    let attempts = 0
    let sent = false
    let last: Answer<T> | undefined
    const attempt = async (): Promise<void> => {
      const exchange = await pace.send(
        () => exchanger.attempt(request, stop.waiting),
        () => {
          sent = true
        },
      )
      attempts += 1
      last = readAnswer(exchange, result, (text) => this.#redact(text))
      if (!last.ok && last.problem.reach === 'transient') throw new TransientFailure(last.problem)
    }
    try {
      await pRetry(attempt, {
        retries: maxAttempts - 1,
        minTimeout: FIRST_BACKOFF,
        maxTimeout: LONGEST_BACKOFF,
        randomize: true,
        signal: stop.starting,
        shouldRetry: ({ error }) => error instanceof TransientFailure,
        onFailedAttempt: ({ error, retriesLeft, retryDelay }) => {
          if (!(error instanceof TransientFailure) || retriesLeft === 0) return
          const seconds = (retryDelay / 1_000).toFixed(1)
          const about = email ?? 'The check of the credential'
          announce(
            `${about}: attempt ${attempts} of ${maxAttempts} failed, the next in ${seconds} s. ${error.message}.`,
            email,
          )
        },
      })
    } catch (error) {
      if (!(error instanceof TransientFailure || error instanceof Stopped)) throw error
    }
    // Whatever ended the attempts, an answer that arrived is what counts.
    return { ...(last ?? { ok: false, stopped: String(stop.why), sent }), attempts }
  }

  #redact(text: string): string {
    const { credential } = this.#options
    return text.replaceAll(credential.kind === 'api-token' ? credential.token : credential.key, '***')
  }
}

/** An attempt failed in a way that may pass. */
class TransientFailure extends Error {
  constructor(problem: Problem) {
    super(happening(problem))
  }
}

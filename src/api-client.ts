import pRetry from 'p-retry'
import type * as v from 'valibot'
import { type Answer, readAnswer } from './answer.ts'
import { type Credential, credentialHeaders } from './credential.ts'
import type { Exchanger, HttpRequest } from './exchange.ts'
import type { Pace } from './pace.ts'
import { happening, type Problem } from './problem.ts'
import { type RunStop, Stopped } from './run-stop.ts'
import { VERSION } from './version.ts'

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
export interface ApiClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly credential: Credential
  readonly maxAttempts: number
  readonly exchanger: Exchanger
  readonly pace: Pace
  readonly stop: RunStop
  /** Takes a line for the log about each attempt that is made again, and the address that the line may hold. */
  readonly announce: (line: string, email?: string) => void
  /** Takes an address out of a text for people, if it is to be hidden from them. */
  readonly hide: (text: string, email: string) => string
}

/** A call to make. */
export interface ApiRequest<T> {
  readonly method: 'GET' | 'POST'
  /** With the query. */
  readonly path: string
  readonly body?: object
  /** The shape of the answer's `result`. */
  readonly result: v.GenericSchema<unknown, T>
  /** The user whom the call is about. */
  readonly email?: string
  /** How often it may be tried, where that is less than usual. */
  readonly maxAttempts?: number
  /** Milliseconds for one attempt, where that is less than usual. */
  readonly timeout?: number
}

/** Milliseconds before the second attempt; each further one waits twice as long, plus up to as much again. */
const FIRST_BACKOFF = 500
const LONGEST_BACKOFF = 30_000

/** Makes calls to Cloudflare's API: with the credential, at the run's pace, and again where a failure may pass. */
export class ApiClient {
  readonly #options: ApiClientOptions

  constructor(options: ApiClientOptions) {
    this.#options = options
  }

  /** Makes the call. It never throws for what Cloudflare or the network does. */
  async call<T>(request: ApiRequest<T>): Promise<Call<T>> {
    const { exchanger, pace, stop, announce, hide } = this.#options
    const maxAttempts = Math.min(this.#options.maxAttempts, request.maxAttempts ?? Infinity)
    const http = this.#http(request)
    let attempts = 0
    let sent = false
    let last: Answer<T> | undefined
    const attempt = async (): Promise<void> => {
      const exchange = await pace.send(
        () => exchanger.attempt(http, stop.waiting),
        () => {
          sent = true
        },
        request.method === 'POST',
      )
      attempts += 1
      last = readAnswer(
        exchange,
        request.result,
        (text) => this.#redact(text),
        (text) => (request.email === undefined ? text : hide(text, request.email)),
      )
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
          const about = request.email ?? 'The check of the credential'
          const failed = `attempt ${attempts} of ${maxAttempts} failed, the next in ${(retryDelay / 1_000).toFixed(1)} s`
          announce(`${about}: ${failed}. ${error.message}.`, request.email)
        },
      })
    } catch (error) {
      if (!(error instanceof TransientFailure || error instanceof Stopped)) throw error
    }
    // Whatever ended the attempts, an answer that arrived is what counts.
    return { ...(last ?? { ok: false, stopped: String(stop.why), sent }), attempts }
  }

  #http({ method, path, body, timeout }: ApiRequest<unknown>): HttpRequest {
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
      ...(timeout !== undefined && { timeout }),
    }
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

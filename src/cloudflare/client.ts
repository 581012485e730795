import pRetry from 'p-retry'
import type * as v from 'valibot'
import type { Log } from '../runner/log.ts'
import { type RunStop, Stopped, type StopReason } from '../runner/run-stop.ts'
import { type Answer, readAnswer } from './answer.ts'
import type { CallQueue, Priority } from './call-queue.ts'
import { type Credential, credentialHeaders } from './credential.ts'
import type { Exchange, HttpExchanger, HttpRequest } from './http-exchange.ts'
import { describe, type Problem } from './problem.ts'
import { VERSION } from './version.ts'

/** What came of a call, and in how many attempts; answers of 429 are no attempts. */
export type Call<T> = (Answer<T> | CallStopped) & { readonly attempts: number }

/** A call that brought no result. */
export type FailedCall = Exclude<Call<unknown>, { kind: 'result' }>

/** The run was stopped before Cloudflare took the call. */
export interface CallStopped {
  readonly kind: 'stopped'
  readonly reason: StopReason
  /** Whether the call was sent at all, to be answered with 429. */
  readonly sent: boolean
}

/** What a client needs to know. */
export interface ClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly credential: Credential
  readonly maxAttempts: number
  readonly http: HttpExchanger
  readonly queue: CallQueue
  readonly stop: RunStop
  readonly log: Log
}

/** A call to make. */
export interface ApiRequest<T> {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** With the query. */
  readonly path: string
  readonly body?: object
  /** The shape of the answer's `result`. */
  readonly result: v.GenericSchema<unknown, T>
  /** What the call is about, for the log: the user's address, or a phrase. */
  readonly about: string
  /** By default that of a read. */
  readonly priority?: Priority
  /** The account permission that the call takes, by the name that the API has for it. */
  readonly permission?: string
}

/** Milliseconds before the second attempt; each further one waits twice as long, plus up to as much again. */
const FIRST_BACKOFF = 500
const LONGEST_BACKOFF = 30_000

/** Makes calls to Cloudflare's API: with the credential, at the run's pace, and again where a failure may pass. */
export class Client {
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Makes the call. It never throws for what Cloudflare or the network does. */
  async call<T>(request: ApiRequest<T>): Promise<Call<T>> {
    const { credential, maxAttempts, queue, stop, log } = this.#options
    const http = this.#http(request)
    let attempts = 0
    let sent = false
    let last: Answer<T> | undefined
    const attempt = async (): Promise<Answer<T>> => {
      const exchange = await queue.send(
        async () => this.#exchange(http, request.path, attempts + 1),
        () => {
          sent = true
        },
        request.priority ?? 'read',
      )
      attempts += 1
      last = readAnswer(exchange, request, credential)
      if (last.kind === 'problem' && last.problem.scope === 'transient')
        throw new TransientFailure(last.problem)
      return last
    }
    try {
      const answer = await pRetry(attempt, {
        retries: maxAttempts - 1,
        minTimeout: FIRST_BACKOFF,
        maxTimeout: LONGEST_BACKOFF,
        randomize: true,
        signal: stop.startSignal,
        shouldRetry: ({ error }) => error instanceof TransientFailure,
        onFailedAttempt: ({ error, retriesLeft, retryDelay }) => {
          if (!(error instanceof TransientFailure) || retriesLeft === 0) return
          const next = `attempt ${attempts} of ${maxAttempts} failed, trying again in ${(retryDelay / 1_000).toFixed(1)} s`
          log.info(`${request.about}: ${next}. ${error.message}.`)
        },
      })
      return { ...answer, attempts }
    } catch (error) {
      if (error instanceof TransientFailure) return { kind: 'problem', problem: error.problem, attempts }
      if (!(error instanceof Stopped)) throw error
      // Whatever ended the attempts, an answer that arrived is what counts.
      return last === undefined
        ? { kind: 'stopped', reason: error.reason, sent, attempts }
        : { ...last, attempts }
    }
  }

  /** One attempt, with a line for whoever looks into the step with debugging on. */
  async #exchange(http: HttpRequest, path: string, attempt: number): Promise<Exchange> {
    const start = performance.now()
    const exchange = await this.#options.http.attempt(http, this.#options.stop.responseSignal)
    const outcome =
      exchange.kind === 'answer'
        ? `${exchange.status}, ray ID ${exchange.headers['cf-ray']?.toString() ?? 'none'}`
        : `no answer (${[exchange.cause, exchange.code].filter(Boolean).join(' ')})`
    const took = `${Math.round(performance.now() - start)} ms, attempt ${attempt}, new connection`
    // The query stands apart, for the mask of an address in it takes everything before that is no space.
    this.#options.log.debug(`${http.method} ${path.replace('?', ' ?')}: ${outcome}, ${took}`)
    return exchange
  }

  #http({ method, path, body }: ApiRequest<unknown>): HttpRequest {
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
}

/** An attempt failed in a way that may pass. */
class TransientFailure extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(describe(problem))
    this.problem = problem
  }
}

import pRetry from 'p-retry'
import type { Log } from '../runner/log.ts'
import { Stopped, type StopReason } from '../runner/run-stop.ts'
import { elapsed } from '../text/measures.ts'
import { FIRST_BACKOFF_MS, MAX_BACKOFF_MS } from '../timings.ts'
import { type Answer, type CallSpec, readAttempt, type ReadAttempt } from './answer.ts'
import type { CallQueue, Priority } from './call-queue.ts'
import { type Credential, credentialHeaders } from './credential.ts'
import type { HttpExchanger, HttpRequest, NoAnswer } from './http-exchange.ts'
import { Permissions } from './permissions.ts'
import { describe, type Problem } from './problem.ts'

/** The version of this action, sent to Cloudflare in `User-Agent`; a test holds it equal to package.json. */
export const VERSION = '1.0.0'

/** The outcome of a call, and its number of attempts; answers of the rate limit are no attempts. */
export type Call<T> = (Answer<T> | CallStopped) & { readonly attempts: number }

/** A call without a result. */
export type FailedCall = Exclude<Call<unknown>, { kind: 'result' }>

/** The run was stopped before Cloudflare took the call. */
export interface CallStopped {
  readonly kind: 'stopped'
  readonly reason: StopReason
  /** Whether the call was sent at all, only to be refused by the rate limit. */
  readonly sent: boolean
}

/** What a client works with. */
export interface ClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly credential: Credential
  readonly maxAttempts: number
  readonly http: HttpExchanger
  readonly queue: CallQueue
  readonly log: Log
}

/** A call to make. */
export interface ApiRequest<T> extends CallSpec<T> {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** With the query. */
  readonly path: string
  readonly body?: object
  /** What the call is about, for the log: the user's address, or a phrase. */
  readonly about: string
  /** By default that of a read. */
  readonly priority?: Priority
  /**
   * Whether the run can do without it: once the credential was refused the permission, further optional calls that take
   * it are not sent.
   */
  readonly isOptional?: true
}

/** Makes calls to Cloudflare's API: with the credential, at the run's pace, and again if a failure is transient. */
export class Client {
  readonly #options: ClientOptions
  readonly #permissions: Permissions

  constructor(options: ClientOptions) {
    this.#options = options
    this.#permissions = new Permissions(options.queue)
  }

  /** Makes the call. It never throws because of Cloudflare or the network. */
  async call<T>(request: ApiRequest<T>): Promise<Call<T>> {
    const { maxAttempts, queue, log } = this.#options
    const { stop } = queue
    const { permission = '', isOptional = false } = request
    const refused = isOptional ? this.#permissions.refusal(permission) : undefined
    if (refused !== undefined) return { kind: 'problem', problem: refused, attempts: 0 }
    let attempts = 0
    let sent = false
    let last: Answer<T> | undefined
    const send = async (priority: Priority | 'recheck'): Promise<Answer<T>> => {
      const { answer } = await queue.send(
        async () => this.#attempt(request, attempts + 1),
        () => {
          sent = true
        },
        priority,
      )
      attempts += 1
      last = answer
      return answer
    }
    const attempt = async (): Promise<Answer<T>> => {
      const first = await send(request.priority ?? 'read')
      const answer = await this.#permissions.confirmed(first, permission, async () => send('recheck'))
      if (answer.kind === 'problem' && answer.problem.scope === 'transient') {
        throw new TransientFailure(answer.problem)
      }
      return answer
    }
    try {
      const answer = await pRetry(attempt, {
        retries: maxAttempts - 1,
        minTimeout: FIRST_BACKOFF_MS,
        maxTimeout: MAX_BACKOFF_MS,
        randomize: true,
        signal: stop.startSignal,
        shouldRetry: ({ error }) => error instanceof TransientFailure,
        onFailedAttempt: ({ error, retriesLeft, retryDelay }) => {
          if (!(error instanceof TransientFailure) || retriesLeft === 0) return
          const tried = `attempt ${maxAttempts - retriesLeft} of ${maxAttempts} failed`
          const next = `${tried}, trying again in ${(retryDelay / 1_000).toFixed(1)} s`
          log.info(`${request.about}: ${next}. ${error.message}.`)
        },
      })
      return { ...answer, attempts }
    } catch (error) {
      if (error instanceof TransientFailure)
        return { kind: 'problem', problem: finalProblem(error), attempts }
      if (!(error instanceof Stopped)) throw error
      // If an answer arrived before the stop, it counts.
      return last === undefined
        ? { kind: 'stopped', reason: error.reason, sent, attempts }
        : { ...last, attempts }
    }
  }

  /** Makes one attempt and logs it at debug level. */
  async #attempt<T>(request: ApiRequest<T>, number: number): Promise<ReadAttempt<T>> {
    const { http, queue, credential, log } = this.#options
    const start = elapsed()
    const exchange = await http.attempt(this.#http(request), queue.stop.responseSignal)
    const attempt = readAttempt(exchange, request, credential)
    const { rayId = 'none' } = attempt.answer.kind === 'result' ? attempt.answer : attempt.answer.problem
    const outcome =
      exchange.kind === 'answer' ? `${exchange.status}, ray ID ${rayId}` : `no answer (${causeOf(exchange)})`
    const took = `${Math.round(elapsed() - start)} ms, attempt ${number}, new connection`
    // A space before the query, because the mask of an address in it reaches back to the last space.
    log.debug(`${request.method} ${request.path.replace('?', ' ?')}: ${outcome}, ${took}`)
    return attempt
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

function causeOf(exchange: NoAnswer): string {
  const detail = exchange.cause === 'proxy' ? exchange.status : exchange.code
  return [exchange.cause, detail].filter(Boolean).join(' ')
}

/** A transient 403 comes from something in front of the API; if it does not pass, it stops every other call, too. */
function finalProblem({ problem }: TransientFailure): Problem {
  return problem.httpStatus === 403 ? { ...problem, scope: 'all_users' } : problem
}

/** An attempt failed in a way that may pass. */
class TransientFailure extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(describe(problem))
    this.problem = problem
  }
}

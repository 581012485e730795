import { setTimeout as pause } from 'node:timers/promises'
import pLimit, { type LimitFunction } from 'p-limit'
import type { Log } from '../runner/log.ts'
import type { StopReason } from '../runner/run-stop.ts'
import { monotonicMs } from '../text/measures.ts'
import { type Answered, type CallSpec, readAttempt, type ReadAttempt } from './answer.ts'
import type { HttpExchanger, HttpRequest } from './http-exchange.ts'
import { type ApiProblem, describe, type FailedAttempt, type Failure } from './problem.ts'
import type { Priority, Throttle } from './throttle.ts'

/** The version of this action, sent to Cloudflare in `User-Agent`; a test holds it equal to package.json. */
export const VERSION = '1.0.0'

/** The minimum delay before the second attempt of a call. Each further delay is twice as long, plus up to as much again. */
const FIRST_BACKOFF_MS = 500
const MAX_BACKOFF_MS = 30_000

/**
 * How often a call has to be refused before a refusal is believed that contradicts the run. Not more often, because
 * Cloudflare locks out a credential that is refused too often.
 */
const REFUSALS = 3

/** The outcome of a call, and its number of attempts; answers of the rate limit are no attempts. */
export type Call<T> = (Answered<T> & { readonly attempts: number }) | FailedCall

/**
 * Cloudflare did not do what was asked, or did not answer; or the run was stopped before Cloudflare took the call, which
 * was `sent` at all only if the rate limit refused it.
 */
export type FailedCall = { readonly attempts: number } & (
  | { readonly kind: 'problem'; readonly problem: ApiProblem }
  | { readonly kind: 'stopped'; readonly reason: StopReason; readonly sent: boolean }
)

/** Calls that take the same permission, so that what one answer says about it holds for all of them. */
export interface CallKind {
  /** In quotation marks; undefined where none is needed. */
  readonly permission?: string
  /** Whether the run can do without: once they are refused, further ones are not sent. */
  readonly isOptional: boolean
  /** Whether nothing depends on them, so that a refused one is never tried again. */
  readonly isIncidental?: true
}

export interface Authentication {
  readonly headers: Readonly<Record<string, string>>
  /** Is removed from all answers, in case Cloudflare or a proxy repeats it. */
  readonly secret: string
}

export interface ClientOptions extends Authentication {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly maxAttempts: number
  readonly http: HttpExchanger
  readonly throttle: Throttle
  readonly log: Log
}

export interface ApiRequest<T> extends Pick<CallSpec<T>, 'result'> {
  readonly kind: CallKind
  /** By default `GET`. */
  readonly method?: HttpRequest['method']
  /** With the query. */
  readonly path: string
  readonly body?: object
  /** For the log: the user's address, or a phrase. */
  readonly about: string
  /** By default that of a read. */
  readonly priority?: Priority
}

/** What a run has learnt about calls of one kind. What it learnt last holds. */
interface Learnt {
  accepted: number
  refusal?: ApiProblem | undefined
  /** Of the calls that were refused, one is tried again at a time. */
  readonly trials: LimitFunction
}

/** Makes calls to Cloudflare's API: with the credential, at the run's pace, and again if a failure may pass. */
export class Client {
  readonly #options: ClientOptions
  readonly #learnt = new Map<CallKind, Learnt>()
  /** Limit the optional calls in progress, and so how many are refused before the run knows that all of them are. */
  readonly #lookUps: LimitFunction
  readonly #reads: LimitFunction

  constructor(options: ClientOptions) {
    this.#options = options
    this.#lookUps = pLimit(options.throttle.concurrency)
    this.#reads = pLimit(options.throttle.concurrency)
  }

  /** Makes the call. It never throws because of Cloudflare or the network. */
  async call<T>(request: ApiRequest<T>): Promise<Call<T>> {
    const call = async (): Promise<Call<T>> => this.#call(request)
    if (!request.kind.isOptional) return call()
    return request.priority === 'look_up' ? this.#lookUps(call) : this.#reads(call)
  }

  async #call<T>(request: ApiRequest<T>): Promise<Call<T>> {
    const { kind, priority = 'read' } = request
    const learnt = this.#learntOf(kind)
    let [attempts, refusals, sent] = [0, 0, false]
    /** How many calls of its kind had been accepted when it was first refused. */
    let acceptedBefore = 0
    let last: ApiProblem | undefined
    const failed = (problem: ApiProblem): Call<T> => ({ kind: 'problem', problem, attempts })
    const attempt = async (): Promise<Call<T>> => {
      if (kind.isOptional && learnt.refusal !== undefined) return failed(learnt.refusal)
      const turn = await this.#options.throttle.send(async () => {
        sent = true
        return this.#attempt(request, attempts + 1)
      }, priority)
      if ('stopped' in turn) {
        // If an answer arrived before the stop, it counts.
        return last === undefined ? { kind: 'stopped', reason: turn.stopped, sent, attempts } : failed(last)
      }
      attempts += 1
      const { answer } = turn.made
      if (answer.kind === 'result') {
        learnt.accepted += 1
        learnt.refusal = undefined
        return { ...answer, attempts }
      }
      const isRefused = answer.failure === 'refused' || answer.failure === 'blocked'
      if (isRefused && refusals === 0) acceptedBefore = learnt.accepted
      if (isRefused) refusals += 1
      last = answer.problem
      const left = this.#maxAttempts(answer.failure, kind) - (isRefused ? refusals : attempts)
      if (left <= 0) return failed(this.#conclude(answer, kind, learnt.accepted > acceptedBefore))
      const again = async (): Promise<Call<T>> => {
        if (!kind.isOptional || learnt.refusal === undefined)
          await this.#backOff(request.about, answer.problem, attempts, left)
        return attempt()
      }
      return isRefused && refusals === 1 ? learnt.trials(again) : again()
    }
    return attempt()
  }

  #maxAttempts(failure: Failure, kind: CallKind): number {
    const { maxAttempts } = this.#options
    if (failure === 'transient' || (failure === 'blocked' && !kind.isOptional)) return maxAttempts
    if (kind.isIncidental) return 1
    if (failure === 'blocked') return Math.min(REFUSALS, maxAttempts)
    return failure === 'refused' && this.#isAccepted(kind) ? REFUSALS : 1
  }

  /** @param isOthersAccepted - whether another call of its kind was accepted since the call was first refused */
  #conclude({ failure, problem }: FailedAttempt, kind: CallKind, isOthersAccepted: boolean): ApiProblem {
    if (failure === 'locked_out')
      this.#options.throttle.stop.stop({ what: describe(problem), remedy: problem.remedy ?? '' })
    if (failure === 'refused' || failure === 'blocked') {
      const refusal: ApiProblem = { ...problem, scope: isOthersAccepted ? 'user' : 'all_users' }
      if (!isOthersAccepted) this.#learntOf(kind).refusal = refusal
      return refusal
    }
    // An odd answer to one call of many says nothing about the others.
    const isOdd = failure === 'other' && (kind.isOptional || this.#isAccepted(kind))
    return isOdd ? { ...problem, scope: 'user' } : problem
  }

  #isAccepted(kind: CallKind): boolean {
    const { accepted, refusal } = this.#learntOf(kind)
    return accepted > 0 && refusal === undefined
  }

  async #backOff(about: string, problem: ApiProblem, attempts: number, left: number): Promise<void> {
    const { log, throttle } = this.#options
    const delay = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1) * (1 + Math.random()))
    const tried = `attempt ${attempts} of ${attempts + left} failed`
    const next = `${tried}, trying again in ${(delay / 1_000).toFixed(1)} s`
    log.info(`${about}: ${next}. ${describe(problem)}.`)
    await pause(delay, undefined, { signal: throttle.stop.startSignal }).catch(() => undefined)
  }

  #learntOf(kind: CallKind): Learnt {
    const learnt = this.#learnt.get(kind) ?? { accepted: 0, trials: pLimit(1) }
    this.#learnt.set(kind, learnt)
    return learnt
  }

  async #attempt<T>(request: ApiRequest<T>, number: number): Promise<ReadAttempt<T>> {
    const { http, baseUrl, headers, secret, log } = this.#options
    const { method = 'GET', path, body, result, kind } = request
    const start = monotonicMs()
    const exchange = await http.attempt({
      method,
      url: `${baseUrl}${path}`,
      headers: {
        accept: 'application/json',
        'user-agent': `revoke-cloudflare-access/${VERSION}`,
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const isAccepted = kind.isOptional && [...this.#learnt.values()].some(({ accepted }) => accepted > 0)
    const attempt = readAttempt(exchange, { result, permission: kind.permission, isAccepted }, secret)
    const { rayId = 'none' } = attempt.answer.kind === 'result' ? attempt.answer : attempt.answer.problem
    const outcome =
      exchange.kind === 'answer'
        ? `${exchange.status}, ray ID ${rayId}`
        : `no answer (${[exchange.cause, exchange.code].filter(Boolean).join(' ')})`
    const took = `${Math.round(monotonicMs() - start)} ms, attempt ${number}, new connection`
    // A space before the query, because the mask of an address in it reaches back to the last space.
    log.debug(`${method} ${path.replace('?', ' ?')}: ${outcome}, ${took}`)
    return attempt
  }
}

import * as v from 'valibot'
import { plainText, shortened } from '../text/plain-text.ts'
import { apiError, type ApiError, connectionFailure, type Problem, PROXY_REMEDY } from './problem.ts'
import { type Credential, withoutSecret } from './credential.ts'
import { hintFor } from './error-hints.ts'
import type { Exchange } from './http-exchange.ts'
import { refusal, statusText } from './http-status.ts'

/** What Cloudflare answered: a result of the expected shape, or a problem. */
export type Answer<T> = Answered<T> | Refused

/** What an answer shows of the server's clock. */
export interface ServerTime {
  /** The `Date` header, in milliseconds since the epoch; undefined if there is none that can be read. */
  readonly date: number | undefined
  /** When the answer had arrived, by `performance.now()`. */
  readonly receivedAt: number
}

/** A result. */
export interface Answered<T> extends ServerTime {
  readonly kind: 'result'
  readonly result: T
  readonly httpStatus: number
  readonly rayId?: string
  /** The envelope's `result_info`, unchecked: where a list goes on. */
  readonly resultInfo?: unknown
}

/** No result. */
export interface Refused {
  readonly kind: 'problem'
  readonly problem: Problem
}

const ErrorEntry = v.object({
  code: v.optional(v.union([v.number(), v.string()])),
  message: v.optional(v.string()),
})
const Errors = v.fallback(
  v.array(
    v.fallback(
      v.object({ ...ErrorEntry.entries, error_chain: v.fallback(v.array(v.fallback(ErrorEntry, {})), []) }),
      { error_chain: [] },
    ),
  ),
  [],
)
const Envelope = v.object({
  success: v.boolean(),
  errors: v.optional(v.unknown()),
  result: v.optional(v.unknown()),
  result_info: v.optional(v.unknown()),
})

/** An answer that says yes has an empty list of errors, or none. */
const NoErrors = v.nullish(v.pipe(v.array(v.unknown()), v.maxLength(0)))

/** More errors than this tell the reader nothing new. */
const MAX_ERRORS = 10

/** What is known of the call when its answer is read. */
export interface Asked<T> {
  /** The shape of the answer's `result`. */
  readonly result: v.GenericSchema<unknown, T>
  /** The account permission that the call takes. */
  readonly permission?: string
}

/**
 * Reads what came of one attempt. Nothing counts as a result but HTTP 2xx with the v4 envelope, `success: true`, no
 * errors and a `result` of the expected shape (Cloudflare API reference).
 *
 * @param credential - is taken out of all texts, should Cloudflare or a proxy repeat it
 */
export function readAnswer<T>(
  exchange: Exchange,
  { result, permission }: Asked<T>,
  credential: Credential,
): Answer<T> {
  if (exchange.kind === 'no_answer') return { kind: 'problem', problem: connectionFailure(exchange) }
  const { status, headers, receivedAt } = exchange
  const ray = headers['cf-ray']
  const about = {
    httpStatus: status,
    ...(typeof ray === 'string' && { rayId: shortened(plainText(withoutSecret(credential, ray)), 64) }),
  }
  const odd = (what: string, errors: readonly ApiError[]): Refused => ({
    kind: 'problem',
    problem: { ...about, what, remedy: PROXY_REMEDY, scope: 'transient', errors },
  })
  const envelope = v.safeParse(
    Envelope,
    json(exchange.body, (text) => withoutSecret(credential, text)),
  )
  const errors = envelope.success ? errorsOf(envelope.output.errors) : []
  if (status < 200)
    return odd(`Something answered with the HTTP status ${status}, which no answer can have`, errors)
  if (status > 299 || (envelope.success && !envelope.output.success)) {
    return {
      kind: 'problem',
      problem: { ...about, ...refusal(status, envelope.success, errors, permission) },
    }
  }
  if (!envelope.success)
    return odd(`Something answered ${statusText(status)}, but not in the form of Cloudflare's API`, [])
  const { output } = envelope
  if (!v.is(NoErrors, output.errors)) {
    return odd(
      `Cloudflare answered ${statusText(status)} with "success": true and errors, which contradict each other`,
      errors,
    )
  }
  const parsed = v.safeParse(result, output.result)
  if (!parsed.success) {
    return odd(
      `Cloudflare answered ${statusText(status)}, but without the result that its API reference promises`,
      errors,
    )
  }
  const date = Date.parse(headers.date ?? '')
  return {
    kind: 'result',
    result: parsed.output,
    ...about,
    date: Number.isNaN(date) ? undefined : date,
    receivedAt,
    resultInfo: output.result_info,
  }
}

/** Whether Cloudflare asks to wait: 429, but not for a credential that it has locked out or does not accept. */
export function isRateLimited(exchange: Exchange): boolean {
  if (exchange.kind === 'no_answer' || exchange.status !== 429) return false
  const envelope = v.safeParse(
    Envelope,
    json(exchange.body, (text) => text),
  )
  return !envelope.success || hintFor(429, errorsOf(envelope.output.errors))?.affectsAllUsers !== true
}

function errorsOf(given: unknown): ApiError[] {
  return v.parse(Errors, given).flatMap(apiErrors).slice(0, MAX_ERRORS)
}

function apiErrors(entry: v.InferOutput<typeof Errors>[number]): ApiError[] {
  return [entry, ...entry.error_chain]
    .filter(({ code, message }) => code !== undefined || message !== undefined)
    .map(({ code, message }) => apiError(code, message ?? 'no message'))
}

/** @param clean - what every text goes through, once JSON's escapes are undone */
function json(text: string, clean: (text: string) => string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? clean(value) : value))
  } catch {
    return undefined
  }
}

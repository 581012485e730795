import * as v from 'valibot'
import { plainText, shortened } from '../text/plain-text.ts'
import { connectionFailure, PROXY_REMEDY } from './connection-failure.ts'
import { type Credential, withoutSecret } from './credential.ts'
import type { Exchange } from './http-exchange.ts'
import { type ApiError, apiError, type Problem } from './problem.ts'
import { refusal, statusText } from './refusal.ts'

/** What Cloudflare answered: a result of the expected shape, or a problem. */
export type Answer<T> = Answered<T> | Refused

/** A result. */
export interface Answered<T> {
  readonly kind: 'result'
  readonly result: T
  readonly httpStatus: number
  readonly rayId?: string
  /** The `Date` header. */
  readonly date?: string
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
  errors: v.optional(Errors, []),
  result: v.optional(v.unknown()),
  result_info: v.optional(v.unknown()),
})

/** More errors than this tell the reader nothing new. */
const MAX_ERRORS = 10

/**
 * Reads what came of one attempt. Nothing counts as a result but HTTP 2xx with the v4 envelope, `success: true` and a
 * `result` of the expected shape (Cloudflare API reference).
 *
 * @param credential - is taken out of all texts, should Cloudflare or a proxy repeat it
 */
export function readAnswer<T>(
  exchange: Exchange,
  result: v.GenericSchema<unknown, T>,
  credential: Credential,
): Answer<T> {
  if (exchange.kind === 'no_answer') return { kind: 'problem', problem: connectionFailure(exchange) }
  const { status, headers } = exchange
  const ray = headers['cf-ray']
  const about = {
    httpStatus: status,
    ...(typeof ray === 'string' && { rayId: shortened(plainText(withoutSecret(credential, ray)), 64) }),
  }
  const envelope = v.safeParse(Envelope, json(exchange.body, credential))
  const errors = envelope.success ? envelope.output.errors.flatMap(apiErrors).slice(0, MAX_ERRORS) : []
  if (status < 200 || status > 299 || (envelope.success && !envelope.output.success)) {
    return { kind: 'problem', problem: { ...about, ...refusal(status, envelope.success, errors) } }
  }
  const parsed = envelope.success ? v.safeParse(result, envelope.output.result) : undefined
  if (!envelope.success || parsed?.success !== true) {
    const what = envelope.success
      ? `Cloudflare answered ${statusText(status)}, but without the result that its API reference promises`
      : `Something answered ${statusText(status)}, but not in the form of Cloudflare's API`
    return { kind: 'problem', problem: { ...about, what, remedy: PROXY_REMEDY, reach: 'transient', errors } }
  }
  const { date } = headers
  const { result_info: resultInfo } = envelope.output
  return { kind: 'result', result: parsed.output, ...about, ...(date !== undefined && { date }), resultInfo }
}

function apiErrors(entry: v.InferOutput<typeof Errors>[number]): ApiError[] {
  return [entry, ...entry.error_chain]
    .filter(({ code, message }) => code !== undefined || message !== undefined)
    .map(({ code, message }) => apiError(code, message ?? 'no message'))
}

/** Every text of the answer goes without the credential, once JSON's escapes are undone. */
function json(text: string, credential: Credential): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'string' ? withoutSecret(credential, value) : value,
    )
  } catch {
    return undefined
  }
}

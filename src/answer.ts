import { STATUS_CODES } from 'node:http'
import * as v from 'valibot'
import type { Exchange, HttpAnswer } from './exchange.ts'
import { hintFor } from './hints.ts'
import { noAnswerProblem, PROXY_REMEDY } from './no-answer.ts'
import { plainText, shortened } from './plain-text.ts'
import { type ApiError, apiError, type Problem } from './problem.ts'

/** What Cloudflare answered: a result of the expected shape, or a problem. */
export type Answer<T> =
  | {
      readonly ok: true
      readonly result: T
      readonly httpStatus: number
      readonly rayId?: string
      readonly date?: string
      /** The envelope's `result_info`, unchecked: where a list goes on. */
      readonly resultInfo?: unknown
    }
  | { readonly ok: false; readonly problem: Problem }

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

/** HTTP statuses of failures that may pass; 5xx come on top. 429 is the rate limit's and no failure of the call. */
const TRANSIENT = new Set([408, 425])

/**
 * Reads what came of one attempt. Nothing counts as a result but HTTP 2xx with the v4 envelope, `success: true` and a
 * `result` of the expected shape (Cloudflare API reference).
 *
 * @param redact - takes the credential out of texts, should Cloudflare or a proxy repeat it
 * @param hide - takes out of error messages what readers are not to see, before they are shortened
 */
export function readAnswer<T>(
  exchange: Exchange,
  result: v.GenericSchema<unknown, T>,
  redact: (text: string) => string,
  hide: (text: string) => string,
): Answer<T> {
  if (exchange.kind === 'no_answer') return { ok: false, problem: noAnswerProblem(exchange) }
  const { status } = exchange
  const rayId = rayIdOf(exchange, redact)
  const about = { httpStatus: status, ...(rayId !== undefined && { rayId }) }
  const envelope = v.safeParse(Envelope, json(exchange.body, redact))
  const errors = envelope.success
    ? envelope.output.errors.flatMap((entry) => apiErrors(entry, hide)).slice(0, MAX_ERRORS)
    : []
  if (status < 200 || status > 299 || (envelope.success && !envelope.output.success)) {
    return { ok: false, problem: { ...about, ...refusal(exchange, envelope.success, errors) } }
  }
  const parsed = envelope.success ? v.safeParse(result, envelope.output.result) : undefined
  if (!envelope.success || parsed?.success !== true) {
    const what = envelope.success
      ? `Cloudflare answered ${statusText(status)}, but without the result that its API reference promises`
      : `Something answered ${statusText(status)}, but not in the form of Cloudflare's API`
    return { ok: false, problem: { ...about, what, remedy: PROXY_REMEDY, reach: 'transient', errors } }
  }
  const date = exchange.headers.date
  const resultInfo = envelope.output.result_info
  return { ok: true, result: parsed.output, ...about, ...(date !== undefined && { date }), resultInfo }
}

function refusal(
  answer: HttpAnswer,
  enveloped: boolean,
  errors: readonly ApiError[],
): Omit<Problem, 'httpStatus' | 'rayId'> {
  const { status } = answer
  const hint = hintFor(status, errors)
  const remedy = hint?.remedy ?? remedyFor(answer, enveloped)
  const what =
    status >= 300 && status <= 399
      ? `Something answered with a redirect (${statusText(status)}), which is not followed`
      : `Cloudflare answered ${statusText(status)}${status <= 299 ? ' with "success": false' : ''}`
  const transient = TRANSIENT.has(status) || status >= 500
  const everyone = hint?.everyone === true || (status === 404 && !enveloped)
  return {
    what,
    ...(remedy !== undefined && { remedy }),
    reach: transient ? 'transient' : everyone ? 'everyone' : 'user',
    errors,
  }
}

function remedyFor({ status }: HttpAnswer, enveloped: boolean): string | undefined {
  if (status >= 500) return 'See https://www.cloudflarestatus.com, and run the step again later.'
  if (status >= 300 && status <= 399) return 'Check `api-base-url`, or look for a proxy that wants a login.'
  if (status === 404 && !enveloped) return 'This is not the API: check `api-base-url`.'
  return enveloped ? undefined : PROXY_REMEDY
}

function apiErrors(entry: v.InferOutput<typeof Errors>[number], hide: (text: string) => string): ApiError[] {
  return [entry, ...entry.error_chain]
    .filter(({ code, message }) => code !== undefined || message !== undefined)
    .map(({ code, message }) => apiError(code, hide(message ?? 'no message')))
}

function rayIdOf({ headers }: HttpAnswer, redact: (text: string) => string): string | undefined {
  const ray = headers['cf-ray']
  return typeof ray === 'string' ? shortened(plainText(redact(ray)), 64) : undefined
}

function statusText(status: number): string {
  return [status, STATUS_CODES[status]].filter(Boolean).join(' ')
}

/** Every text of the answer goes through `redact`, once JSON's escapes are undone. */
function json(text: string, redact: (text: string) => string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? redact(value) : value))
  } catch {
    return undefined
  }
}

import * as v from 'valibot'
import { shortened } from '../text/plain-text.ts'
import { parseHttpDate } from '../text/measures.ts'
import { type Authorization, refusal } from './error-codes.ts'
import type { Exchange, HttpAnswer } from './http-exchange.ts'
import { type ApiError, apiError, type FailedAttempt, noAnswer, PROXY_REMEDY, statusText } from './problem.ts'
import type { Attempt } from './rate-limit.ts'

/** What Cloudflare answered: a result of the expected shape, or a problem. */
export type Answer<T> = Answered<T> | ({ readonly kind: 'problem' } & FailedAttempt)

/** What an answer shows of the server's clock. */
export interface ServerTime {
  /** The `Date` header, in milliseconds since the epoch; undefined if there is none that can be read. */
  readonly date: number | undefined
  /** When the answer had arrived, by `monotonicMs()`. */
  readonly receivedAt: number
}

export interface Answered<T> extends ServerTime {
  readonly kind: 'result'
  readonly result: T
  readonly httpStatus: number
  readonly rayId?: string
  /** The envelope's `result_info`, unchecked: where a list goes on. */
  readonly resultInfo?: unknown
}

export interface ReadAttempt<T> extends Attempt {
  readonly answer: Answer<T>
}

/** An answer's status, and the ray ID by which Cloudflare support finds it. */
export function idsOf({
  httpStatus,
  rayId,
}: Answered<unknown>): Pick<Answered<unknown>, 'httpStatus' | 'rayId'> {
  return { httpStatus, ...(rayId !== undefined && { rayId }) }
}

const ErrorEntry = v.object({
  code: v.optional(v.union([v.number(), v.string()])),
  message: v.optional(v.string()),
  documentation_url: v.fallback(v.optional(v.string()), undefined),
})
const ErrorChain = v.fallback(v.array(v.fallback(ErrorEntry, {})), [])
const ErrorWithChain = v.object({ ...ErrorEntry.entries, error_chain: ErrorChain })
const Errors = v.fallback(v.array(v.fallback(ErrorWithChain, { error_chain: [] })), [])
const Envelope = v.object({
  success: v.boolean(),
  errors: v.optional(v.unknown()),
  result: v.optional(v.unknown()),
  result_info: v.optional(v.unknown()),
})

/** A success has an empty list of errors, or none. */
const NoErrors = v.nullish(v.pipe(v.array(v.unknown()), v.maxLength(0)))

/** More errors than this are of no help. */
const MAX_ERRORS = 10

export interface CallSpec<T> extends Authorization {
  readonly result: v.GenericSchema<unknown, T>
}

/**
 * Reads the outcome of one attempt. Only HTTP 2xx with the v4 envelope, `success: true`, no errors and a `result` of the
 * expected shape counts as a result (Cloudflare API reference).
 *
 * @param secret - is removed from all texts, in case Cloudflare or a proxy repeats it
 */
export function readAttempt<T>(exchange: Exchange, spec: CallSpec<T>, secret: string): ReadAttempt<T> {
  const answer: Answer<T> =
    exchange.kind === 'answer'
      ? readAnswer(exchange, spec, (text) => text.replaceAll(secret, '***'))
      : { kind: 'problem', ...noAnswer(exchange) }
  return { exchange, isRateLimited: answer.kind === 'problem' && answer.failure === 'rate_limited', answer }
}

function readAnswer<T>(
  { status, headers, body, receivedAt }: HttpAnswer,
  { result, permission, isAccepted }: CallSpec<T>,
  clean: (text: string) => string,
): Answer<T> {
  // The texts are cleaned after JSON's escapes are undone.
  const reviver = (_key: unknown, value: unknown): unknown =>
    typeof value === 'string' ? clean(value) : value
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson({ reviver }), Envelope), body)
  const envelope = parsed.success ? parsed.output : undefined
  const errors = errorsOf(envelope?.errors)
  const ray = headers['cf-ray']
  const ids = { httpStatus: status, ...(typeof ray === 'string' && { rayId: shortened(clean(ray), 64) }) }
  const unexpected = (what: string): Answer<T> => ({
    kind: 'problem',
    failure: 'transient',
    problem: { ...ids, what, remedy: PROXY_REMEDY, scope: 'transient', errors },
  })
  if (status < 200 || status > 299 || envelope?.success === false) {
    // The header says that a bot challenge answered (Cloudflare docs, "Detect a challenge page response").
    const isCloudflares = envelope !== undefined && headers['cf-mitigated'] === undefined
    const { failure, problem } = refusal({ status, isCloudflares, errors, permission, isAccepted })
    return { kind: 'problem', failure, problem: { ...ids, ...problem } }
  }
  const answered = `answered ${statusText(status)}`
  if (envelope === undefined)
    return unexpected(`Something ${answered}, but not in the form of Cloudflare's API`)
  if (!v.is(NoErrors, envelope.errors))
    return unexpected(`Cloudflare ${answered} with "success": true and errors, which contradict each other`)
  const checked = v.safeParse(result, envelope.result)
  if (!checked.success)
    return unexpected(`Cloudflare ${answered}, but without the result that its API reference promises`)
  return {
    kind: 'result',
    result: checked.output,
    ...ids,
    date: parseHttpDate(headers.date ?? ''),
    receivedAt,
    resultInfo: envelope.result_info,
  }
}

function errorsOf(given: unknown): ApiError[] {
  return v
    .parse(Errors, given)
    .flatMap((entry) => [entry, ...entry.error_chain])
    .filter(({ code, message }) => code !== undefined || message !== undefined)
    .map(({ code, message = 'no message', documentation_url: documentationUrl }) => ({
      ...apiError(code, message),
      documentationUrl,
    }))
    .slice(0, MAX_ERRORS)
}

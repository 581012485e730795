import * as v from 'valibot'
import { API_PREFIX, type Operation, routeOf } from '../../embedded-api/http/route.ts'
import { parseHttpDate } from '../../src/text/measures.ts'
import { CLOCK_TOLERANCE_MS } from '../../src/verify/clocks.ts'

/** A complete answer of the API, to a call of the bundle or of this program. It may contain personal data. */
export interface RecordedAnswer {
  readonly method: string
  /** Below the API's base URL, without the query. */
  readonly path: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>
  /** Parsed JSON, or the text if it is not JSON. */
  readonly body: unknown
}

/** An answer as it was received. */
export interface RawAnswer extends RecordedAnswer {
  /** The URL, or what of it the request line has. */
  readonly path: string
  readonly body: string
}

/** Records an answer of the API at the base URL. */
export function recordedAnswer({ path, body, ...rest }: RawAnswer, baseUrl: string): RecordedAnswer {
  // Through a proxy, the request line over plain HTTP has the whole URL.
  const { pathname } = new URL(path, baseUrl)
  return { ...rest, path: pathname.slice(new URL(baseUrl).pathname.length), body: jsonOrText(body) }
}

/** The operation that an answer belongs to. */
export function operationOf({ path }: RecordedAnswer): Operation | undefined {
  return routeOf(`${API_PREFIX}${path}`)?.operation
}

/** The answers to calls of operations, in order. */
export function answersTo(
  answers: readonly RecordedAnswer[],
  ...operations: readonly Operation[]
): RecordedAnswer[] {
  return answers.filter((answer) => operations.some((operation) => operation === operationOf(answer)))
}

/** The result of a successful answer: 2xx, `success: true`, and a result of this shape. */
export function resultOf<T>(
  answer: RecordedAnswer | undefined,
  result: v.GenericSchema<unknown, T>,
): T | undefined {
  if (answer === undefined || answer.status < 200 || answer.status > 299) return undefined
  const parsed = v.safeParse(v.object({ success: v.literal(true), result }), answer.body)
  return parsed.success ? parsed.output.result : undefined
}

/** Whether an answer says something about the API; a missing permission, a limit, and a failure do not. */
export function isConclusive(answer: RecordedAnswer | undefined): answer is RecordedAnswer {
  return answer !== undefined && answer.status < 500 && ![401, 403, 429].includes(answer.status)
}

const Coded = v.object({ errors: v.array(v.object({ code: v.number() })) })

/** An answer in words without personal data, such as `HTTP 404, code 12130`. */
export function answerText(answer: RecordedAnswer | undefined): string {
  if (answer === undefined) return 'no answer'
  const errors = v.safeParse(Coded, answer.body)
  if (errors.success && errors.output.errors.length > 0) {
    const codes = errors.output.errors.map(({ code }) => code)
    return `HTTP ${answer.status}, code ${codes.join(', ')}`
  }
  const flag = v.safeParse(v.object({ result: v.boolean() }), answer.body)
  return flag.success ? `HTTP ${answer.status}, result ${flag.output.result}` : `HTTP ${answer.status}`
}

/** The `Date` header in milliseconds since the epoch. */
export function dateOf({ headers }: RecordedAnswer): number | undefined {
  return parseHttpDate(String(headers['date']))
}

/** No time in an answer can be after this: the latest `Date`, with the clock difference that the action allows. */
export function latestTime(answers: readonly RecordedAnswer[]): number {
  const dates = answers.flatMap((answer) => dateOf(answer) ?? [])
  return (dates.length === 0 ? Date.now() : Math.max(...dates)) + CLOCK_TOLERANCE_MS
}

/** Parsed JSON, or the text if it is not JSON. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

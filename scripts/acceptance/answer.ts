import { parseList } from 'structured-headers'
import * as v from 'valibot'
import { API_PREFIX, type Operation, routeOf } from '../../embedded-api/http/route.ts'

/** A complete answer of the API, to a call of the bundle or of this program. It may contain personal data. */
export interface Answer {
  readonly method: string
  /** Below the API's base URL, without the query. */
  readonly path: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>
  /** Parsed JSON, or the text if it is not JSON. */
  readonly body: unknown
}

/** Clocks of Cloudflare's servers may differ by this much, in milliseconds. */
export const CLOCK_TOLERANCE_MS = 60_000

/** The answers to calls of operations, in order. */
export function answersTo(answers: readonly Answer[], ...operations: readonly Operation[]): Answer[] {
  return answers.filter((answer) => operations.some((operation) => operation === operationOf(answer)))
}

/** The operation that an answer belongs to. */
export function operationOf({ path }: Answer): Operation | undefined {
  return routeOf(`${API_PREFIX}${path}`)?.operation
}

/** The result of a successful answer: 2xx, `success: true`, and a result of this shape. */
export function resultOf<T>(answer: Answer | undefined, result: v.GenericSchema<unknown, T>): T | undefined {
  if (answer === undefined || answer.status < 200 || answer.status > 299) return undefined
  const parsed = v.safeParse(v.object({ success: v.literal(true), result }), answer.body)
  return parsed.success ? parsed.output.result : undefined
}

/** Whether an answer says something about the API; a missing permission, a limit, and a failure do not. */
export function isConclusive(answer: Answer | undefined): boolean {
  return answer !== undefined && answer.status < 500 && ![401, 403, 429].includes(answer.status)
}

const Coded = v.object({ errors: v.pipe(v.array(v.object({ code: v.number() })), v.nonEmpty()) })
const Flagged = v.object({ result: v.boolean() })

/** An answer in words without personal data, such as `HTTP 404, code 12130`. */
export function answerText(answer: Answer | undefined): string {
  if (answer === undefined) return 'no answer'
  const status = `HTTP ${answer.status}`
  const coded = v.safeParse(Coded, answer.body)
  if (coded.success) return `${status}, code ${coded.output.errors.map(({ code }) => code).join(', ')}`
  const flagged = v.safeParse(Flagged, answer.body)
  return flagged.success ? `${status}, result ${flagged.output.result}` : status
}

/** The `Date` header in milliseconds since the epoch; undefined unless it is in the preferred form of RFC 9110. */
export function dateOf({ headers: { date } }: Answer): number | undefined {
  const time = typeof date === 'string' ? new Date(date) : undefined
  return time !== undefined && !Number.isNaN(time.getTime()) && time.toUTCString() === date
    ? time.getTime()
    : undefined
}

/** No time in an answer can be after this: the latest `Date`, with the tolerance. */
export function latestTime(answers: readonly Answer[]): number {
  const dates = answers.flatMap((answer) => dateOf(answer) ?? [])
  return (dates.length === 0 ? Date.now() : Math.max(...dates)) + CLOCK_TOLERANCE_MS
}

const List = v.object({
  result: v.nullable(v.array(v.unknown())),
  result_info: v.optional(v.record(v.string(), v.unknown())),
})

/** The lists among the answers, with their `result_info`. */
export function listsIn(
  answers: readonly Answer[],
): { readonly result: readonly unknown[]; readonly info: Readonly<Record<string, unknown>> | undefined }[] {
  return answers.flatMap(({ body }) => {
    const list = v.safeParse(List, body)
    return list.success ? [{ result: list.output.result ?? [], info: list.output.result_info }] : []
  })
}

/** Whether an answer confirms a revocation. */
export function isConfirmed(answer: Answer | undefined): boolean {
  return resultOf(answer, v.boolean()) === true
}

/** Parameters of a rate limit header, such as `q` and `w`, for each policy that has all of them. */
export function limitsIn(header: unknown, ...names: readonly string[]): number[][] {
  if (typeof header !== 'string') return []
  try {
    return parseList(header)
      .map(([, parameters]) => names.map((name) => Number(parameters.get(name))))
      .filter((values) => values.every((value) => !Number.isNaN(value)))
  } catch {
    return []
  }
}

import * as v from 'valibot'

/** A whole answer of the API, to one of the bundle's calls or of this program's own. It may contain personal data. */
export interface SeenAnswer {
  readonly method: string
  /** Under the API's base URL, without the query. */
  readonly path: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>
  /** Parsed JSON, or the text where it is not JSON. */
  readonly body: unknown
}

/** Calls by what they do. */
export type OperationName =
  'revoke_user' | 'list_users' | 'active_sessions' | 'list_registrations' | 'update_seats' | 'verify_token'

const PATHS: readonly (readonly [RegExp, OperationName])[] = [
  [/\/revoke_user$/, 'revoke_user'],
  [/\/access\/users$/, 'list_users'],
  [/\/active_sessions$/, 'active_sessions'],
  [/\/devices\/registrations$/, 'list_registrations'],
  [/\/access\/seats$/, 'update_seats'],
  [/\/tokens\/verify$/, 'verify_token'],
]

/** What was called. */
export function operationOf({ path }: SeenAnswer): OperationName | undefined {
  return PATHS.find(([pattern]) => pattern.test(path))?.[1]
}

/** The answers to calls of one operation, in order. */
export function answersTo(answers: readonly SeenAnswer[], operation: OperationName): SeenAnswer[] {
  return answers.filter((answer) => operationOf(answer) === operation)
}

/** The result of an answer that says yes: 2xx, `success: true`, and a result that fits. */
export function resultOf<T>(
  answer: SeenAnswer | undefined,
  result: v.GenericSchema<unknown, T>,
): T | undefined {
  if (answer === undefined || answer.status < 200 || answer.status > 299) return undefined
  const parsed = v.safeParse(v.object({ success: v.literal(true), result }), answer.body)
  return parsed.success ? parsed.output.result : undefined
}

/** Whether an answer says something of the API; a missing permission, a limit, and a failure do not. */
export function isTelling(answer: SeenAnswer | undefined): answer is SeenAnswer {
  return answer !== undefined && answer.status < 500 && ![401, 403, 429].includes(answer.status)
}

const Coded = v.object({ errors: v.array(v.object({ code: v.number() })) })

/** An answer in words that name nobody, such as `HTTP 404, code 12130`. */
export function answerText(answer: SeenAnswer | undefined): string {
  if (answer === undefined) return 'no answer'
  const refused = v.safeParse(Coded, answer.body)
  if (refused.success && refused.output.errors.length > 0) {
    const codes = refused.output.errors.map(({ code }) => code)
    return `HTTP ${answer.status}, code ${codes.join(', ')}`
  }
  const yes = v.safeParse(v.object({ result: v.boolean() }), answer.body)
  return yes.success ? `HTTP ${answer.status}, result ${String(yes.output.result)}` : `HTTP ${answer.status}`
}

/** The `Date` header in milliseconds since the epoch. */
export function dateOf({ headers }: SeenAnswer): number | undefined {
  const date = Date.parse(String(headers['date']))
  return Number.isNaN(date) ? undefined : date
}

import { HttpClient } from '@actions/http-client'
import { parseList } from 'structured-headers'
import * as v from 'valibot'

/** What a run needs to call the account. */
export interface Access {
  readonly accountId: string
  readonly token: string
  /** Without a slash at the end. */
  readonly baseUrl: string
}

/** A complete answer of the API. It may contain personal data. */
export interface Answer {
  readonly operation: Operation
  readonly method: string
  /** Below the API's base URL, without the query. */
  readonly path: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>
  /** Parsed JSON, or the text if it is not JSON. */
  readonly body: unknown
}

export type Operation = keyof typeof CALLS

/** The method of each call, and its path below the account's. */
const CALLS = {
  verify_account_token: ['GET', '/tokens/verify'],
  list_users: ['GET', '/access/users'],
  active_sessions: ['GET', '/access/users/{id}/active_sessions'],
  list_registrations: ['GET', '/devices/registrations'],
  list_logins: ['GET', '/access/logs/access_requests'],
  revoke_user: ['POST', '/access/organizations/revoke_user'],
  update_seats: ['PATCH', '/access/seats'],
  verify_user_token: ['GET', '/user/tokens/verify'],
} as const

/** Long, because a slow answer is an answer too. */
const TIMEOUT_MS = 120_000

/** The account, whose answers are kept. */
export class Account {
  /** All answers in order. */
  readonly answers: Answer[] = []
  readonly #access: Access
  readonly #http = new HttpClient('revoke-cloudflare-access acceptance', [], {
    allowRedirects: false,
    socketTimeout: TIMEOUT_MS,
  })

  constructor(access: Access) {
    this.#access = access
  }

  /** Makes one call. Undefined without an answer; the error could contain the address. */
  async call(
    operation: Operation,
    { id = '', query, body }: { id?: string; query?: URLSearchParams; body?: object } = {},
  ): Promise<Answer | undefined> {
    const { baseUrl, accountId, token } = this.#access
    const [method, template] = CALLS[operation]
    const place = template.replace('{id}', encodeURIComponent(id))
    const path = operation === 'verify_user_token' ? place : `/accounts/${accountId}${place}`
    const url = `${baseUrl}${path}${query === undefined ? '' : `?${query.toString()}`}`
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }
    try {
      const response = await this.#http.request(method, url, body ? JSON.stringify(body) : null, headers)
      const { statusCode: status = 0, headers: answered } = response.message
      const text = await response.readBody()
      const answer = { operation, method, path, status, headers: answered, body: jsonOrText(text) }
      this.answers.push(answer)
      return answer
    } catch {
      return undefined
    }
  }

  /** The records of a list; undefined if they cannot be read. */
  async list<T>(
    record: v.GenericSchema<unknown, T>,
    ...call: Parameters<Account['call']>
  ): Promise<T[] | undefined> {
    const result = resultOf(await this.call(...call), v.nullable(v.array(record)))
    return result === null ? [] : result
  }
}

/** Parsed JSON, or the text if it is not JSON. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The result of a successful answer: 2xx, `success: true`, and a result of this shape. */
export function resultOf<T>(answer: Answer | undefined, result: v.GenericSchema<unknown, T>): T | undefined {
  if (answer === undefined || answer.status < 200 || answer.status > 299) return undefined
  const parsed = v.safeParse(v.object({ success: v.literal(true), result }), answer.body)
  return parsed.success ? parsed.output.result : undefined
}

/** Whether an answer confirms a revocation. */
export function isConfirmed(answer: Answer | undefined): boolean {
  return resultOf(answer, v.boolean()) === true
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

/** Parameters of a rate limit header, such as `q` and `w`, for each policy that has all of them. */
export function limitsIn(header: unknown, ...names: readonly string[]): number[][] {
  try {
    return parseList(String(header))
      .map(([, parameters]) => names.map((name) => Number(parameters.get(name))))
      .filter((values) => values.every((value) => !Number.isNaN(value)))
  } catch {
    return []
  }
}

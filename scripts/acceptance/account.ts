import { parseList } from 'structured-headers'
import * as v from 'valibot'
import { HttpExchanger, type HttpRequest } from '../../src/cloudflare/http-exchange.ts'

/** What a run needs to call the account. */
export interface Access {
  readonly accountId: string
  readonly token: string
  /** Without a slash at the end. */
  readonly baseUrl: string
}

/** A complete answer of the API. It may contain personal data. */
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

/** The run cannot go on, for a reason without personal data. */
export class Stop extends Error {}

const Listed = v.object({ result_info: v.fallback(v.record(v.string(), v.unknown()), {}) })

/** The account, whose answers are kept. */
export class Account {
  /** All answers in order. */
  readonly answers: Answer[] = []
  /** Those that are lists, with how many records they have. */
  readonly lists: { place: string; length: number; info: Readonly<Record<string, unknown>> }[] = []
  readonly #access: Access
  /** With two minutes for a call: a slow answer is an answer too. */
  readonly #http = new HttpExchanger(120_000, new AbortController().signal)

  constructor(access: Access) {
    this.#access = access
  }

  /**
   * Makes one call; undefined without an answer.
   *
   * @param place - below the account, or below the API itself for `/user/…`
   */
  async call(
    method: HttpRequest['method'],
    place: string,
    { id = '', query, body }: { id?: string; query?: URLSearchParams; body?: object } = {},
  ): Promise<Answer | undefined> {
    const { baseUrl, accountId, token } = this.#access
    const root = place.startsWith('/user/') ? '' : `/accounts/${accountId}`
    const path = `${root}${place.replace('{id}', encodeURIComponent(id))}`
    const exchange = await this.#http.attempt({
      method,
      url: `${baseUrl}${path}${query === undefined ? '' : `?${query.toString()}`}`,
      headers: {
        'user-agent': 'revoke-cloudflare-access acceptance',
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (exchange.kind === 'no_answer') return undefined
    const { output: json } = v.safeParse(v.pipe(v.string(), v.parseJson()), exchange.body)
    const answer = { method, path, status: exchange.status, headers: exchange.headers, body: json }
    this.answers.push(answer)
    return answer
  }

  /**
   * Reads the records of a list.
   *
   * @throws Stop if they cannot be read
   */
  async list<T>(
    record: v.GenericSchema<unknown, T>,
    place: string,
    parameters: { id?: string; query?: URLSearchParams },
  ): Promise<readonly T[]> {
    const answer = await this.call('GET', place, parameters)
    const result = resultOf(answer, v.nullable(v.array(record)))
    if (answer === undefined || result === undefined) {
      throw new Stop(
        `GET ${place} cannot be read (${answerText(answer)}). The token needs the account permissions ` +
          '"Access: Organizations Revoke", "Access: Audit Logs Read", and "Zero Trust Read"; for --seat also "Zero Trust: Seats Write".',
      )
    }
    const records = result ?? []
    this.lists.push({ place, length: records.length, info: v.parse(Listed, answer.body).result_info })
    return records
  }
}

/** The result of a successful answer: 2xx, `success: true`, and a result of this shape. */
export function resultOf<T>(answer: Answer | undefined, result: v.GenericSchema<unknown, T>): T | undefined {
  if (answer === undefined || answer.status < 200 || answer.status > 299) return undefined
  const parsed = v.safeParse(v.object({ success: v.literal(true), result }), answer.body)
  return parsed.success ? parsed.output.result : undefined
}

const Told = v.object({
  errors: v.fallback(v.array(v.object({ code: v.number() })), []),
  result: v.fallback(v.optional(v.boolean()), undefined),
})

/** An answer in words without personal data, such as `HTTP 404, code 12130`. */
export function answerText(answer: Answer | undefined): string {
  if (answer === undefined) return 'no answer'
  const { errors, result } = v.parse(v.fallback(Told, { errors: [] }), answer.body)
  const codes = errors.map(({ code }) => `code ${code}`)
  return [`HTTP ${answer.status}`, ...codes, ...(result === undefined ? [] : [`result ${result}`])].join(', ')
}

/** Parameters of a rate limit header, such as `q` and `w`, for each policy that has all of them. */
export function limitsIn(header: unknown, ...names: readonly string[]): number[][] {
  try {
    return parseList(String(header))
      .map(([, parameters]) => names.map((name) => Number(parameters.get(name))))
      .filter((values) => !values.includes(Number.NaN))
  } catch {
    return []
  }
}

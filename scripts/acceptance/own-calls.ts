import { HttpExchanger } from '../../src/cloudflare/http-exchange.ts'
import { VERSION } from '../../src/cloudflare/version.ts'
import type { SeenAnswer } from './seen-answer.ts'
import type { Settings } from './settings.ts'

/** Name and value of a parameter in a query. */
export type Parameter = [string, string]

/** Milliseconds for one call: nobody is kept waiting, and an answer that comes late is still one. */
const TIMEOUT = 120_000

/** Makes this program's own calls to the account, once each, and keeps every answer that anybody received. */
export class OwnCalls {
  readonly #settings: Settings
  readonly #exchanger = new HttpExchanger(TIMEOUT)
  readonly #answers: SeenAnswer[] = []

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** Every answer so far, in order; those to the bundle's calls are {@link add}ed. */
  get answers(): readonly SeenAnswer[] {
    return this.#answers
  }

  /** Adds answers that somebody else received. */
  add(answers: readonly SeenAnswer[]): void {
    this.#answers.push(...answers)
  }

  /** Reads a path below the account; undefined if no whole answer came. */
  async get(path: string, query: readonly Parameter[] = []): Promise<SeenAnswer | undefined> {
    const search = new URLSearchParams([...query]).toString()
    return this.#call('GET', path, search === '' ? '' : `?${search}`)
  }

  /** Changes something below the account; undefined if no whole answer came. */
  async patch(path: string, body: unknown): Promise<SeenAnswer | undefined> {
    return this.#call('PATCH', path, '', JSON.stringify(body))
  }

  async #call(
    method: 'GET' | 'PATCH',
    below: string,
    search: string,
    body?: string,
  ): Promise<SeenAnswer | undefined> {
    const { accountId, baseUrl, token } = this.#settings
    const path = `/accounts/${accountId}${below}`
    const exchange = await this.#exchanger.attempt({
      method,
      url: `${baseUrl}${path}${search}`,
      headers: {
        authorization: `Bearer ${token}`,
        'user-agent': `revoke-cloudflare-access-acceptance/${VERSION}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
    })
    if (exchange.kind === 'no_answer') return undefined
    const { status, headers } = exchange
    const answer = { method, path, status, headers, body: jsonOrText(exchange.body) }
    this.#answers.push(answer)
    return answer
  }
}

/** Parsed JSON, or the text where it is not JSON. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

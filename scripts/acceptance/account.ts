import { Client } from '../../src/cloudflare/client.ts'
import { Endpoints } from '../../src/cloudflare/endpoints.ts'
import { type Exchange, HttpExchanger, type HttpRequest } from '../../src/cloudflare/http-exchange.ts'
import { Throttle } from '../../src/cloudflare/throttle.ts'
import { Log } from '../../src/runner/log.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import { type RecordedAnswer, recordedAnswer } from './recorded-answer.ts'
import type { Settings } from './settings.ts'

/** Log label of the calls. */
export const TEST_USER = 'The test user'

/** Long, because a slow answer is an answer too. In milliseconds. */
const TIMEOUT_MS = 120_000

/** A run makes fewer calls than this, so that it never meets the rate limit. */
export const MAX_CALLS = 200

/** The account, called by the action's own client, once for each call. */
export class Account {
  readonly endpoints: Endpoints
  readonly #answers: RecordedAnswer[] = []

  constructor({ accountId, baseUrl, token }: Settings) {
    const stop = new RunStop()
    const log = new QuietLog()
    const throttle = new Throttle({ concurrency: 1, calls: MAX_CALLS, stop, log })
    const http = new ObservedExchanger(TIMEOUT_MS, ({ method, url }, exchange) => {
      if (exchange.kind === 'answer')
        this.#answers.push(recordedAnswer({ ...exchange, method, path: url }, baseUrl))
    })
    const credential = { kind: 'api-token', token, owner: 'unknown' } as const
    const client = new Client({ baseUrl, credential, maxAttempts: 1, http, throttle, log })
    this.endpoints = new Endpoints(client, { type: 'account', id: accountId })
  }

  /** All recorded answers in order, including those to the bundle. */
  get answers(): readonly RecordedAnswer[] {
    return this.#answers
  }

  /** Adds answers that the bundle received. */
  add(answers: readonly RecordedAnswer[]): void {
    this.#answers.push(...answers)
  }
}

class ObservedExchanger extends HttpExchanger {
  readonly #observe: (request: HttpRequest, exchange: Exchange) => void

  constructor(timeoutMs: number, observe: (request: HttpRequest, exchange: Exchange) => void) {
    super(timeoutMs)
    this.#observe = observe
  }

  override async attempt(request: HttpRequest, cancelled?: AbortSignal): Promise<Exchange> {
    const exchange = await super.attempt(request, cancelled)
    this.#observe(request, exchange)
    return exchange
  }
}

/** Debug lines have the test user's address and IDs. */
class QuietLog extends Log {
  override debug(): void {
    // Not shown.
  }
}

import { setTimeout as after } from 'node:timers/promises'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import { Client } from '../../src/cloudflare/client.ts'
import { Endpoints } from '../../src/cloudflare/endpoints.ts'
import { type Exchange, HttpExchanger, type HttpRequest } from '../../src/cloudflare/http-exchange.ts'
import { Throttle } from '../../src/cloudflare/throttle.ts'
import { Log } from '../../src/runner/log.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { success } from './answering-server.ts'

/** The kinds of calls. */
export type Kind = 'revoke' | 'users' | 'sessions' | 'devices' | 'logins' | 'seats'

const KINDS: readonly (readonly [path: string, kind: Kind])[] = [
  ['/revoke_user', 'revoke'],
  ['/access/users?', 'users'],
  ['/active_sessions', 'sessions'],
  ['/devices/registrations', 'devices'],
  ['/access_requests', 'logins'],
  ['/access/seats', 'seats'],
]

/** An answer of the server. */
export interface Answer {
  readonly status: number
  readonly body: string
}

const ok = (result: unknown): Answer => ({ status: 200, body: success({ result }) })
/** A refusal in Cloudflare's form. */
export const refused = (message: string, status = 403, code = 10000): Answer => ({
  status,
  body: JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null }),
})
export const AUTHENTICATION = refused('Authentication error')
export const FORBIDDEN = refused('Forbidden')
/** Something in front of the API does not let the call through. */
export const FIREWALL: Answer = { status: 403, body: 'error code: 1020' }

/** Answers after 5 ms, without a network. */
export class Answers extends HttpExchanger {
  readonly sent: Kind[] = []
  readonly #answer: (kind: Kind, index: number) => Answer | undefined

  /** @param answer - by the kind of the call, and how many of its kind came before; undefined for a success */
  constructor(answer: (kind: Kind, index: number) => Answer | undefined) {
    super(1_000, new AbortController().signal)
    this.#answer = answer
  }

  override async attempt({ url }: HttpRequest): Promise<Exchange> {
    const kind = KINDS.find(([path]) => url.includes(path))?.[1] ?? 'revoke'
    const index = this.count(kind)
    this.sent.push(kind)
    await after(5)
    const answer = this.#answer(kind, index) ?? ok(kind === 'revoke' ? true : [])
    return { kind: 'answer', headers: {}, receivedAt: 0, ...answer }
  }

  count(kind: Kind): number {
    return this.sent.filter((each) => each === kind).length
  }
}

class SilentLog extends Log {
  override info(): void {
    // Says nothing.
  }
}

/** Endpoints whose calls get these answers. */
export function endpointsWith(http: HttpExchanger, { concurrency = 10, maxAttempts = 5 } = {}) {
  const [stop, log] = [new RunStop(), new SilentLog()]
  const throttle = new Throttle({ concurrency, calls: 10_000, stop, log })
  const server = { baseUrl: 'http://127.0.0.1', headers: {}, secret: 'secret' }
  const client = new Client({ ...server, maxAttempts, http, throttle, log })
  return { stop, endpoints: new Endpoints(client, { type: 'account', id: DEMO_ACCOUNT_ID }) }
}

export const ID = '11111111-1111-4111-8111-111111111111'
const EMAIL = parseEmailAddress('a@example.com')
if (typeof EMAIL !== 'string') throw new Error('not an address')
export const USER = { email: EMAIL, devices: false, warpSessionReauth: false }

/** Makes several calls at once. */
export const several = async <T>(count: number, call: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, call))

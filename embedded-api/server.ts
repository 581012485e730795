import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, Server as TlsServer } from 'node:https'
import { demoOrganization } from './demo-organization.ts'
import { FaultPlan, type FaultRule } from './faults/faults.ts'
import { commonHeaders, jsonAnswer, send } from './http/answer.ts'
import { serve, type ServerContext } from './http/exchange.ts'
import { Journal, type RecordedRequest } from './http/journal.ts'
import { type RateLimit, RateLimiter } from './http/rate-limit.ts'
import { API_PREFIX } from './http/route.ts'
import type { Organization } from './organization/organization.ts'
import type { World } from './world.ts'

export type { Fault, FaultRule } from './faults/faults.ts'
export type { RecordedRequest } from './http/journal.ts'
export type { World } from './world.ts'

export interface EmbeddedApiOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** PEM texts. With them the API speaks HTTPS, and the fault `reset` cannot be applied. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** The clock in milliseconds, default `Date.now`: session times, `Date`, propagation and rate-limit windows. */
  readonly now?: () => number
  /** Real time before every answer, milliseconds, default 0. */
  readonly latencyMs?: number
  /** Clock time after a revocation until sessions and devices are no longer listed, milliseconds, default 0. */
  readonly propagationMs?: number
  /** Per credential, default 1200 calls in 300,000 ms. `false`: neither a limit nor its headers. */
  readonly rateLimit?: RateLimit | false
  /** The accounts of the server, default the demo organization. */
  readonly organizations?: readonly Organization[]
  /** Deviations from the default behavior, default none. */
  readonly world?: World
  /** Whether to keep the requests, default true. */
  readonly record?: boolean
  /** Called with every request once it is over. */
  readonly onClosed?: (record: RecordedRequest) => void
}

const DEFAULT_RATE_LIMIT: RateLimit = { quota: 1200, windowMs: 300_000 }

/** Longer than any test, so that no client sends a request on a connection that just timed out. */
const KEEP_ALIVE_MS = 600_000

/** A path outside the API that shows the requests so far, without their headers. */
const REQUESTS_PATH = '/embedded-api/requests'

/** A strict stand-in for Cloudflare's Access API on loopback. */
export class EmbeddedApi {
  readonly baseUrl: string
  /** The first organization. */
  readonly organization: Organization
  readonly #server: Server
  readonly #context: ServerContext
  readonly #stopping: AbortController

  private constructor(
    server: Server,
    context: ServerContext,
    stopping: AbortController,
    organization: Organization,
  ) {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const scheme = server instanceof TlsServer ? 'https' : 'http'
    this.baseUrl = `${scheme}://127.0.0.1:${port ?? 0}${API_PREFIX}`
    this.organization = organization
    this.#server = server
    this.#context = context
    this.#stopping = stopping
  }

  /** Starts the API; it listens once the promise is fulfilled. */
  static async start(options: EmbeddedApiOptions = {}): Promise<EmbeddedApi> {
    const { now = Date.now, rateLimit = DEFAULT_RATE_LIMIT, tls } = options
    const stopping = new AbortController()
    const context: ServerContext = {
      organizations: options.organizations ?? [demoOrganization(now)],
      propagationMs: options.propagationMs ?? 0,
      world: options.world ?? {},
      journal: new Journal(options.record ?? true, options.onClosed),
      faults: new FaultPlan(),
      limiter: rateLimit === false ? undefined : new RateLimiter(rateLimit),
      now,
      latencyMs: options.latencyMs ?? 0,
      stopping: stopping.signal,
    }
    const [organization] = context.organizations
    if (organization === undefined) throw new Error('the embedded API needs an organization')
    const timeout = { keepAliveTimeout: KEEP_ALIVE_MS }
    const listener = listenerOf(context)
    const server =
      tls === undefined ? createServer(timeout, listener) : createTlsServer({ ...timeout, ...tls }, listener)
    server.listen(options.port ?? 0, '127.0.0.1')
    await once(server, 'listening')
    return new EmbeddedApi(server, context, stopping, organization)
  }

  get organizations(): readonly Organization[] {
    return this.#context.organizations
  }

  /** Every request that arrived, in order. */
  get requests(): readonly RecordedRequest[] {
    return this.#context.journal.requests
  }

  /** How many calls the rate limit refused. */
  get rateLimitHits(): number {
    return this.#context.limiter?.hits ?? 0
  }

  /** Plans a fault; rules are tried in the order given. */
  inject(rule: FaultRule): void {
    this.#context.faults.add(rule)
  }

  /** Uses up calls of the rate limit, as another client with the first credential would. */
  spend(calls: number): void {
    const [first] = this.organization.credentials
    const secret = first?.kind === 'api-token' ? first.token : first?.key
    this.#context.limiter?.spend(secret ?? '', calls, this.#context.now())
  }

  /** Ends every connection and every wait. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const closed = this.#server.listening ? once(this.#server, 'close') : undefined
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}

function listenerOf(context: ServerContext): RequestListener {
  return (request, response) => {
    if (request.url === REQUESTS_PATH) {
      const { requests } = context.journal
      const shown = requests.map(({ method, path, body, accepted, status }) => ({
        method,
        path,
        body,
        accepted,
        status,
      }))
      send(response, jsonAnswer(200, shown, commonHeaders(context.now(), context.world)))
      return
    }
    serve(context, request, response).catch((error: unknown) => {
      if (request.complete && !context.stopping.aborted) throw error
    })
  }
}

import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { Connections } from './http/connections.ts'
import { answerControl } from './http/control.ts'
import { serve, type ServerContext } from './http/exchange.ts'
import type { FaultRule } from './faults/faults.ts'
import type { RecordedRequest } from './http/journal.ts'
import { type EmbeddedApiOptions, serverContext } from './options.ts'
import type { Organization } from './organization/organization.ts'
import { API_PREFIX } from './http/route.ts'

export type { Fault, FaultRule } from './faults/faults.ts'
export type { RecordedRequest } from './http/journal.ts'
export type { EmbeddedApiOptions } from './options.ts'
export type { World } from './world.ts'

/** Longer than any test, so that no client sends a request on a connection that just timed out. */
const KEEP_ALIVE_MS = 600_000

/** A strict stand-in for Cloudflare's Access API on loopback. */
export class EmbeddedApi {
  readonly baseUrl: string
  /** The first organization. */
  readonly organization: Organization
  readonly organizations: readonly Organization[]
  readonly #server: Server
  readonly #context: ServerContext
  readonly #connections: Connections
  readonly #stopping: AbortController

  private constructor(server: Server, context: ServerContext, parts: Parts) {
    this.baseUrl = parts.baseUrl
    this.organization = parts.organization
    this.organizations = context.organizations
    this.#server = server
    this.#context = context
    this.#connections = parts.connections
    this.#stopping = parts.stopping
  }

  /** Starts the API; it listens once the promise is fulfilled. */
  static async start(options: EmbeddedApiOptions = {}): Promise<EmbeddedApi> {
    const connections = new Connections()
    const stopping = new AbortController()
    const context = serverContext(options, connections, stopping.signal)
    const [organization] = context.organizations
    if (organization === undefined) throw new Error('the embedded API needs an organization')
    const server = serverOf(options, listenerOf(context, options.showsRequests ?? false))
    connections.watch(server)
    server.listen(options.port ?? 0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const scheme = options.tls === undefined ? 'http' : 'https'
    const baseUrl = `${scheme}://127.0.0.1:${port ?? 0}${API_PREFIX}`
    return new EmbeddedApi(server, context, { baseUrl, organization, connections, stopping })
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

  /**
   * Uses up calls of the rate limit, as another client with the same credential would.
   *
   * @param secret the token or key, default the first credential of the first organization
   */
  spend(calls: number, secret?: string): void {
    const [first] = this.organization.credentials
    const value = secret ?? (first?.kind === 'api-token' ? first.token : first?.key)
    this.#context.limiter?.spend(value ?? '', calls, this.#context.now())
  }

  /** Ends every connection and every wait. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const closed = this.#server.listening ? once(this.#server, 'close') : undefined
    this.#server.close()
    this.#connections.destroyAll()
    this.#server.closeAllConnections()
    await closed
  }
}

interface Parts {
  baseUrl: string
  organization: Organization
  connections: Connections
  stopping: AbortController
}

function listenerOf(context: ServerContext, showsRequests: boolean): RequestListener {
  return (request, response) => {
    if (showsRequests && answerControl(context, request, response)) return
    serve(context, request, response).catch((error: unknown) => {
      if (!context.stopping.aborted) throw error
    })
  }
}

function serverOf({ tls }: EmbeddedApiOptions, listener: RequestListener): Server {
  const options = { keepAliveTimeout: KEEP_ALIVE_MS }
  return tls === undefined
    ? createServer(options, listener)
    : createTlsServer({ ...options, ...tls }, listener)
}

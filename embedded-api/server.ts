import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

import { Connections } from './connections.ts'
import { answerControl } from './control.ts'
import type { Surroundings } from './exchange.ts'
import { serve } from './exchange.ts'
import type { FaultRule } from './faults.ts'
import type { RecordedRequest } from './journal.ts'
import type { EmbeddedApiOptions } from './options.ts'
import { surroundingsOf } from './options.ts'
import type { Organization } from './organization.ts'
import { API_PREFIX } from './route.ts'

export type { Fault, FaultRule } from './faults.ts'
export type { RecordedRequest } from './journal.ts'
export type { EmbeddedApiOptions } from './options.ts'
export type { World } from './world.ts'

/** Milliseconds; longer than any test, so that no client loses a request to a connection that just timed out. */
const KEEP_ALIVE_MS = 600_000

/** A strict stand-in for Cloudflare's Access API on loopback. */
export class EmbeddedApi {
  readonly baseUrl: string
  /** The first organization. */
  readonly organization: Organization
  readonly organizations: readonly Organization[]
  readonly #server: Server
  readonly #around: Surroundings
  readonly #connections: Connections
  readonly #stopping: AbortController

  private constructor(server: Server, around: Surroundings, parts: Parts) {
    this.baseUrl = parts.baseUrl
    this.organization = parts.organization
    this.organizations = around.organizations
    this.#server = server
    this.#around = around
    this.#connections = parts.connections
    this.#stopping = parts.stopping
  }

  /** Starts the API; it listens when the promise settles. */
  static async start(options: EmbeddedApiOptions = {}): Promise<EmbeddedApi> {
    const connections = new Connections()
    const stopping = new AbortController()
    const around = surroundingsOf(options, connections, stopping.signal)
    const [organization] = around.organizations
    if (organization === undefined) throw new Error('the embedded API needs an organization')
    const server = serverOf(options, listenerOf(around, options.controlPaths ?? false))
    connections.watch(server)
    server.listen(options.port ?? 0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const scheme = options.tls === undefined ? 'http' : 'https'
    const baseUrl = `${scheme}://127.0.0.1:${port ?? 0}${API_PREFIX}`
    return new EmbeddedApi(server, around, { baseUrl, organization, connections, stopping })
  }

  /** Every request that arrived, in order. */
  get requests(): readonly RecordedRequest[] {
    return this.#around.journal.requests
  }

  /** How many calls the rate limit refused. */
  get rateLimitHits(): number {
    return this.#around.limiter?.hits ?? 0
  }

  /** Plans a fault; rules are tried in the order given. */
  inject(rule: FaultRule): void {
    this.#around.faults.add(rule)
  }

  /**
   * Uses up calls of the rate limit as if somebody else on the same credential did.
   *
   * @param secret the token or key, default the first credential of the first organization
   */
  spend(calls: number, secret?: string): void {
    const [first] = this.organization.credentials
    const value = secret ?? (first?.kind === 'api-token' ? first.token : first?.key)
    this.#around.limiter?.spend(value ?? '', calls, this.#around.now())
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

function listenerOf(around: Surroundings, controlPaths: boolean): RequestListener {
  return (request, response) => {
    if (controlPaths && answerControl(around, request, response)) return
    serve(around, request, response).catch((error: unknown) => {
      if (!around.stopping.aborted) throw error
    })
  }
}

function serverOf({ tls }: EmbeddedApiOptions, listener: RequestListener): Server {
  const options = { keepAliveTimeout: KEEP_ALIVE_MS }
  return tls === undefined
    ? createServer(options, listener)
    : createTlsServer({ ...options, ...tls }, listener)
}

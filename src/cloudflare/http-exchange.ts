import * as http from 'node:http'
import * as https from 'node:https'
import { HttpClient } from '@actions/http-client'
import { checkBypass } from '@actions/http-client/lib/proxy'
import * as v from 'valibot'
import { monotonicMs } from '../text/measures.ts'
import { problem, type Problem } from '../text/problem.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export type Exchange = HttpAnswer | NoAnswer

/** An answer whose body arrived whole. Header names are in lower case. */
export interface HttpAnswer {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
  /** When it had arrived, by `monotonicMs()`. */
  readonly receivedAt: number
}

/** No complete answer arrived: whether the request took effect is unknown. */
export interface NoAnswer {
  readonly kind: 'no_answer'
  /** `proxy`: it did not let the connection through, so nothing was sent. */
  readonly cause: 'timeout' | 'too_large' | 'network' | 'cancelled' | 'proxy'
  /** Of Node or OpenSSL (`ECONNRESET`, `DEPTH_ZERO_SELF_SIGNED_CERT`), or the proxy's status; undefined if there is none. */
  readonly code?: string
}

/** Far above any answer of the endpoints used here; a larger body is no answer. */
const MAX_BODY_BYTES = 4 * 1024 * 1024

/** By its shape, because errors of sockets can come from another realm. */
const SocketError = v.fallback(
  v.object({ code: v.optional(v.string()), message: v.optional(v.string(), '') }),
  { message: '' },
)

/**
 * Sends requests over HTTP, one attempt each. Proxies (`HTTPS_PROXY`, `NO_PROXY`) are those of the runner.
 *
 * `HttpClient.requestRaw` is used instead of its `post` and `postJson`, because those follow redirects with the
 * credential attached, hide the headers of errors, and never settle when a body ends midway.
 */
export class HttpExchanger {
  readonly #timeout: number
  readonly #cancelled: AbortSignal
  readonly #client: HttpClient
  readonly #inFlight = new Set<() => void>()

  /** @param timeout - milliseconds for one attempt as a whole, from connecting to the last byte of the body */
  constructor(timeout: number, cancelled: AbortSignal) {
    this.#timeout = timeout
    this.#cancelled = cancelled
    // One listener: those of a signal are linked, so that through one that was removed, but not yet collected, all later
    // ones stay in memory, and their requests with them.
    cancelled.addEventListener('abort', () => {
      for (const cancel of this.#inFlight) cancel()
    })
    // Every exchange has a connection of its own: on one that is kept alive, a late or surplus answer to the request
    // before would be taken for the answer to the next. The client's own idle timeout must never end an attempt.
    this.#client = new HttpClient(undefined, [], { keepAlive: false, socketTimeout: timeout * 2 })
  }

  /** Makes one attempt. It never throws, and it ends in time, whatever the server or a proxy does. */
  async attempt(request: HttpRequest): Promise<Exchange> {
    const aborter = new AbortController()
    const { promise: givenUp, resolve } = Promise.withResolvers<NoAnswer>()
    const giveUp = (cause: 'timeout' | 'cancelled') => (): void => {
      resolve({ kind: 'no_answer', cause })
      aborter.abort()
    }
    const cancel = giveUp('cancelled')
    const timer = setTimeout(giveUp('timeout'), this.#timeout)
    this.#inFlight.add(cancel)
    if (this.#cancelled.aborted) cancel()
    try {
      // A race, since aborting is not enough: a proxy that never answers CONNECT leaves the request pending.
      return await Promise.race([givenUp, this.#send(request, aborter.signal)])
    } finally {
      clearTimeout(timer)
      this.#inFlight.delete(cancel)
    }
  }

  async #send(request: HttpRequest, signal: AbortSignal): Promise<Exchange> {
    try {
      const url = new URL(request.url)
      const options: https.RequestOptions = {
        method: request.method,
        host: url.hostname.replace(/^\[|\]$/g, ''),
        ...(url.port !== '' && { port: url.port }),
        path: `${url.pathname}${url.search}`,
        headers: { ...request.headers },
        agent: this.#client.getAgent(request.url),
        signal,
        rejectUnauthorized: true,
      }
      const httpModule = url.protocol === 'https:' ? https : http
      const { message } = await this.#client.requestRaw(
        { parsedUrl: url, httpModule, options },
        request.body ?? '',
      )
      const body = await completeBody(message)
      if (body === undefined) return { kind: 'no_answer', cause: 'too_large' }
      const { statusCode: status = 0 } = message
      return { kind: 'answer', status, headers: message.headers, body, receivedAt: monotonicMs() }
    } catch (error) {
      const { code, message } = v.parse(SocketError, error)
      // The message of the package `tunnel`, which has no code of its own for it.
      const status = /^tunneling socket could not be established, statusCode=(\d{3})$/.exec(message)?.[1]
      if (status !== undefined) return { kind: 'no_answer', cause: 'proxy', code: status }
      return { kind: 'no_answer', cause: 'network', ...(code !== undefined && { code }) }
    }
  }
}

/**
 * Removes the variable that makes Node accept any certificate, and returns whether it was set. Only this way reaches
 * requests through a proxy, whose tunnel ignores `rejectUnauthorized`.
 */
export function enforceTlsVerification(): boolean {
  const switchedOff = process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  return switchedOff
}

/**
 * What is wrong with the proxy for this URL, which is not repeated: `HttpClient` would bypass a proxy that it does not
 * understand, and send the credential directly.
 */
export function proxyProblem(href: string): Problem | undefined {
  const url = new URL(href)
  if (checkBypass(url)) return undefined
  const lower = `${url.protocol.slice(0, -1)}_proxy`
  const name = [lower, lower.toUpperCase()].find((each) => (process.env[each] ?? '') !== '')
  if (name === undefined || isProxyUrl(process.env[name] ?? '')) return undefined
  return problem(`\`${name}\` is not a URL like http://user:password@proxy.example.com:8080`, PROXY_URL)
}

const PROXY_URL =
  'Write http:// or https:// at its beginning, and use a proxy that takes HTTP CONNECT. Percent-encode special characters in the user name and the password, such as %40 for @.'

/** Whether nothing but user name, password, host, and port is in it; a `/` in a password would be taken for a path. */
function isProxyUrl(text: string): boolean {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null
  if (url?.pathname !== '/' || url.search !== '' || url.hash !== '') return false
  try {
    decodeURIComponent(url.username)
    decodeURIComponent(url.password)
    return true
  } catch {
    return false
  }
}

/** @throws the socket's error when the connection ends before the body does. */
async function completeBody(body: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

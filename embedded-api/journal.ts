import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

import type { Operation } from './route.ts'
import { routeOf } from './route.ts'

/** A request that arrived, and what became of it. */
export interface RecordedRequest {
  method: string
  /** Without the query. */
  path: string
  /** Of a parameter given twice, the last value. */
  query: Record<string, string>
  headers: IncomingHttpHeaders
  /** The parsed JSON, or the raw text where it is none; '' without a body. */
  body: unknown
  bodyText: string
  /** Absent for a path that leads nowhere. */
  operation?: Operation
  /** Whether the call passed every check and took effect, whatever the client was told. */
  accepted: boolean
  /** Milliseconds of the clock. */
  receivedAt: number
  /** Milliseconds of the clock. Absent until there is an answer. */
  answeredAt?: number
  /** The HTTP status sent. Absent until there is an answer. */
  status?: number
  /** How many requests were open when this one arrived, itself included. */
  inFlight: number
}

/** Keeps the requests in the order they arrived, and counts the open ones. */
export class Journal {
  readonly requests: RecordedRequest[] = []
  readonly #limit: number
  readonly #onClosed: (record: RecordedRequest) => void
  readonly #open = new Set<RecordedRequest>()

  /** @param limit how many requests to keep, the latest; 0 keeps none */
  constructor(limit: number, onClosed: (record: RecordedRequest) => void) {
    this.#limit = limit
    this.#onClosed = onClosed
  }

  /** Enters a request at `at` (clock, milliseconds); its body follows later. */
  open(request: IncomingMessage, path: string, search: URLSearchParams, at: number): RecordedRequest {
    const operation = routeOf(path)?.operation
    const record: RecordedRequest = {
      method: request.method ?? '',
      path,
      query: Object.fromEntries(search),
      headers: request.headers,
      body: '',
      bodyText: '',
      ...(operation === undefined ? {} : { operation }),
      accepted: false,
      receivedAt: at,
      inFlight: this.#open.size + 1,
    }
    this.#open.add(record)
    if (this.#limit > 0) this.requests.push(record)
    if (this.requests.length > this.#limit) this.requests.shift()
    return record
  }

  /** Notes that a request is over, answered or not. Only the first note counts. */
  close(record: RecordedRequest): void {
    if (this.#open.delete(record)) this.#onClosed(record)
  }
}

/** The record with every credential in its headers replaced, fit to be shown or written down. */
export function withoutCredentials(record: RecordedRequest): RecordedRequest {
  const headers = { ...record.headers }
  for (const name of ['authorization', 'x-auth-key', 'x-auth-email', 'cookie', 'proxy-authorization']) {
    if (name in headers) headers[name] = '***'
  }
  return { ...record, headers }
}

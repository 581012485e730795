import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { parsedBody } from './incoming-request.ts'
import { type Operation, routeOf } from './route.ts'

/** A request and its answer. */
export interface RecordedRequest {
  method: string
  /** Without the query. */
  path: string
  /** Of a parameter given twice, the last value. */
  query: Record<string, string>
  /** The query as sent, without the `?`. */
  search: string
  headers: IncomingHttpHeaders
  /** The parsed JSON, or the raw text if it is not JSON; '' without a body. */
  body: unknown
  bodyText: string
  /** Whether the request arrived completely. */
  complete: boolean
  /** Undefined for an unknown path. */
  operation?: Operation
  /** Whether the call passed every check and took effect, whatever the answer. */
  accepted: boolean
  /** Milliseconds of the clock. */
  receivedAt: number
  /** Milliseconds of the clock. Absent until there is an answer. */
  answeredAt?: number
  /** The HTTP status sent. Absent until there is an answer. */
  status?: number
  /** The body of the answer as sent: parsed JSON, or text. Absent if no complete answer was sent. */
  answer?: unknown
  /** Whether a fault made up or altered the answer, or left it out. */
  faulted: boolean
  /** Whether answers of this server fit Cloudflare's description; false in worlds that do not. */
  fitsDescription: boolean
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

  /** Records a request at `at` (clock, milliseconds); its body follows later. */
  open(request: IncomingMessage, path: string, search: string, at: number): RecordedRequest {
    const operation = routeOf(path)?.operation
    const record: RecordedRequest = {
      method: request.method ?? '',
      path,
      query: Object.fromEntries(new URLSearchParams(search)),
      search,
      headers: request.headers,
      body: '',
      bodyText: '',
      complete: false,
      ...(operation === undefined ? {} : { operation }),
      accepted: false,
      faulted: false,
      fitsDescription: true,
      receivedAt: at,
      inFlight: this.#open.size + 1,
    }
    this.#open.add(record)
    if (this.#limit > 0) this.requests.push(record)
    if (this.requests.length > this.#limit) this.requests.shift()
    return record
  }

  /** Records the answer to a request; `body` is what was sent, if it was sent completely. */
  answered(record: RecordedRequest, status: number, body: string | undefined, at: number): void {
    record.status = status
    record.answeredAt = at
    if (body !== undefined && this.#limit > 0) record.answer = parsedBody(body)
  }

  /** Records that a request is over, answered or not. Only the first time counts. */
  close(record: RecordedRequest): void {
    if (this.#open.delete(record)) this.#onClosed(record)
  }
}

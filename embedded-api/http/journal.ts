import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'
import { type Operation, routeOf } from './route.ts'

/** A request and its answer. */
export interface RecordedRequest {
  readonly method: string
  /** As sent, without the query: a URL parser would fix what must be refused. */
  readonly path: string
  /** Of a parameter given twice, the last value. */
  readonly query: Readonly<Record<string, string>>
  /** The query as sent, without the `?`. */
  readonly search: string
  readonly headers: IncomingHttpHeaders
  /** The parsed JSON, or the raw text if it is not JSON; '' without a body. */
  body: unknown
  bodyText: string
  /** Whether the request arrived completely. */
  complete: boolean
  /** Undefined for an unknown path. */
  readonly operation?: Operation
  /** Whether the call passed every check and took effect, whatever the answer. */
  accepted: boolean
  /** Milliseconds of the clock. */
  readonly receivedAt: number
  /** Milliseconds of the clock. Absent until there is an answer. */
  answeredAt?: number
  /** The HTTP status sent. Absent until there is a complete answer. */
  status?: number
  /** The body of the answer as sent: parsed JSON, or text. */
  answer?: unknown
  /** Whether a fault made up or altered the answer, or left it out. */
  faulted: boolean
  /** Whether answers of this server fit Cloudflare's description; false in worlds that do not. */
  readonly fitsDescription: boolean
  /** How many requests were open when this one arrived, itself included. */
  readonly inFlight: number
}

/** Keeps the requests in the order they arrived, and counts the open ones. */
export class Journal {
  readonly requests: RecordedRequest[] = []
  readonly #keeps: boolean
  readonly #onClosed: (record: RecordedRequest) => void
  readonly #open = new Set<RecordedRequest>()

  constructor(keeps: boolean, onClosed: (record: RecordedRequest) => void = () => undefined) {
    this.#keeps = keeps
    this.#onClosed = onClosed
  }

  /** Records a request at `at` (clock, milliseconds); its body follows later. */
  open(
    { method = '', url = '', headers }: IncomingMessage,
    fitsDescription: boolean,
    at: number,
  ): RecordedRequest {
    const [path = '', ...rest] = url.split('?')
    const search = rest.join('?')
    const operation = routeOf(method, path)?.operation
    const record: RecordedRequest = {
      ...{ method, path, search, headers, fitsDescription },
      query: Object.fromEntries(new URLSearchParams(search)),
      body: '',
      bodyText: '',
      complete: false,
      ...(operation !== undefined && { operation }),
      accepted: false,
      faulted: false,
      receivedAt: at,
      inFlight: this.#open.size + 1,
    }
    this.#open.add(record)
    if (this.#keeps) this.requests.push(record)
    return record
  }

  /** Records the end of a request that arrived completely. */
  received(record: RecordedRequest, bodyText: string): void {
    record.bodyText = bodyText
    record.body = parsed(bodyText)
    record.complete = true
  }

  /** Records a complete answer at `at` (clock, milliseconds). */
  answered(record: RecordedRequest, { status, body }: Answer, at: number): void {
    record.status = status
    record.answeredAt = at
    if (this.#keeps) record.answer = parsed(body)
  }

  /** Records that a request is over, answered or not. Only the first time counts. */
  close(record: RecordedRequest): void {
    if (this.#open.delete(record)) this.#onClosed(record)
  }
}

/** The value of a JSON text, or the text itself if it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

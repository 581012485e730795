import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { World } from '../world.ts'

export type HeaderValues = Record<string, string | string[]>

/** A complete answer. Header names are in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: HeaderValues
  readonly body: string
}

/** The headers that every answer has; `at` is the clock in milliseconds. */
export function commonHeaders(
  at: number,
  { withoutDate, dateSkewMs = 0, withoutRayId }: World,
): HeaderValues {
  return {
    ...(withoutDate !== true && { date: new Date(at + dateSkewMs).toUTCString() }),
    ...(withoutRayId !== true && { 'cf-ray': `${randomBytes(8).toString('hex')}-EMB` }),
    'content-type': 'application/json',
  }
}

/** An answer in JSON. */
export function jsonAnswer(status: number, body: object, headers: HeaderValues): Answer {
  return { status, headers, body: JSON.stringify(body) }
}

/** `headers` with those in `over` instead, in any letter case; `null` leaves a header out. */
export function overlaid(
  headers: HeaderValues,
  over: Readonly<Record<string, string | string[] | null>> = {},
): HeaderValues {
  const merged = new Map<string, string | string[] | null>(Object.entries(headers))
  for (const [name, value] of Object.entries(over)) merged.set(name.toLowerCase(), value)
  return Object.fromEntries([...merged].flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}

/** Writes the head of an answer, with a content-length for the complete body unless it comes in chunks. */
export function sendHead(response: ServerResponse, answer: Answer, isChunked = false): void {
  // Node would add a date by the real clock, even where a date is left out on purpose.
  response.sendDate = false
  const length = isChunked
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': String(Buffer.byteLength(answer.body)) }
  response.writeHead(answer.status, { ...length, ...answer.headers })
}

/** Sends a complete answer. */
export function send(response: ServerResponse, answer: Answer): void {
  sendHead(response, answer)
  response.end(answer.body)
}

/** One error of Cloudflare's v4 envelope. */
export interface ApiError {
  readonly code: number
  readonly message: string
  readonly documentation_url?: string
  readonly error_chain?: readonly ApiError[]
}

export const RATE_LIMITED: ApiError = {
  code: 10013,
  message: 'Rate limited. Please wait and consider throttling your request speed',
}

/** Cloudflare's v4 envelope around a result. */
export function success(result: unknown, more: object = {}): object {
  return { success: true, errors: [], messages: [], result, ...more }
}

/** Cloudflare's v4 envelope around errors. */
export function failure(errors: readonly ApiError[]): object {
  return { success: false, errors, messages: [], result: null }
}

/** The refusal of a call, as by Cloudflare. The call has no effect. */
export class Rejection extends Error {
  readonly status: number
  readonly errors: readonly ApiError[]

  constructor(status: number, ...errors: [ApiError, ...ApiError[]]) {
    super(errors[0].message)
    this.status = status
    this.errors = errors
  }
}

/** The rejection of a call whose header, query, or body does not fit the reference. */
export function badRequest(message: string): Rejection {
  return new Rejection(400, { code: 10001, message })
}

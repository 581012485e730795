import type { Answer, HeaderValues } from './answer.ts'
import { commonHeaders } from './answer.ts'
import { authenticate, checkHeaders } from './authentication.ts'
import { failure, Rejection } from './envelope.ts'
import type { RecordedRequest } from './journal.ts'
import type { AccessState } from './operations.ts'
import { carryOut } from './operations.ts'
import type { Route } from './route.ts'
import { noRoute } from './route.ts'

/** An answer in JSON with the headers every answer has; `at` is the clock in milliseconds. */
export function jsonAnswer(status: number, body: object, at: number, headers: HeaderValues): Answer {
  return { status, headers: { ...commonHeaders(at), ...headers }, body: JSON.stringify(body) }
}

/** Lets a call take effect at `at` (clock, milliseconds), or turns it away; notes on the record which it was. */
export function answerCall(
  state: AccessState,
  record: RecordedRequest,
  search: URLSearchParams,
  route: Route | undefined,
  at: number,
  headers: HeaderValues,
): Answer {
  const { method, path, bodyText, body } = record
  const call = { method, path, search, contentType: record.headers['content-type'], bodyText, body }
  try {
    checkHeaders(record.headers)
    if (route === undefined) throw noRoute()
    if (route.method !== method) throw new Rejection(405, { code: 10405, message: 'Method not allowed' })
    const credential = authenticate(state.organizations, record.headers, route, at)
    const result = carryOut(state, route, call, credential, at)
    record.accepted = true
    return jsonAnswer(200, result, at, headers)
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    return jsonAnswer(error.status, failure(error.errors), at, headers)
  }
}

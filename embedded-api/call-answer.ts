import type { Answer, HeaderValues } from './answer.ts'
import { jsonAnswer } from './answer.ts'
import { authenticate, checkHeaders } from './authentication.ts'
import { failure, Rejection } from './envelope.ts'
import type { RecordedRequest } from './journal.ts'
import type { AccessState } from './access-state.ts'
import { carryOut } from './operations.ts'
import type { Route } from './route.ts'
import { noRoute } from './route.ts'

/** Lets a call take effect at `at` (clock, milliseconds), or turns it away; notes on the record which it was. */
export function answerCall(
  state: AccessState,
  record: RecordedRequest,
  route: Route | undefined,
  at: number,
  headers: HeaderValues,
): Answer {
  const { method, path, bodyText, body } = record
  const search = new URLSearchParams(record.search)
  const call = { method, path, search, contentType: record.headers['content-type'], bodyText, body }
  try {
    checkHeaders(record.headers)
    if (route === undefined) throw noRoute()
    if (route.method !== method) throw new Rejection(405, { code: 10405, message: 'Method not allowed' })
    const credential = authenticate(state.organizations, record.headers, route, at)
    const result = carryOut(state, route, call, credential, at)
    record.accepted = true
    return jsonAnswer(200, result, headers)
  } catch (error) {
    if (!(error instanceof Rejection)) throw error
    return jsonAnswer(error.status, failure(error.errors), headers)
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

import { addressesOf } from './request-addresses.ts'
import type { AccessState } from './access-state.ts'
import type { Answer, HeaderValues } from './answer.ts'
import { commonHeaders, jsonAnswer, send } from './answer.ts'
import { secretOf } from './authentication.ts'
import { answerCall } from './call-answer.ts'
import { failure, RATE_LIMITED, success } from './envelope.ts'
import { deliver } from './fault-delivery.ts'
import type { FaultPlan } from './fault-plan.ts'
import type { Fault } from './faults.ts'
import { sendsTrueAnswer, takesEffect } from './faults.ts'
import { addressOf, parsedBody, readBody } from './incoming-request.ts'
import type { Journal, RecordedRequest } from './journal.ts'
import { isMadeUp, madeUpAnswer } from './made-up-answer.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Route } from './route.ts'
import { routeOf } from './route.ts'

/** Everything one request has to do with. */
export interface Surroundings extends AccessState {
  journal: Journal
  faults: FaultPlan
  limiter: RateLimiter | undefined
  /** The clock, milliseconds. */
  now: () => number
  /** Real time before every answer, milliseconds. */
  latencyMs: number
  /** Fires when the server stops, so that nobody waits any longer. */
  stopping: AbortSignal
  /** The TCP socket beneath a socket, which may be a TLS one. */
  tcpOf: (request: IncomingMessage) => Socket
}

interface Exchange {
  record: RecordedRequest
  request: IncomingMessage
  response: ServerResponse
}

/** Serves one request from its arrival to its answer, or to whatever a fault makes of it. */
export async function serve(
  around: Surroundings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, search } = addressOf(request)
  const record = around.journal.open(request, path, search, around.now())
  response.once('close', () => {
    around.journal.close(record)
  })
  record.bodyText = await readBody(request)
  record.body = parsedBody(record.bodyText)
  record.whole = true
  if (around.latencyMs > 0) await wait(around.latencyMs, undefined, { signal: around.stopping })
  await respond(around, { record, request, response })
}

async function respond(around: Surroundings, exchange: Exchange): Promise<void> {
  const { record } = exchange
  const limit = around.limiter?.call(secretOf(record.headers), around.now())
  const limitHeaders = around.world.withoutRateLimitHeaders === true ? {} : limit?.headers
  const headersAt = (at: number): HeaderValues => ({ ...commonHeaders(at, around.world), ...limitHeaders })
  if (limit?.allowed === false) {
    finish(around, exchange, jsonAnswer(429, failure([RATE_LIMITED]), headersAt(around.now())))
    return
  }
  const route = routeOf(record.path)
  const fault = faultOf(around, record, route)
  if (fault?.kind === 'delay') await wait(fault.ms, undefined, { signal: around.stopping })
  // One moment for the effect and for the `Date` of the answer: a client judges by the one what the other did.
  const at = around.now()
  const headers = headersAt(at)
  if (fault === undefined || fault.kind === 'delay') {
    finish(around, exchange, answerCall(around, record, route, at, headers))
  } else {
    spoil(around, exchange, fault, { route, at, headers })
  }
}

/** Plays a fault out, after the effect of the call where it has one. */
function spoil(
  around: Surroundings,
  exchange: Exchange,
  fault: Exclude<Fault, { kind: 'delay' }>,
  { route, at, headers }: { route: Route | undefined; at: number; headers: HeaderValues },
): void {
  const { record, request, response } = exchange
  record.ordered = !sendsTrueAnswer(fault)
  const answer = takesEffect(fault)
    ? answerCall(around, record, route, at, headers)
    : jsonAnswer(200, success(true), headers)
  if (isMadeUp(fault)) {
    finish(around, exchange, madeUpAnswer(fault, answer, at, around.world))
    return
  }
  const status = deliver(fault, { response, tcp: around.tcpOf(request), socket: request.socket, answer })
  if (status === undefined) return
  around.journal.answered(record, status, record.ordered ? undefined : answer.body, around.now())
}

function finish(around: Surroundings, { record, request, response }: Exchange, answer: Answer): void {
  if (request.socket.destroyed) return
  around.journal.answered(record, answer.status, answer.body, around.now())
  // Before the answer, not after: the client's next request may be here before this socket has told of its end.
  around.journal.close(record)
  send(response, answer)
}

function faultOf(around: Surroundings, record: RecordedRequest, route: Route | undefined): Fault | undefined {
  if (around.faults.isEmpty) return undefined
  return around.faults.next(route?.operation, addressesOf(around.organizations, record, route))
}

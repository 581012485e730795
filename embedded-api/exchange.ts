import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

import type { Answer, HeaderValues } from './answer.ts'
import { send } from './answer.ts'
import { secretOf } from './authentication.ts'
import { answerCall, jsonAnswer } from './call-answer.ts'
import { failure, success } from './envelope.ts'
import { deliver } from './fault-delivery.ts'
import type { FaultPlan } from './fault-plan.ts'
import type { Fault } from './faults.ts'
import { takesEffect } from './faults.ts'
import { addressOf, parsedBody, readBody } from './incoming-request.ts'
import type { Journal, RecordedRequest } from './journal.ts'
import { isMadeUp, madeUpAnswer } from './made-up-answer.ts'
import type { AccessState } from './operations.ts'
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
  search: URLSearchParams
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
  if (around.latencyMs > 0) await wait(around.latencyMs, undefined, { signal: around.stopping })
  await respond(around, { record, search, request, response })
}

async function respond(around: Surroundings, exchange: Exchange): Promise<void> {
  const { record, search } = exchange
  const limit = around.limiter?.call(secretOf(record.headers), around.now())
  const headers = limit?.headers ?? {}
  if (limit?.allowed === false) {
    const refused = { code: 971, message: 'Please wait and consider throttling your request speed' }
    finish(around, exchange, jsonAnswer(429, failure([refused]), around.now(), headers))
    return
  }
  const route = routeOf(record.path)
  const fault = faultOf(around, record, route)
  if (fault?.kind === 'delay') await wait(fault.ms, undefined, { signal: around.stopping })
  // One moment for the effect and for the `Date` of the answer: a client judges by the one what the other did.
  const at = around.now()
  if (fault === undefined || fault.kind === 'delay') {
    finish(around, exchange, answerCall(around, record, search, route, at, headers))
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
  const { record, search, request, response } = exchange
  const answer = takesEffect(fault)
    ? answerCall(around, record, search, route, at, headers)
    : jsonAnswer(200, success(true), at, headers)
  if (isMadeUp(fault)) {
    finish(around, exchange, madeUpAnswer(fault, answer, at))
    return
  }
  const status = deliver(fault, { response, tcp: around.tcpOf(request), socket: request.socket, answer })
  if (status !== undefined) noteAnswer(record, status, around.now())
}

function finish(around: Surroundings, { record, request, response }: Exchange, answer: Answer): void {
  if (request.socket.destroyed) return
  noteAnswer(record, answer.status, around.now())
  // Before the answer, not after: the client's next request may be here before this socket has told of its end.
  around.journal.close(record)
  send(response, answer)
}

function noteAnswer(record: RecordedRequest, status: number, at: number): void {
  record.status = status
  record.answeredAt = at
}

function faultOf(around: Surroundings, record: RecordedRequest, route: Route | undefined): Fault | undefined {
  if (around.faults.isEmpty) return undefined
  return around.faults.next(route?.operation, addressesOf(around, record, route))
}

/** The addresses a call is about, good or bad. */
function addressesOf(around: Surroundings, record: RecordedRequest, route: Route | undefined): string[] {
  const { body, query } = record
  const inBody = typeof body === 'object' && body !== null && 'email' in body ? [String(body.email)] : []
  const inQuery = query['email'] === undefined ? [] : [query['email']]
  const userId = route?.operation === 'active_sessions' ? route.userId : undefined
  const users = around.organizations.map((organization) => organization.userById(userId ?? ''))
  return [...inBody, ...inQuery, ...users.flatMap((user) => user?.email ?? [])]
}

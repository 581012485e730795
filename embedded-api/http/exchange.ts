import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { addressesOf } from './request-addresses.ts'
import type { AccessState } from '../organization/operations.ts'
import {
  type Answer,
  commonHeaders,
  failure,
  type HeaderValues,
  jsonAnswer,
  RATE_LIMITED,
  send,
  success,
} from './answer.ts'
import { secretOf } from './authentication.ts'
import { answerCall } from './calls.ts'
import { deliver } from '../faults/fault-delivery.ts'
import { type Fault, type FaultPlan, sendsTrueAnswer, takesEffect } from '../faults/faults.ts'
import { addressOf, parsedBody, readBody } from './incoming-request.ts'
import type { Journal, RecordedRequest } from './journal.ts'
import { isMadeUp, madeUpAnswer } from '../faults/made-up-answer.ts'
import type { RateLimiter } from './rate-limit.ts'
import { type Route, routeOf } from './route.ts'
import { fitsDescription } from '../world.ts'

/** What the server shares between requests. */
export interface ServerContext extends AccessState {
  journal: Journal
  faults: FaultPlan
  limiter: RateLimiter | undefined
  /** The clock, milliseconds. */
  now: () => number
  /** Real time before every answer, milliseconds. */
  latencyMs: number
  /** Aborted when the server stops, which ends all waits. */
  stopping: AbortSignal
  /** The TCP socket beneath a socket, which may be a TLS one. */
  tcpOf: (request: IncomingMessage) => Socket
}

interface Exchange {
  record: RecordedRequest
  request: IncomingMessage
  response: ServerResponse
}

/** Serves one request: answers it, or applies a fault. */
export async function serve(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, search } = addressOf(request)
  const record = context.journal.open(request, path, search, context.now())
  response.once('close', () => {
    context.journal.close(record)
  })
  record.fitsDescription = fitsDescription(context.world)
  record.bodyText = await readBody(request)
  record.body = parsedBody(record.bodyText)
  record.complete = true
  if (context.latencyMs > 0) await wait(context.latencyMs, undefined, { signal: context.stopping })
  await respond(context, { record, request, response })
}

async function respond(context: ServerContext, exchange: Exchange): Promise<void> {
  const { record } = exchange
  const limit = context.limiter?.call(secretOf(record.headers), context.now())
  const limitHeaders = context.world.withoutRateLimitHeaders === true ? {} : limit?.headers
  const headersAt = (at: number): HeaderValues => ({ ...commonHeaders(at, context.world), ...limitHeaders })
  if (limit?.allowed === false) {
    finish(context, exchange, jsonAnswer(429, failure([RATE_LIMITED]), headersAt(context.now())))
    return
  }
  const route = routeOf(record.path)
  const fault = faultOf(context, record, route)
  if (fault?.kind === 'delay') await wait(fault.ms, undefined, { signal: context.stopping })
  // The effect and the `Date` of the answer have the same time, because clients compare them.
  const at = context.now()
  const headers = headersAt(at)
  if (fault === undefined || fault.kind === 'delay') {
    finish(context, exchange, answerCall(context, record, route, at, headers))
  } else {
    spoil(context, exchange, fault, { route, at, headers })
  }
}

/** Applies a fault, after the effect of the call if it has one. */
function spoil(
  context: ServerContext,
  exchange: Exchange,
  fault: Exclude<Fault, { kind: 'delay' }>,
  { route, at, headers }: { route: Route | undefined; at: number; headers: HeaderValues },
): void {
  const { record, request, response } = exchange
  record.faulted = !sendsTrueAnswer(fault)
  const answer = takesEffect(fault)
    ? answerCall(context, record, route, at, headers)
    : jsonAnswer(200, success(true), headers)
  if (isMadeUp(fault)) {
    finish(context, exchange, madeUpAnswer(fault, answer, at, context.world))
    return
  }
  const status = deliver(fault, { response, tcp: context.tcpOf(request), socket: request.socket, answer })
  if (status === undefined) return
  context.journal.answered(record, status, record.faulted ? undefined : answer.body, context.now())
}

function finish(context: ServerContext, { record, request, response }: Exchange, answer: Answer): void {
  if (request.socket.destroyed) return
  context.journal.answered(record, answer.status, answer.body, context.now())
  // Before the answer, because the client's next request may arrive before this socket reports its end.
  context.journal.close(record)
  send(response, answer)
}

function faultOf(
  context: ServerContext,
  record: RecordedRequest,
  route: Route | undefined,
): Fault | undefined {
  if (context.faults.isEmpty) return undefined
  return context.faults.next(route?.operation, addressesOf(context.organizations, record, route))
}

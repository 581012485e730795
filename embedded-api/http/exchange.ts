import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { deliver, isMadeUp, madeUpAnswer } from '../faults/delivery.ts'
import { type FaultPlan, sendsTrueAnswer, takesEffect } from '../faults/faults.ts'
import type { AccessState } from '../organization/operations.ts'
import { fitsDescription } from '../world.ts'
import { type Answer, commonHeaders, failure, jsonAnswer, RATE_LIMITED, send, success } from './answer.ts'
import { secretOf } from './authentication.ts'
import { answerCall } from './calls.ts'
import type { Journal, RecordedRequest } from './journal.ts'
import type { RateLimiter } from './rate-limit.ts'
import { routeOf } from './route.ts'

/** What the server shares between requests. */
export interface ServerContext extends AccessState {
  readonly journal: Journal
  readonly faults: FaultPlan
  readonly limiter: RateLimiter | undefined
  /** The clock, milliseconds. */
  readonly now: () => number
  /** Real time before every answer, milliseconds. */
  readonly latencyMs: number
  /** Aborted when the server stops, which ends all waits. */
  readonly stopping: AbortSignal
}

interface Exchange {
  readonly record: RecordedRequest
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Serves one request: answers it, or applies a fault. Rejects if the client hangs up midway, or the server stops. */
export async function serve(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { journal, world, now, latencyMs, stopping: signal } = context
  const record = journal.open(request, fitsDescription(world), now())
  response.once('close', () => {
    journal.close(record)
  })
  journal.received(record, await text(request))
  if (latencyMs > 0) await wait(latencyMs, undefined, { signal })
  await respond(context, { record, request, response })
}

async function respond(context: ServerContext, exchange: Exchange): Promise<void> {
  const { world, limiter, now, faults, organizations } = context
  const { record, request, response } = exchange
  const limit = limiter?.call(secretOf(record.headers), now())
  const limitHeaders = world.withoutRateLimitHeaders === true ? {} : limit?.headers
  if (limit?.allowed === false) {
    const headers = { ...commonHeaders(now(), world), ...limitHeaders }
    finish(context, exchange, jsonAnswer(429, failure([RATE_LIMITED]), headers))
    return
  }
  const values = valuesIn(record)
  const fault = faults.next(record.operation, (email) =>
    values.some(
      (value) =>
        value.toLowerCase() === email.toLowerCase() ||
        organizations.some((organization) => organization.isIdOf(value, email)),
    ),
  )
  if (fault?.kind === 'delay') await wait(fault.ms, undefined, { signal: context.stopping })
  // The effect and the `Date` of the answer have the same time, because clients compare them.
  const at = now()
  const common = commonHeaders(at, world)
  const trueAnswer = (): Answer =>
    answerCall(context, record, routeOf(record.method, record.path), at, { ...common, ...limitHeaders })
  if (fault === undefined || fault.kind === 'delay') {
    finish(context, exchange, trueAnswer())
    return
  }
  record.faulted = !sendsTrueAnswer(fault)
  const answer = takesEffect(fault)
    ? trueAnswer()
    : jsonAnswer(200, success(true), { ...common, ...limitHeaders })
  if (isMadeUp(fault)) {
    finish(context, exchange, madeUpAnswer(fault, answer, common))
    return
  }
  if (!record.faulted) context.journal.answered(record, answer, now())
  deliver(fault, { response, socket: request.socket, answer })
}

function finish(
  { journal, now }: ServerContext,
  { record, request, response }: Exchange,
  answer: Answer,
): void {
  if (request.socket.destroyed) return
  journal.answered(record, answer, now())
  // Before the answer, because the client's next request may arrive before this socket reports its end.
  journal.close(record)
  send(response, answer)
}

/** The texts in the path, the query, and the body of a request, among them the addresses and IDs that it is about. */
function valuesIn({ path, search, body }: RecordedRequest): string[] {
  return [...path.split('/'), ...new URLSearchParams(search).values(), ...textsIn(body)]
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

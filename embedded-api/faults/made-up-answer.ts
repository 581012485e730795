import {
  type Answer,
  commonHeaders,
  failure,
  type HeaderValues,
  overlaid,
  RATE_LIMITED,
} from '../http/answer.ts'
import type { Fault, FaultOf } from './faults.ts'
import type { World } from '../world.ts'

type MadeUpFault = FaultOf<'answer' | 'error' | 'redirect' | 'rate_limited'>

/** Whether a fault is a complete answer in correct HTTP in place of the true one. */
export function isMadeUp(fault: Fault): fault is MadeUpFault {
  return ['answer', 'error', 'redirect', 'rate_limited'].includes(fault.kind)
}

/** The answer of a fault in place of `trueAnswer`; `at` is the clock in milliseconds. */
export function madeUpAnswer(fault: MadeUpFault, trueAnswer: Answer, at: number, world: World): Answer {
  const common = commonHeaders(at, world)
  switch (fault.kind) {
    case 'answer': {
      const isText = typeof fault.body === 'string'
      const headers: HeaderValues = isText
        ? { ...common, 'content-type': 'text/html; charset=UTF-8' }
        : common
      return { status: fault.status, headers: overlaid(headers, fault.headers), body: textOf(fault.body) }
    }
    case 'error': {
      const error = { code: fault.code, message: fault.message, ...fault.extra }
      return { ...trueAnswer, status: fault.status, body: JSON.stringify(failure([error])) }
    }
    case 'redirect':
      return { status: fault.status, headers: { ...common, location: fault.location }, body: '' }
    case 'rate_limited': {
      const retryAfter: HeaderValues =
        fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }
      const headers = overlaid({ ...common, ...retryAfter }, fault.headers)
      return { status: 429, headers, body: JSON.stringify(failure([RATE_LIMITED])) }
    }
  }
}

function textOf(body: unknown): string {
  if (body === undefined) return ''
  return typeof body === 'string' ? body : JSON.stringify(body)
}

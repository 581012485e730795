import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import {
  type Answer,
  failure,
  type HeaderValues,
  overlaid,
  RATE_LIMITED,
  send,
  sendHead,
  success,
} from '../http/answer.ts'
import type { Fault, FaultOf } from './faults.ts'

type MadeUpFault = FaultOf<'answer' | 'error' | 'redirect' | 'rate_limited'>
type ConnectionFault = Exclude<Fault, MadeUpFault | FaultOf<'delay'>>

/** Whether a fault is a complete answer in correct HTTP in place of the true one. */
export function isMadeUp(fault: Fault): fault is MadeUpFault {
  return ['answer', 'error', 'redirect', 'rate_limited'].includes(fault.kind)
}

/** The answer of a fault in place of `trueAnswer`; `common` are the headers that every answer has. */
export function madeUpAnswer(fault: MadeUpFault, trueAnswer: Answer, common: HeaderValues): Answer {
  switch (fault.kind) {
    case 'answer': {
      const { status, headers, body } = fault
      const isText = typeof body === 'string'
      const usual = { ...common, ...(isText && { 'content-type': 'text/html; charset=UTF-8' }) }
      const text = isText ? body : body === undefined ? '' : JSON.stringify(body)
      return { status, headers: overlaid(usual, headers), body: text }
    }
    case 'error': {
      const error = { code: fault.code, message: fault.message, ...fault.extra }
      return { ...trueAnswer, status: fault.status, body: JSON.stringify(failure([error])) }
    }
    case 'redirect':
      return { status: fault.status, headers: { ...common, location: fault.location }, body: '' }
    case 'rate_limited': {
      const headers = overlaid(common, { 'retry-after': fault.retryAfter ?? null, ...fault.headers })
      return { status: 429, headers, body: JSON.stringify(failure([RATE_LIMITED])) }
    }
  }
}

/** What a fault of the connection is applied to. */
export interface Line {
  readonly response: ServerResponse
  /** Takes raw bytes. */
  readonly socket: Socket
  /** The answer that the call would get without the fault. */
  readonly answer: Answer
}

/** Applies a fault of the connection. */
export function deliver(fault: ConnectionFault, line: Line): void {
  const { response, socket } = line
  if (socket.destroyed) return
  switch (fault.kind) {
    case 'silence':
      return
    case 'lost_answer':
      socket.destroy()
      return
    case 'reset':
      socket.resetAndDestroy()
      return
    case 'garbage':
      socket.end('\u0000\u0001\u0002 this is not HTTP \r\n\r\n\u0003')
      return
    case 'slow_headers':
      slowHeaders(fault.intervalMs, line)
      return
    case 'endless_continue':
      repeat(fault.intervalMs, line, () => {
        response.writeContinue()
      })
      return
    case 'drip':
      drip(fault.intervalMs, line)
      return
    case 'surplus':
      surplus(fault, line)
      return
    case 'drop_mid_body':
    case 'truncated_chunked':
      dropHalfway(line, fault.kind === 'truncated_chunked')
      return
    case 'gigantic':
      gigantic(line)
  }
}

/** Repeats a step until the connection ends; the server ends every connection when it stops. */
function repeat(intervalMs: number, { response }: Line, step: () => void): void {
  step()
  const timer = setInterval(step, intervalMs)
  response.once('close', () => {
    clearInterval(timer)
  })
}

function slowHeaders(intervalMs: number, line: Line): void {
  const beginning = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Slow: '
  let position = 0
  repeat(intervalMs, line, () => {
    line.socket.write(beginning[position++] ?? 'a')
  })
}

function drip(intervalMs: number, line: Line): void {
  const { response, answer } = line
  sendHead(response, answer)
  response.flushHeaders()
  const bytes = Buffer.from(answer.body)
  let position = 0
  repeat(intervalMs, line, () => {
    if (position < bytes.length) response.write(bytes.subarray(position, ++position))
    if (position === bytes.length) response.end()
  })
}

function surplus(
  { body = success(true), afterMs = 5 }: FaultOf<'surplus'>,
  { response, socket, answer }: Line,
): void {
  const text = JSON.stringify(body)
  const headers: HeaderValues = { ...answer.headers, 'content-length': String(Buffer.byteLength(text)) }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
  response.shouldKeepAlive = true
  response.once('finish', () => {
    setTimeout(() => {
      if (socket.writable) socket.write(`HTTP/1.1 200 OK\r\n${head.join('')}\r\n${text}`)
    }, afterMs)
  })
  send(response, answer)
}

function dropHalfway({ response, socket, answer }: Line, isChunked: boolean): void {
  sendHead(response, answer, isChunked)
  response.write(answer.body.slice(0, Math.ceil(answer.body.length / 2)), () => {
    socket.destroy()
  })
}

const CHUNK = 'a'.repeat(65_536)

function gigantic({ response, answer }: Line): void {
  sendHead(response, { ...answer, status: 200 }, true)
  response.write('{"success":true,"errors":[],"messages":[],"result":true,"padding":"')
  const pour = (): void => {
    while (!response.destroyed) {
      if (!response.write(CHUNK)) return void response.once('drain', pour)
    }
  }
  pour()
}

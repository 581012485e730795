import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Answer, type HeaderValues, send, sendHead, success } from '../http/answer.ts'
import type { Fault, FaultOf } from './faults.ts'

/** The faults of the connection: all but made-up answers and delays. */
export type ConnectionFault = Exclude<
  Fault,
  { kind: 'answer' | 'error' | 'redirect' | 'rate_limited' | 'delay' }
>

/** What a fault is applied to. */
export interface Line {
  response: ServerResponse
  /** The TCP connection, also where TLS runs over it. */
  tcp: Socket
  /** Takes raw bytes: the TLS socket where there is one. */
  socket: Socket
  /** The answer that the call would get without the fault. */
  answer: Answer
}

const CHUNK = 'a'.repeat(65_536)

/** Applies a fault. Returns the status if an answer, valid or not, was at least begun. */
export function deliver(fault: ConnectionFault, line: Line): number | undefined {
  const { response, tcp, socket, answer } = line
  if (socket.destroyed) return undefined
  switch (fault.kind) {
    case 'lost_answer':
      socket.destroy()
      return undefined
    case 'reset':
      tcp.resetAndDestroy()
      return undefined
    case 'silence':
      return undefined
    case 'garbage':
      socket.end('\u0000\u0001\u0002 this is not HTTP \r\n\r\n\u0003')
      return undefined
    case 'slow_headers':
      slowHeaders(fault.intervalMs, line)
      return undefined
    case 'endless_continue':
      repeat(fault.intervalMs, line, () => {
        response.writeContinue()
      })
      return undefined
    case 'drip':
      drip(fault.intervalMs, line)
      return answer.status
    case 'surplus':
      surplus(fault, line)
      return answer.status
    case 'drop_mid_body':
      sendHead(response, answer)
      return dropHalfway(line)
    case 'truncated_chunked':
      chunkedHead(line)
      return dropHalfway(line)
    case 'gigantic':
      gigantic(fault.bytes ?? Infinity, line)
      return 200
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

function surplus({ body = success(true), afterMs = 5 }: FaultOf<'surplus'>, line: Line): void {
  const { response, socket, answer } = line
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

function chunkedHead({ response, answer }: Line): void {
  response.sendDate = false
  response.writeHead(answer.status, { ...answer.headers, 'transfer-encoding': 'chunked' })
}

function dropHalfway({ response, socket, answer }: Line): number {
  response.write(answer.body.slice(0, Math.ceil(answer.body.length / 2)), () => {
    socket.destroy()
  })
  return answer.status
}

function gigantic(bytes: number, line: Line): void {
  const { response } = line
  chunkedHead({ ...line, answer: { ...line.answer, status: 200 } })
  response.write('{"success":true,"errors":[],"messages":[],"result":true,"padding":"')
  let left = bytes
  const pour = (): void => {
    while (left > 0) {
      const flows = response.write(left < CHUNK.length ? CHUNK.slice(0, left) : CHUNK)
      left -= CHUNK.length
      if (!flows) return void response.once('drain', pour)
      if (response.destroyed) return
    }
    response.end('"}')
  }
  pour()
}

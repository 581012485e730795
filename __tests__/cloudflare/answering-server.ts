import type { Socket } from 'node:net'
import { RawServer } from '../support/raw-server.ts'

/** An answer of Cloudflare's that says yes. */
export const success = (parts: object): string =>
  JSON.stringify({ success: true, errors: [], messages: [], ...parts })

/** An answer with this status, body, and further headers. */
export function httpAnswer(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const all = { 'content-length': `${Buffer.byteLength(body)}`, connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} Any\r\n${lines.join('')}\r\n${body}`
}

/** A server that gives these answers, one a request, the last one for ever. */
export class AnsweringServer extends RawServer {
  constructor(...answers: readonly string[]) {
    super((_text: string, socket: Socket, connection: number) => {
      socket.end(answers[Math.min(connection, answers.length - 1)] ?? '')
    })
  }

  /** The address of its API, once it listens. */
  async start(): Promise<string> {
    return `http://127.0.0.1:${await this.listen()}`
  }

  /** The request lines that arrived. */
  get requests(): string[] {
    return this.received.map((text) => text.split(' HTTP/')[0] ?? '')
  }
}

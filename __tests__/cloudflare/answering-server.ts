import type { Socket } from 'node:net'
import type { Endpoints } from '../../src/cloudflare/endpoints.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { RawServer } from '../support/raw-server.ts'

/** The body of an answer of Cloudflare's that says yes. */
export const success = (parts: object): string =>
  JSON.stringify({ success: true, errors: [], messages: [], ...parts })

/** A server whose answers say yes, one a request, the last one for ever. */
class AnsweringServer extends RawServer {
  constructor(answers: readonly object[]) {
    super((_text: string, socket: Socket, connection: number) => {
      const body = success(answers[Math.min(connection, answers.length - 1)] ?? {})
      const headers = `content-length: ${Buffer.byteLength(body)}\r\ncf-ray: ray ${connection}`
      socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n${headers}\r\n\r\n${body}`)
    })
  }

  /** The request lines that arrived. */
  get requests(): string[] {
    return this.received.map((text) => text.split(' HTTP/')[0] ?? '')
  }
}

/** A server with these parts of its answers, and endpoints that call it. */
export async function answering(
  ...parts: readonly object[]
): Promise<AnsweringServer & { endpoints: Endpoints }> {
  const server = new AnsweringServer(parts)
  const endpoints = endpointsAt(`http://127.0.0.1:${await server.listen()}`, { maxAttempts: 1 })
  return Object.assign(server, { endpoints })
}

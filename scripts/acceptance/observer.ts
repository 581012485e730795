/**
 * A preload (`NODE_OPTIONS=--import=…`) that writes down each whole answer that the process receives over HTTP, one
 * line of JSON each, into the file `ACCEPTANCE_ANSWERS`. The process itself runs as it always does.
 */
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import { ClientRequest, IncomingMessage } from 'node:http'

interface Exchange {
  readonly request: ClientRequest
  readonly response: IncomingMessage
}

const file = process.env['ACCEPTANCE_ANSWERS'] ?? ''

subscribe('http.client.response.finish', (exchange) => {
  if (isExchange(exchange)) observe(exchange)
})

function isExchange(message: unknown): message is Exchange {
  if (typeof message !== 'object' || message === null) return false
  if (!('request' in message && 'response' in message)) return false
  return message.request instanceof ClientRequest && message.response instanceof IncomingMessage
}

/** Nobody else listens yet: to listen here would take the body away, so the chunks are noted as they arrive. */
function observe({ request, response }: Exchange): void {
  const push = response.push.bind(response)
  const chunks: Buffer[] = []
  response.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk instanceof Buffer) chunks.push(chunk)
    if (chunk === null) write(request, response, Buffer.concat(chunks).toString('utf8'))
    return push(chunk, encoding)
  }
}

function write(
  { method, path }: ClientRequest,
  { statusCode, headers }: IncomingMessage,
  body: string,
): void {
  appendFileSync(file, `${JSON.stringify({ method, path, status: statusCode, headers, body })}\n`)
}

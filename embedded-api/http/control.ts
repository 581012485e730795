import type { IncomingMessage, ServerResponse } from 'node:http'
import { commonHeaders, send } from './answer.ts'
import type { ServerContext } from './exchange.ts'

const CREDENTIALS = ['authorization', 'x-auth-key', 'x-auth-email', 'cookie', 'proxy-authorization']

/** Answers the path that shows the requests to a running embedded API. Returns false for other paths. */
export function answerControl(
  { journal, now, world }: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (request.url !== '/embedded-api/requests') return false
  request.resume()
  const shown = journal.requests.map(({ headers, ...record }) => ({
    ...record,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.includes(name))),
  }))
  send(response, { status: 200, headers: commonHeaders(now(), world), body: JSON.stringify(shown) })
  return true
}

import type { IncomingMessage } from 'node:http'

/** Maximum kept of a body, so that an endless upload takes no memory; more than a call may have. */
const KEPT_BYTES = 200_000

/** Path and query as sent: a URL parser would fix what must be refused. */
export function addressOf({ url = '' }: IncomingMessage): { path: string; search: string } {
  const [path = '', ...rest] = url.split('?')
  return { path, search: rest.join('?') }
}

/** The body as text. The promise never settles if the client hangs up midway: the request stays unanswered. */
export function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let kept = 0
  request.on('data', (chunk: Buffer) => {
    if (kept < KEPT_BYTES) chunks.push(chunk)
    kept += chunk.length
  })
  return new Promise((resolve) => {
    request.once('end', () => {
      resolve(Buffer.concat(chunks).toString())
    })
  })
}

/** The value of a JSON text, or the text itself if it is not JSON. */
export function parsedBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

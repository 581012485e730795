import type { IncomingMessage } from 'node:http'

/** Kept of a body at most, so that an endless upload costs no memory; already more than a call may have. */
const KEPT_BYTES = 200_000

/** Path and query as they were sent: a URL parser would mend what has to be refused. */
export function addressOf({ url = '' }: IncomingMessage): { path: string; search: string } {
  const [path = '', ...rest] = url.split('?')
  return { path, search: rest.join('?') }
}

/** The body as text. A client that hangs up midway leaves the promise open: its request stays unanswered. */
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

/** The value of a JSON text, or the text where it is none. */
export function parsedBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * A preload (`NODE_OPTIONS=--import=…`) that writes down each whole answer that the process receives over HTTP, one
 * line of JSON each, into the file `ACCEPTANCE_ANSWERS`. The process itself runs as it always does. It is JavaScript,
 * since to strip types takes longer than to start the bundle.
 */
import { Buffer } from 'node:buffer'
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'

const file = process.env['ACCEPTANCE_ANSWERS']

// Whoever listened for the body would take it away from the process, so its chunks are noted as they are pushed.
subscribe('http.client.response.finish', ({ request: { method, path }, response }) => {
  const push = response.push.bind(response)
  const chunks = []
  response.push = (chunk, encoding) => {
    if (chunk === null) {
      const { statusCode: status, headers } = response
      const body = Buffer.concat(chunks).toString('utf8')
      appendFileSync(file, `${JSON.stringify({ method, path, status, headers, body })}\n`)
    } else {
      chunks.push(chunk)
    }
    return push(chunk, encoding)
  }
})

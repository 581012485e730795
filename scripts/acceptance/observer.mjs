/**
 * A preload (`NODE_OPTIONS=--import=…`) that appends each complete answer that the process receives over HTTP to the file
 * `ACCEPTANCE_ANSWERS`, as a line of JSON. It is JavaScript, because stripping types takes longer than the bundle's start.
 */
import { Buffer } from 'node:buffer'
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'

const file = process.env['ACCEPTANCE_ANSWERS']

// A listener for the body would take it away from the process, so its chunks are copied when they are pushed.
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

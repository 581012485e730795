import { type Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { EmbeddedApi } from '../../embedded-api/server.ts'

export const REVOKE = `/accounts/${DEMO_ACCOUNT_ID}/access/organizations/revoke_user`
export const USERS = `/accounts/${DEMO_ACCOUNT_ID}/access/users`
export const REGISTRATIONS = `/accounts/${DEMO_ACCOUNT_ID}/devices/registrations`
export const SEATS = `/accounts/${DEMO_ACCOUNT_ID}/access/seats`

export const LOGINS = `/accounts/${DEMO_ACCOUNT_ID}/access/logs/access_requests`

export interface RawAnswer {
  status: number | undefined
  headers: IncomingHttpHeaders
  text: string
  json: unknown
}

export interface RawRequest {
  method?: string
  /** Laid over those of a good request; undefined leaves a header out. */
  headers?: Record<string, string | undefined>
  body?: unknown
  agent?: Agent
  /** Given up after so many milliseconds, with an error that says "gave up". */
  patienceMs?: number
  /** Called with the length of every part of the body. */
  onData?: (bytes: number) => void
}

/** Sends one request, valid in everything that is not given. Rejects when the answer is incomplete. */
export function call(api: EmbeddedApi, path: string, given: RawRequest = {}): Promise<RawAnswer> {
  const method = given.method ?? (given.body === undefined ? 'GET' : 'POST')
  const body = textOf(given.body)
  const length = { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body ?? '')}` }
  const all: Record<string, string | undefined> = {
    'user-agent': 'raw-client',
    authorization: `Bearer ${DEMO_TOKEN}`,
    ...(body === undefined ? {} : length),
    ...given.headers,
  }
  const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  const send = api.baseUrl.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const request = send(`${api.baseUrl}${path}`, {
      method,
      headers,
      agent: given.agent ?? false,
      ...{ rejectUnauthorized: false },
    })
    const timer = setTimeout(() => request.destroy(new Error('gave up')), given.patienceMs ?? 10_000)
    request.once('error', reject)
    request.once('close', () => {
      clearTimeout(timer)
    })
    request.once('response', (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => {
        given.onData?.(chunk.length)
        text += chunk.toString()
      })
      response.once('error', reject)
      response.once('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, text, json: parsed(text) })
      })
    })
    request.end(body)
  })
}

/** Revokes an address of the demo organization. */
export function revoke(api: EmbeddedApi, email: string, given: RawRequest = {}): Promise<RawAnswer> {
  return call(api, REVOKE, { body: { email }, ...given })
}

function textOf(body: unknown): string | undefined {
  if (body === undefined) return undefined
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

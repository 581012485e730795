import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { STRAY_REFUSALS } from '../../embedded-api/faults/stray-refusals.ts'
import { EmbeddedApi, type Fault } from '../../embedded-api/server.ts'
import { call, REGISTRATIONS, revoke, SEATS, USERS } from './raw-client.ts'

const email = 'leaver@example.com'
let api: EmbeddedApi

beforeEach(async () => {
  api = await EmbeddedApi.start()
})

afterEach(() => api.stop())

const isRevoked = (): boolean => api.organization.userByEmail(email)?.sessions[0]?.revokedAt !== undefined

test.each<[Fault, number, string, Record<string, unknown>]>([
  [{ kind: 'answer', status: 204 }, 204, '', {}],
  [
    { kind: 'answer', status: 502, body: '<h1>Bad' },
    502,
    '<h1>Bad',
    { 'content-type': 'text/html; charset=UTF-8' },
  ],
  [{ kind: 'answer', status: 200, body: { a: 1 } }, 200, '{"a":1}', { 'content-type': 'application/json' }],
  [{ kind: 'answer', status: 200, body: null }, 200, 'null', { ratelimit: undefined }],
  [
    {
      kind: 'answer',
      status: 200,
      body: 'x',
      headers: { 'Content-Type': 'text/plain', Date: null, 'CF-Ray': 'r' },
    },
    200,
    'x',
    { 'content-type': 'text/plain', date: undefined, 'cf-ray': 'r' },
  ],
  [
    { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' },
    307,
    '',
    { location: 'http://127.0.0.1:9/' },
  ],
])('answers %j', async (fault, status, text, headers) => {
  api.inject({ fault })
  const answer = await revoke(api, email)
  expect(answer).toMatchObject({ status, text })
  for (const [name, value] of Object.entries(headers)) expect(answer.headers[name]).toBe(value)
  expect(isRevoked()).toBe(false)
  expect(api.requests[0]).toMatchObject({ accepted: false, status })
})

test('answers failures in the envelope', async () => {
  const fault: Fault = {
    kind: 'error',
    status: 503,
    code: 1,
    message: 'm',
    extra: { source: { pointer: '/x' } },
  }
  api.inject({ fault, times: 1 })
  const answer = await revoke(api, email)
  expect(answer).toMatchObject({ status: 503, headers: { ratelimit: '"default";r=1199;t=300' } })
  expect(answer.json).toEqual({
    success: false,
    errors: [{ code: 1, message: 'm', source: { pointer: '/x' } }],
    messages: [],
    result: null,
  })
  expect((await revoke(api, email)).status).toBe(200)
})

test('answers 429 with exactly the headers given', async () => {
  api.inject({ fault: { kind: 'rate_limited' }, times: 1 })
  api.inject({ fault: { kind: 'rate_limited', retryAfter: 'soon', headers: { Ratelimit: 'x' } } })
  const bare = await revoke(api, email)
  expect(bare).toMatchObject({ status: 429, json: { errors: [{ code: 10013 }] } })
  expect(bare.headers['retry-after'] ?? bare.headers['ratelimit']).toBeUndefined()
  const { headers } = await revoke(api, email)
  expect(headers).toMatchObject({ 'retry-after': 'soon', ratelimit: 'x' })
  expect(api.rateLimitHits).toBe(0)
})

test.each<[Fault, RegExp, boolean]>([
  [{ kind: 'lost_answer' }, /socket hang up/, true],
  [{ kind: 'reset' }, /ECONNRESET/, false],
  [{ kind: 'silence' }, /gave up/, false],
  [{ kind: 'silence', applied: true }, /gave up/, true],
  [{ kind: 'slow_headers', intervalMs: 5 }, /gave up/, false],
  [{ kind: 'endless_continue', intervalMs: 5 }, /gave up/, false],
  [{ kind: 'drop_mid_body' }, /aborted/, false],
  [{ kind: 'drop_mid_body', applied: true }, /aborted/, true],
  [{ kind: 'truncated_chunked' }, /aborted/, false],
  [{ kind: 'gigantic' }, /gave up|aborted/, false],
  [{ kind: 'garbage' }, /Parse Error/, false],
])('leaves the client without a complete answer: %j', async (fault, message, applied) => {
  api.inject({ fault, email: 'Leaver@Example.com' })
  await expect(revoke(api, email, { patienceMs: 200 })).rejects.toThrow(message)
  expect(isRevoked()).toBe(applied)
  expect(api.requests[0]).toMatchObject({ accepted: applied })
})

test('meets one call in so many', async () => {
  api.inject({ fault: { kind: 'answer', status: 500 }, after: 1, every: 3, times: 2 })
  const statuses: unknown[] = []
  for (let count = 0; count < 11; count++) statuses.push((await revoke(api, email)).status)
  expect(statuses).toEqual([200, 200, 200, 500, 200, 200, 500, 200, 200, 200, 200])
})

test.each<[keyof typeof STRAY_REFUSALS, number, RegExp]>([
  ['challengePage', 403, /^<!DOCTYPE html>.*Just a moment/],
  ['firewall', 403, /^error code: 1020$/],
  ['authenticationError', 403, /"code":10000,"message":"Authentication error"/],
  ['throttled400', 400, /"code":971,/],
  ['throttled403', 403, /"code":971,/],
  ['throttled200', 200, /"success":false.*"code":971,/],
])('refuses one call as Cloudflare does now and then: %s', async (name, status, text) => {
  api.inject({ fault: STRAY_REFUSALS[name], times: 1 })
  const refused = await revoke(api, email)
  expect(refused).toMatchObject({ status, text: expect.stringMatching(text) })
  expect(refused.headers['cf-mitigated']).toBe(name === 'challengePage' ? 'challenge' : undefined)
  expect(isRevoked()).toBe(false)
  expect((await revoke(api, email)).json).toMatchObject({ result: true })
})

test('really resets', async () => {
  api.inject({ fault: { kind: 'reset' } })
  await expect(revoke(api, email)).rejects.toMatchObject({ syscall: 'read', code: 'ECONNRESET' })
})

test('drips the true answer a byte at a time', async () => {
  api.inject({ fault: { kind: 'drip', intervalMs: 1 } })
  const parts: number[] = []
  const { json, text } = await revoke(api, email, { onData: (bytes) => parts.push(bytes) })
  expect(json).toMatchObject({ success: true, result: true })
  expect(parts.length).toBeGreaterThan(text.length / 2)
  expect(isRevoked()).toBe(true)
})

test('pours until the client hangs up, or as much as asked', async () => {
  api.inject({ fault: { kind: 'gigantic', bytes: 1_000_000 }, times: 1 })
  api.inject({ fault: { kind: 'gigantic' } })
  const { text, json } = await revoke(api, email)
  expect(text.length).toBeGreaterThan(1_000_000)
  expect(json).toMatchObject({ success: true, result: true })
  let received = 0
  const endless = revoke(api, email, { patienceMs: 300, onData: (bytes) => (received += bytes) })
  await expect(endless).rejects.toThrow()
  expect(received).toBeGreaterThan(1_000_000)
})

test('has the effect first where applied', async () => {
  api.inject({ fault: { kind: 'answer', status: 500, body: 'no', applied: true } })
  expect((await revoke(api, email)).status).toBe(500)
  expect(isRevoked()).toBe(true)
})

test('delays, then treats the call normally', async () => {
  api.inject({ fault: { kind: 'delay', ms: 100 } })
  const before = performance.now()
  expect((await revoke(api, email)).json).toMatchObject({ result: true })
  expect(performance.now() - before).toBeGreaterThan(95)
})

test('sends a second answer without a request, on a connection that stays open', async () => {
  api.inject({ fault: { kind: 'surplus', afterMs: 20, body: { a: 1 } }, times: 1 })
  api.inject({ fault: { kind: 'surplus' } })
  const socket = connect(Number(new URL(api.baseUrl).port), '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const get = `GET /client/v4/user/tokens/verify HTTP/1.1\r\nhost: x\r\nuser-agent: x\r\n`
  const answers = async (count: number): Promise<string[]> => {
    while (text.split('HTTP/1.1 ').length <= count) await once(socket, 'data')
    return text.split('HTTP/1.1 ').slice(1)
  }
  socket.write(`${get}authorization: Bearer ${DEMO_TOKEN}\r\n\r\n`)
  const [first, second] = await answers(2)
  expect(first).toMatch(/^200 OK\r\n[^]*connection: keep-alive[^]*"status":"active"/i)
  expect(second).toMatch(/^200 OK\r\n[^]*content-length: 7\r\n\r\n\{"a":1\}$/)
  socket.write(`${get}connection: close\r\n\r\n`)
  const [, , third, fourth] = await answers(4)
  expect(third).toMatch(/^400 [^]*connection: keep-alive/i)
  expect(fourth).toMatch(/\r\n\r\n\{"success":true,"errors":\[\],"messages":\[\],"result":true\}$/)
  expect(api.requests[0]).toMatchObject({ faulted: false, accepted: true, status: 200 })
  socket.destroy()
})

test('picks calls by operation, address, number', async () => {
  const fault: Fault = { kind: 'answer', status: 500 }
  const id = api.organization.userByEmail(email)?.id ?? ''
  api.inject({ operation: 'list_users', email, fault, times: 1 })
  api.inject({ operation: 'active_sessions', email, fault, after: 1, times: 1 })
  api.inject({
    operation: 'revoke_user',
    email: 'intern@example.com',
    fault: { kind: 'answer', status: 501 },
  })
  const statusOf = async (path: string): Promise<unknown> => (await call(api, path)).status
  expect(await statusOf(`${USERS}?email=intern@example.com`)).toBe(200)
  expect(await statusOf(`${USERS}?email=LEAVER@example.com`)).toBe(500)
  expect(await statusOf(`${USERS}?email=LEAVER@example.com`)).toBe(200)
  expect(await statusOf(`${USERS}/${id}/active_sessions`)).toBe(200)
  expect(await statusOf(`${USERS}/${id}/active_sessions`)).toBe(500)
  expect(await statusOf(`${USERS}/${id}/active_sessions`)).toBe(200)
  expect((await revoke(api, email)).status).toBe(200)
  expect((await revoke(api, 'intern@example.com')).status).toBe(501)
})

test('picks reads of registrations and changes of seats by the address behind the IDs', async () => {
  const leaver = api.organization.userByEmail(email)
  const intern = api.organization.userByEmail('intern@example.com')
  for (const operation of ['list_registrations', 'update_seats'] as const) {
    api.inject({ operation, email, fault: { kind: 'answer', status: 500 } })
  }
  const reads = async (ids: (string | undefined)[]): Promise<unknown> =>
    (await call(api, `${REGISTRATIONS}?${ids.map((id) => `user.id=${id ?? ''}`).join('&')}`)).status
  const frees = async (uid: string | undefined): Promise<unknown> => {
    const body = [{ seat_uid: uid, access_seat: false, gateway_seat: false }]
    return (await call(api, SEATS, { method: 'PATCH', body })).status
  }
  expect(await reads([intern?.id])).toBe(200)
  expect(await reads([intern?.id, leaver?.id])).toBe(500)
  expect(await reads([leaver?.uid])).toBe(500)
  expect(await frees(intern?.seat.uid)).toBe(200)
  expect(await frees(leaver?.seat.uid)).toBe(500)
})

test('tries rules in the order given', async () => {
  api.inject({ fault: { kind: 'answer', status: 501 }, times: 1 })
  api.inject({ fault: { kind: 'answer', status: 502 }, after: 1, times: 1 })
  expect((await revoke(api, email)).status).toBe(501)
  expect((await revoke(api, email)).status).toBe(502)
  expect((await revoke(api, email)).status).toBe(200)
})

import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { STRAY_REFUSALS } from '../../embedded-api/faults/faults.ts'
import { EmbeddedApi, type Fault, type FaultRule } from '../../embedded-api/server.ts'
import { call, REGISTRATIONS, revoke, SEATS, USERS } from './raw-client.ts'

const email = 'leaver@example.com'
let api: EmbeddedApi

beforeEach(async () => {
  api = await EmbeddedApi.start()
})

afterEach(() => api.stop())

const isRevoked = (): boolean => api.organization.userByEmail(email)?.revokedAt !== undefined
const failed = (status: number): Fault => ({ kind: 'answer', status })

/** The statuses of so many revocations. */
async function statuses(count: number, ...rules: FaultRule[]): Promise<unknown[]> {
  for (const rule of rules) api.inject(rule)
  const all: unknown[] = []
  for (let number = 0; number < count; number++) all.push((await revoke(api, email)).status)
  return all
}

const HEADERS = { 'Content-Type': 'text/plain', Date: null, 'CF-Ray': 'r' }

test.each<[Fault, number, unknown, Record<string, unknown>]>([
  [failed(204), 204, '', { 'content-type': 'application/json' }],
  [
    { kind: 'answer', status: 502, body: '<h1>Bad' },
    502,
    '<h1>Bad',
    { 'content-type': 'text/html; charset=UTF-8' },
  ],
  [{ kind: 'answer', status: 200, body: null }, 200, 'null', { ratelimit: undefined }],
  [
    { kind: 'answer', status: 200, body: { a: 1 }, headers: HEADERS },
    200,
    '{"a":1}',
    { 'content-type': 'text/plain', date: undefined, 'cf-ray': 'r' },
  ],
  [{ kind: 'redirect', status: 307, location: '/x' }, 307, '', { location: '/x' }],
  [
    { kind: 'error', status: 503, code: 1, message: 'm', extra: { source: { pointer: '/x' } } },
    503,
    '{"success":false,"errors":[{"code":1,"message":"m","source":{"pointer":"/x"}}],"messages":[],"result":null}',
    { ratelimit: '"default";r=1199;t=300' },
  ],
  [
    { kind: 'rate_limited', retryAfter: 'soon', headers: { Ratelimit: 'x' } },
    429,
    expect.stringContaining('"code":10013'),
    { 'retry-after': 'soon', ratelimit: 'x' },
  ],
  [{ kind: 'rate_limited' }, 429, expect.anything(), { 'retry-after': undefined, ratelimit: undefined }],
  [
    STRAY_REFUSALS.challengePage,
    403,
    expect.stringContaining('Just a moment'),
    { 'cf-mitigated': 'challenge' },
  ],
  [STRAY_REFUSALS.firewall, 403, 'error code: 1020', {}],
  [STRAY_REFUSALS.throttled200, 200, expect.stringMatching(/"success":false.*"code":971,/), {}],
])('answers %j', async (fault, status, text, headers) => {
  api.inject({ fault })
  const answer = await revoke(api, email)
  expect(answer).toMatchObject({ status, text })
  for (const [name, value] of Object.entries(headers)) expect(answer.headers[name]).toBe(value)
  expect(isRevoked()).toBe(false)
  expect(api.requests[0]).toMatchObject({ accepted: false, status })
  expect(api.rateLimitHits).toBe(0)
})

test.each<[Fault, RegExp, boolean]>([
  [{ kind: 'lost_answer' }, /socket hang up/, true],
  [{ kind: 'reset' }, /read ECONNRESET/, false],
  [{ kind: 'silence' }, /gave up/, false],
  [{ kind: 'silence', applied: true }, /gave up/, true],
  [{ kind: 'slow_headers', intervalMs: 5 }, /gave up/, false],
  [{ kind: 'endless_continue', intervalMs: 5 }, /gave up/, false],
  [{ kind: 'drop_mid_body' }, /aborted/, false],
  [{ kind: 'drop_mid_body', applied: true }, /aborted/, true],
  [{ kind: 'truncated_chunked' }, /aborted/, false],
  [{ kind: 'garbage' }, /Parse Error/, false],
])('leaves the client without a complete answer: %j', async (fault, message, applied) => {
  api.inject({ fault, email: 'Leaver@Example.com' })
  await expect(revoke(api, email, { patienceMs: 200 })).rejects.toThrow(message)
  expect(isRevoked()).toBe(applied)
  expect(api.requests[0]).toMatchObject({ accepted: applied })
})

test('drips the true answer a byte at a time', async () => {
  api.inject({ fault: { kind: 'drip', intervalMs: 1 } })
  const parts: number[] = []
  const { json, text } = await revoke(api, email, { onData: (bytes) => parts.push(bytes) })
  expect(json).toMatchObject({ success: true, result: true })
  expect(parts.length).toBeGreaterThan(text.length / 2)
  expect(isRevoked()).toBe(true)
})

test('pours until the client hangs up', async () => {
  api.inject({ fault: { kind: 'gigantic' } })
  let received = 0
  const endless = revoke(api, email, { patienceMs: 200, onData: (bytes) => (received += bytes) })
  await expect(endless).rejects.toThrow()
  expect(received).toBeGreaterThan(1_000_000)
})

test('has the effect first where applied', async () => {
  expect(await statuses(1, { fault: { ...failed(500), applied: true } })).toEqual([500])
  expect(isRevoked()).toBe(true)
})

test('delays, then treats the call normally', async () => {
  const before = performance.now()
  expect(await statuses(1, { fault: { kind: 'delay', ms: 50 } })).toEqual([200])
  expect(performance.now() - before).toBeGreaterThan(45)
})

test('sends a second answer without a request, on a connection that stays open', async () => {
  api.inject({ fault: { kind: 'surplus', afterMs: 20, body: { a: 1 } }, times: 1 })
  api.inject({ fault: { kind: 'surplus' } })
  const socket = connect(Number(new URL(api.baseUrl).port), '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const get = `GET /client/v4/user/tokens/verify HTTP/1.1\r\nhost: x\r\n`
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

test('meets one call in so many', async () => {
  const rule = { fault: failed(500), after: 1, every: 3, times: 2 }
  expect(await statuses(9, rule)).toEqual([200, 200, 200, 500, 200, 200, 500, 200, 200])
})

test('draws the calls that it meets, the same for the same seed', async () => {
  const rule = { fault: failed(500), after: 1, every: 2, seed: 1 }
  const drawn = await statuses(60, rule)
  await api.stop()
  api = await EmbeddedApi.start()
  expect(await statuses(60, rule)).toEqual(drawn)
  const met = drawn.flatMap((status, index) => (status === 500 ? [index] : []))
  expect(met[0]).toBeGreaterThan(0)
  expect(met.length).toBeGreaterThan(15)
  expect(met.length).toBeLessThan(45)
  expect(new Set(met.map((index) => index % 2)).size).toBe(2)
})

test('tries rules in the order given', async () => {
  const first = { fault: failed(501), times: 1 }
  expect(await statuses(3, first, { fault: failed(502), after: 1, times: 1 })).toEqual([501, 502, 200])
})

test('picks calls by operation and address, also by the address behind an ID', async () => {
  const leaver = api.organization.userByEmail(email)
  const intern = api.organization.userByEmail('intern@example.com')
  const operations = ['list_users', 'active_sessions', 'list_registrations', 'update_seats'] as const
  for (const operation of operations) api.inject({ operation, email, fault: failed(500) })
  const free = (user: typeof leaver): object => ({
    method: 'PATCH',
    body: [{ seat_uid: user?.seat.uid, access_seat: false, gateway_seat: false }],
  })
  const calls = [
    [500, `${USERS}?email=LEAVER@example.com`],
    [200, `${USERS}?email=intern@example.com`],
    [500, `${USERS}/${leaver?.id ?? ''}/active_sessions`],
    [200, `${USERS}/${intern?.id ?? ''}/active_sessions`],
    [500, `${REGISTRATIONS}?user.id=${intern?.id ?? ''}&user.id=${leaver?.id ?? ''}`],
    [500, `${REGISTRATIONS}?user.id=${leaver?.uid ?? ''}`],
    [200, `${REGISTRATIONS}?user.id=${intern?.id ?? ''}`],
    [500, SEATS, free(leaver)],
    [200, SEATS, free(intern)],
  ] as const
  for (const [status, path, request] of calls) expect((await call(api, path, request)).status).toBe(status)
  expect(await statuses(1)).toEqual([200])
})

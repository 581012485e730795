import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { certificateFor } from '../support/certificate.ts'
import { testWithSignals } from '../support/platform.ts'
import { call, REVOKE, revoke } from './raw-client.ts'

const email = 'leaver@example.com'
let api: EmbeddedApi

beforeEach(async () => {
  api = await EmbeddedApi.start({ latencyMs: 20 })
})

afterEach(() => api.stop())

test('keeps connections alive, and counts requests in flight', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  await Promise.all(Array.from({ length: 10 }, () => revoke(api, email, { agent })))
  expect(Math.max(...api.requests.map(({ inFlight }) => inFlight))).toBe(2)
  expect(api.requests).toHaveLength(10)
  agent.destroy()
})

test('keeps no requests with `record: false`, but tells of their end', async () => {
  const closed: unknown[] = []
  const other = await EmbeddedApi.start({ record: false, onClosed: ({ status }) => closed.push(status) })
  await revoke(other, email)
  await other.stop()
  expect(other.requests).toEqual([])
  expect(closed).toEqual([200])
})

test('stops at once, whatever is going on, twice if need be', async () => {
  api.inject({ fault: { kind: 'silence' }, times: 1 })
  api.inject({ fault: { kind: 'delay', ms: 600_000 }, times: 1 })
  api.inject({ fault: { kind: 'drip', intervalMs: 60_000 }, times: 1 })
  api.inject({ fault: { kind: 'slow_headers', intervalMs: 60_000 } })
  const ends = Promise.allSettled(Array.from({ length: 4 }, () => revoke(api, email)))
  while (api.requests.filter(({ complete }) => complete).length < 4) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await api.stop()
  await api.stop()
  expect((await ends).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
})

test('takes no notice of a client that hangs up in the middle of its request', async () => {
  const socket = connect(Number(new URL(api.baseUrl).port), '127.0.0.1')
  socket.write('POST /client/v4/user HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc')
  while (api.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 20))
  await revoke(api, email)
  expect(api.requests[0]?.status).toBeUndefined()
  expect(api.requests[0]?.complete).toBe(false)
  expect(api.requests[1]).toMatchObject({ inFlight: 1, status: 200 })
})

test('needs an organization, and takes no user twice', async () => {
  await expect(EmbeddedApi.start({ organizations: [] })).rejects.toThrow('needs an organization')
  const id = api.organization.userByEmail(email)?.id ?? ''
  expect(() => api.organization.addUser({ email: 'x@example.com', id })).toThrow('two users')
})

test('speaks TLS, faults included', async () => {
  using certificate = await certificateFor('localhost')
  const secure = await EmbeddedApi.start({ tls: certificate })
  expect(secure.baseUrl).toMatch(/^https:/)
  expect((await call(secure, '/user/tokens/verify')).status).toBe(200)
  secure.inject({ fault: { kind: 'slow_headers', intervalMs: 5 }, times: 1 })
  await expect(revoke(secure, email, { patienceMs: 100 })).rejects.toThrow('gave up')
  secure.inject({ fault: { kind: 'drop_mid_body' }, times: 1 })
  await expect(revoke(secure, email)).rejects.toThrow('aborted')
  await secure.stop()
})

testWithSignals('runs by itself, shows what happened, stops on SIGTERM', async () => {
  const child = spawn(process.execPath, ['embedded-api/main.ts', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const data: unknown[] = await once(child.stdout.setEncoding('utf8'), 'data')
  const [, origin = ''] =
    /^Embedded API: (http:\/\/127\.0\.0\.1:\d+)\/client\/v4\n$/.exec(String(data[0])) ?? []
  const headers = { authorization: `Bearer ${DEMO_TOKEN}`, 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: JSON.stringify({ email }) }
  expect((await fetch(`${origin}/client/v4${REVOKE}`, request)).status).toBe(200)
  const requests = await (await fetch(`${origin}/embedded-api/requests`)).text()
  expect(JSON.parse(requests)).toMatchObject([{ method: 'POST', accepted: true, status: 200 }])
  expect(requests).not.toContain(DEMO_TOKEN)
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

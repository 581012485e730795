import { Agent } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { Organization } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { certificateFor } from '../support/certificate.ts'
import { call, revoke } from './raw-client.ts'

let api: EmbeddedApi

afterEach(() => api.stop())

test('keeps connections alive and counts requests in flight', async () => {
  api = await EmbeddedApi.start({ latencyMs: 20 })
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const emails = Array.from({ length: 10 }, (_, index) => `user-${index}@example.com`)
  await Promise.all(emails.map((email) => revoke(api, email, { agent })))
  const counts = api.requests.map(({ inFlight }) => inFlight)
  expect(Math.max(...counts)).toBe(2)
  expect(api.requests).toHaveLength(10)
  agent.destroy()
})

test('serves thousands of requests cheaply, keeping the latest', async () => {
  const closed: string[] = []
  api = await EmbeddedApi.start({ rateLimit: false, record: 5, onClosed: ({ path }) => closed.push(path) })
  const agent = new Agent({ keepAlive: true, maxSockets: 10 })
  await Promise.all(
    Array.from({ length: 2000 }, (_, index) => revoke(api, `u${index}@example.com`, { agent })),
  )
  expect(api.requests).toHaveLength(5)
  expect(closed).toHaveLength(2000)
  agent.destroy()
})

test('keeps no requests with `record: false`', async () => {
  api = await EmbeddedApi.start({ record: false })
  await revoke(api, 'leaver@example.com')
  expect(api.requests).toEqual([])
})

test('stops at once, whatever is going on, twice if need be', async () => {
  api = await EmbeddedApi.start()
  api.inject({ fault: { kind: 'silence' }, times: 1 })
  api.inject({ fault: { kind: 'delay', ms: 600_000 }, times: 1 })
  api.inject({ fault: { kind: 'drip', intervalMs: 60_000 }, times: 1 })
  api.inject({ fault: { kind: 'slow_headers', intervalMs: 60_000 } })
  const ends = Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => revoke(api, `${name}@example.com`)))
  while (api.requests.filter(({ bodyText }) => bodyText !== '').length < 4) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await api.stop()
  await api.stop()
  expect((await ends).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
})

test('takes no notice of a client that hangs up in the middle of its request', async () => {
  api = await EmbeddedApi.start()
  const socket = connect(Number(new URL(api.baseUrl).port), '127.0.0.1')
  socket.write('POST /client/v4/user HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc')
  while (api.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 20))
  await revoke(api, 'leaver@example.com')
  expect(api.requests.at(0)?.status).toBeUndefined()
  expect(api.requests.at(1)).toMatchObject({ inFlight: 1, status: 200 })
})

test('refuses to start without an organization', async () => {
  api = await EmbeddedApi.start()
  await expect(EmbeddedApi.start({ organizations: [] })).rejects.toThrow('needs an organization')
})

test('does not take the same user twice', async () => {
  api = await EmbeddedApi.start()
  const user = api.organization.userByEmail('leaver@example.com')
  expect(() => api.organization.addUser({ email: 'x@example.com', id: user?.id ?? '' })).toThrow('two users')
  expect(new Organization().accountId).toMatch(/^[\da-f]{32}$/)
})

test('speaks TLS, faults included', async () => {
  using certificate = await certificateFor('localhost')
  api = await EmbeddedApi.start({ tls: certificate })
  expect(api.baseUrl).toMatch(/^https:/)
  expect((await call(api, '/user/tokens/verify')).status).toBe(200)
  api.inject({ fault: { kind: 'reset' }, times: 1 })
  await expect(revoke(api, 'leaver@example.com')).rejects.toMatchObject({ code: 'ECONNRESET' })
  api.inject({ fault: { kind: 'slow_headers', intervalMs: 5 }, times: 1 })
  await expect(revoke(api, 'leaver@example.com', { patienceMs: 100 })).rejects.toThrow('gave up')
  api.inject({ fault: { kind: 'drop_mid_body' }, times: 1 })
  await expect(revoke(api, 'leaver@example.com')).rejects.toThrow('aborted')
  api.inject({ fault: { kind: 'silence' } })
  const open = revoke(api, 'leaver@example.com')
  const outcome = expect(open).rejects.toThrow()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await api.stop()
  await outcome
})

import { afterEach, expect, test } from '@jest/globals'
import { DEMO_TOKEN, demoOrganization } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { call, type RawAnswer } from './raw-client.ts'

let clock = 1_800_000_000_000
let api: EmbeddedApi
const now = (): number => clock
const read = (): Promise<RawAnswer> => call(api, '/user/tokens/verify')

afterEach(() => api.stop())

test('counts in fixed windows from the first call', async () => {
  api = await EmbeddedApi.start({ now })
  const first = await read()
  expect(first.headers['ratelimit']).toBe('"default";r=1199;t=300')
  expect(first.headers['ratelimit-policy']).toBe('"default";q=1200;w=300')
  expect(first.headers['retry-after']).toBeUndefined()
  clock += 1
  expect((await read()).headers['ratelimit']).toBe('"default";r=1198;t=300')
  clock += 299_998
  expect((await read()).headers['ratelimit']).toBe('"default";r=1197;t=1')
  clock += 1
  expect((await read()).headers['ratelimit']).toBe('"default";r=1199;t=300')
})

test('past the quota refuses everything for a full window', async () => {
  api = await EmbeddedApi.start({ now, rateLimit: { quota: 2, windowMs: 10_000 } })
  await read()
  clock += 8_000
  expect((await read()).headers['ratelimit']).toBe('"default";r=0;t=2')
  const refused = await read()
  expect(refused.status).toBe(429)
  expect(refused.json).toMatchObject({ success: false, errors: [{ code: 10013 }] })
  expect(refused.headers).toMatchObject({ 'retry-after': '10', ratelimit: '"default";r=0;t=10' })
  clock += 9_001
  expect((await read()).headers).toMatchObject({ 'retry-after': '1', ratelimit: '"default";r=0;t=1' })
  expect(api.rateLimitHits).toBe(2)
  expect(api.requests.at(-1)).toMatchObject({ accepted: false, status: 429 })
  clock += 999
  expect((await read()).status).toBe(200)
})

test('counts per credential, with the calls of others on it', async () => {
  const demo = demoOrganization(now)
  demo.credentials.push({ kind: 'global-api-key', email: 'admin@example.com', key: 'key-1' })
  api = await EmbeddedApi.start({ now, organizations: [demo], rateLimit: { quota: 10, windowMs: 60_000 } })
  api.spend(10)
  const admin = { authorization: undefined, 'x-auth-email': 'admin@example.com', 'x-auth-key': 'key-1' }
  expect((await call(api, '/user', { headers: admin })).headers['ratelimit']).toBe('"default";r=9;t=60')
  expect((await read()).status).toBe(429)
  api.spend(10, 'key-1')
  expect((await call(api, '/user', { headers: admin })).status).toBe(429)
  api.spend(1, DEMO_TOKEN)
  expect(api.rateLimitHits).toBe(2)
})

test('can be switched off, headers and all', async () => {
  api = await EmbeddedApi.start({ rateLimit: false })
  api.spend(5000)
  const { status, headers } = await read()
  expect(status).toBe(200)
  expect(headers['ratelimit'] ?? headers['ratelimit-policy']).toBeUndefined()
  expect(api.rateLimitHits).toBe(0)
})

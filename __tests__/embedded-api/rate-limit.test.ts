import { afterEach, expect, test } from '@jest/globals'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { key } from './accounts.ts'
import { call, type RawAnswer } from './raw-client.ts'

let clock = 1_800_000_000_000
let api: EmbeddedApi
const now = (): number => clock
const read = (): Promise<RawAnswer> => call(api, '/user/tokens/verify')

afterEach(() => api.stop())

test('counts in fixed windows from the first call', async () => {
  api = await EmbeddedApi.start({ now })
  const { headers } = await read()
  expect(headers).toMatchObject({
    ratelimit: '"default";r=1199;t=300',
    'ratelimit-policy': '"default";q=1200;w=300',
  })
  expect(headers).not.toHaveProperty('retry-after')
  clock += 299_999
  expect((await read()).headers).toMatchObject({ ratelimit: '"default";r=1198;t=1' })
  clock += 1
  expect((await read()).headers).toMatchObject({ ratelimit: '"default";r=1199;t=300' })
})

test('past the quota refuses everything for a full window', async () => {
  api = await EmbeddedApi.start({ now, rateLimit: { quota: 2, windowMs: 10_000 } })
  await read()
  clock += 8_000
  expect((await read()).headers).toMatchObject({ ratelimit: '"default";r=0;t=2' })
  const refused = await read()
  expect(refused).toMatchObject({ status: 429, json: { success: false, errors: [{ code: 10013 }] } })
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
  const { headers } = await call(api, '/user', key('admin@example.com', 'key-1'))
  expect(headers).toMatchObject({ ratelimit: '"default";r=9;t=60' })
  expect((await read()).status).toBe(429)
})

test.each([
  ['without limit', { rateLimit: false as const }, 200],
  ['in a world without its headers', { world: { withoutRateLimitHeaders: true } }, 429],
])('says nothing of the limit %s', async (_, options, status) => {
  api = await EmbeddedApi.start(options)
  api.spend(5000)
  const answer = await read()
  expect(answer.status).toBe(status)
  expect(Object.keys(answer.headers).filter((name) => /limit|retry/.test(name))).toEqual([])
})

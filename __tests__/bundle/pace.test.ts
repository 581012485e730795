import { describe, expect, test } from '@jest/globals'
import type { RecordedRequest } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { Scene, type With } from '../support/scene.ts'

/** Time passes twenty times as fast. */
const SPEED = 20

const list = (count: number, more: With = {}): With => ({
  email: Array.from({ length: count }, (_, index) => `user${index}@example.com`).join('\n'),
  'max-users': '10000',
  'request-timeout': '300',
  ...more,
})

/** Milliseconds of the API's clock between the end of one request and the arrival of the next. */
const gap = (requests: readonly RecordedRequest[], index: number): number =>
  (requests[index]?.receivedAt ?? 0) - (requests[index - 1]?.answeredAt ?? 0)

describe('a limited server', () => {
  test.each([
    [1, 10],
    [4, 10],
    [20, 25],
    [20, 3],
  ])('is never asked for more than it has room for: concurrency %d, quota %d', async (concurrency, quota) => {
    await using scene = await Scene.open({ rateLimit: { quota, windowMs: 5_000 }, latencyMs: 2 }, SPEED)
    const result = await scene.run(list(quota * 3 + 1, { concurrency: String(concurrency) }))
    expect(result.exitCode).toBe(0)
    expect(scene.api.rateLimitHits).toBe(0)
    expect(
      result.log.filter((line) =>
        /^Cloudflare's rate limit leaves no room: waiting \d+ s, until \d\d:\d\d:\d\d UTC\.$/.test(line),
      ),
    ).toHaveLength(3)
  })

  test('the first call after a hold goes alone', async () => {
    await using scene = await Scene.open({ rateLimit: { quota: 10, windowMs: 5_000 }, latencyMs: 10 }, SPEED)
    await scene.run(list(25, { concurrency: '8' }))
    const { requests } = scene.api
    for (const first of [0, 10, 20]) {
      expect(requests[first]?.inFlight).toBe(1)
      expect(gap(requests, first + 1)).toBeGreaterThanOrEqual(0)
    }
  })

  test('what others use up is waited for, and the run is complete all the same', async () => {
    await using scene = await Scene.open({ rateLimit: { quota: 20, windowMs: 5_000 } }, SPEED)
    const result = await scene.run(list(60), {
      onLine: (line) => {
        if (/^user(5|25|40)@/.test(line)) scene.api.spend(30)
      },
    })
    expect(result.exitCode).toBe(0)
    expect(scene.api.rateLimitHits).toBeGreaterThan(0)
    const { totals, users } = reportOf(result)
    expect(totals['revoked']).toBe(60)
    expect(users.every(({ attempts }) => attempts === 1)).toBe(true)
  })
})

test('without headers the run keeps to 1,200 calls in any 5 minutes', async () => {
  await using scene = await Scene.open({ rateLimit: false }, 100)
  const result = await scene.run(list(1_300, { concurrency: '20' }))
  expect(result.exitCode).toBe(0)
  // The way from the process to the API takes milliseconds, each of them a tenth of a second on the fast clock.
  const times = scene.api.requests.map(({ receivedAt }) => receivedAt)
  expect((times[1_200] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(298_000)
})

test('a policy without word on the room left is kept to by itself', async () => {
  await using scene = await Scene.open({ rateLimit: false }, SPEED)
  const headers = { 'content-type': 'application/json', 'Ratelimit-Policy': '"burst";q=5;w=10' }
  scene.inject({ fault: { kind: 'answer', status: 200, headers, body: { success: true, result: true } } })
  const result = await scene.run(list(11))
  expect(result.exitCode).toBe(0)
  const times = scene.api.requests.map(({ receivedAt }) => receivedAt)
  expect((times[5] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(9_400)
  expect((times[10] ?? 0) - (times[5] ?? 0)).toBeGreaterThanOrEqual(9_400)
})

test('a 429 holds everybody, and uses up no attempt', async () => {
  await using scene = await Scene.open({ latencyMs: 5 }, SPEED)
  scene.inject({ after: 10, times: 3, fault: { kind: 'rate_limited', retryAfter: '30' } })
  const result = await scene.run(list(30, { 'max-attempts': '1', concurrency: '6' }))
  expect(result.exitCode).toBe(0)
  const { requests } = scene.api
  const heldAt = requests.findLast(({ status }) => status === 429)?.answeredAt ?? 0
  // What was on its way when the 429 came arrives a little later.
  const after = requests.find(({ receivedAt }) => receivedAt > heldAt + 2_000)
  expect((after?.receivedAt ?? 0) - heldAt).toBeGreaterThanOrEqual(28_500)
  expect(after?.inFlight).toBe(1)
})

test('a 503 with Retry-After holds the run for a while, a minute at the most', async () => {
  await using scene = await Scene.open({}, SPEED)
  scene.inject({
    times: 1,
    fault: { kind: 'answer', status: 503, headers: { 'Retry-After': '3600' }, body: '' },
  })
  const result = await scene.run(list(3))
  expect(result.exitCode).toBe(0)
  expect(gap(scene.api.requests, 1)).toBeGreaterThanOrEqual(58_500)
  expect(gap(scene.api.requests, 1)).toBeLessThan(90_000)
})

test('after 15 minutes of nothing but 429 the run stops, and the rest is skipped', async () => {
  await using scene = await Scene.open({}, 400)
  scene.inject({ after: 2, fault: { kind: 'rate_limited', retryAfter: '200' } })
  const result = await scene.run(list(6))
  expect(result.exitCode).toBe(1)
  const { totals, users } = reportOf(result)
  expect(totals).toMatchObject({ revoked: 2, skipped: 4, failed: 0 })
  expect(users.map(({ revocation }) => revocation)).toContain('unconfirmed')
  expect(result.errors[0]).toMatch(/rate limit leaves no room for another 4 min, .* 15 min /)
})

test('headers that cannot be read, or say impossible things, change nothing', async () => {
  await using scene = await Scene.open({ rateLimit: false })
  for (const Ratelimit of [
    '"default";r=-1;t=5',
    '"default";r=x',
    '((',
    '"default";r=0',
    '"default";r=0;t=-1',
    '',
  ]) {
    scene.inject({
      times: 1,
      fault: {
        kind: 'answer',
        status: 200,
        headers: { Ratelimit, 'Ratelimit-Policy': '"a";q=0;w=1' },
        body: { success: true, result: true },
      },
    })
  }
  const result = await scene.run(list(8))
  expect(result.exitCode).toBe(0)
  expect(result.log.join('\n')).not.toMatch(/leaves no room/)
})

test('several policies are kept to at once', async () => {
  await using scene = await Scene.open({ rateLimit: false }, SPEED)
  const headers = { 'content-type': 'application/json', Ratelimit: '"default";r=900;t=200, "burst";r=0;t=4' }
  scene.inject({
    times: 1,
    fault: { kind: 'answer', status: 200, headers, body: { success: true, result: true } },
  })
  const result = await scene.run(list(2))
  expect(result.exitCode).toBe(0)
  expect(gap(scene.api.requests, 1)).toBeGreaterThanOrEqual(3_400)
})

import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, Scene, type With } from '../support/scene.ts'

const list = (count: number, more: With = {}): With => ({
  email: addresses(count).join(),
  'request-timeout': '300',
  ...more,
})

test.concurrent.each([
  [4, 10],
  [20, 25],
])(
  'a server never gets more calls than it has room for, and the first call after a hold goes alone: concurrency %d, quota %d',
  async (concurrency, quota) => {
    await using scene = await Scene.openWithoutWaits({ rateLimit: { quota, windowMs: 40_000 }, latencyMs: 5 })
    const result = await scene.run(list(quota * 2 + 5, { concurrency: String(concurrency) }))
    expect(result.exitCode).toBe(0)
    expect(scene.api.rateLimitHits).toBe(0)
    expect(
      result.log.filter((line) =>
        /^Cloudflare's rate limit leaves no room: waiting \d+ s, until \S+Z\.$/.test(line),
      ),
    ).toHaveLength(2)
    const { requests } = scene.api
    for (const first of [0, quota, quota * 2]) {
      expect(requests[first]?.inFlight).toBe(1)
      expect(requests[first + 1]?.receivedAt).toBeGreaterThanOrEqual(requests[first]?.answeredAt ?? Infinity)
    }
  },
)

test.concurrent('a run waits for room that others use up, and is complete in the end', async () => {
  await using scene = await Scene.openWithoutWaits({ rateLimit: { quota: 20, windowMs: 5_000 } })
  const result = await scene.run(list(60), {
    onLine: (line) => {
      if (/^user(5|25|40)@/.test(line)) scene.api.spend(30)
    },
  })
  expect(result.exitCode).toBe(0)
  expect(scene.api.rateLimitHits).toBeGreaterThan(0)
  const { totals, users } = reportOf(result)
  expect(totals.revoked).toBe(60)
  expect(users.every(({ attempts }) => attempts === 1)).toBe(true)
})

test.concurrent.each([1, 20])(
  'if others use half of the quota, no call gets a 429: concurrency %d',
  async (concurrency) => {
    const spend = { once: (): void => undefined }
    await using scene = await Scene.openWithoutWaits({
      rateLimit: { quota: 120, windowMs: 20_000 },
      latencyMs: 5,
      onClosed: () => {
        spend.once()
      },
    })
    spend.once = () => {
      scene.api.spend(1)
    }
    const result = await scene.run(list(150, { concurrency: `${concurrency}`, 'max-users': '150' }))
    expect(result.exitCode).toBe(0)
    expect(scene.api.rateLimitHits).toBe(0)
  },
)

test.concurrent('a 429 pauses all calls, and uses up no attempt', async () => {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 5 })
  scene.inject({ after: 10, times: 3, fault: { kind: 'rate_limited', retryAfter: '30' } })
  const result = await scene.run(list(30, { 'max-attempts': '1', concurrency: '6' }))
  expect(result.exitCode).toBe(0)
  const { requests } = scene.api
  const heldAt = requests.findLast(({ status }) => status === 429)?.answeredAt ?? 0
  // What was on its way when the 429 came arrives a little later.
  const after = requests.find(({ receivedAt }) => receivedAt > heldAt + 15_000)
  expect((after?.receivedAt ?? 0) - heldAt).toBeGreaterThanOrEqual(28_500)
  expect(after?.inFlight).toBe(1)
})

test.concurrent('after 15 minutes of nothing but 429 the run stops, and the rest is skipped', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ after: 2, fault: { kind: 'rate_limited', retryAfter: '200' } })
  const result = await scene.run(list(6))
  expect(result.exitCode).toBe(1)
  const { totals, users } = reportOf(result)
  expect(totals).toMatchObject({ revoked: 2, skipped: 4, failed: 0 })
  expect(users.map(({ revocation }) => revocation)).toContain('unconfirmed')
  expect(result.errors[0]).toMatch(/leaves no room for another 4 min, .* 15 min .*1,200 calls in 5 minutes/)
})

test.concurrent.each<[string, FaultRule['fault'], RegExp]>([
  [
    'a Retry-After beyond all measure',
    { kind: 'rate_limited', retryAfter: '99999999999999999999' },
    /leaves no room for another [\d,]+ min, /,
  ],
  [
    'a window that leaves no room for hours',
    {
      kind: 'answer',
      status: 200,
      headers: { Ratelimit: '"a";r=0;t=9999' },
      body: { success: true, result: true },
    },
    /leaves no room for another 167 min, /,
  ],
])('%s ends the run at once, red', async (_name, fault, sentence) => {
  await using scene = await Scene.open()
  const result = await scene.inject({ fault }).run(list(4))
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(sentence)
  expect(reportOf(result).totals.skipped).toBeGreaterThanOrEqual(3)
  expect(scene.api.requests).toHaveLength(1)
})

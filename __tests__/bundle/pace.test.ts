import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { addresses, Scene, type With } from '../support/scene.ts'

const list = (count: number, more: With = {}): With => ({
  email: addresses(count).join(),
  'request-timeout': '300',
  ...more,
})

test.concurrent(
  'a server never gets more calls than it has room for, and the first call after a hold goes alone',
  async () => {
    const quota = 25
    await using scene = await Scene.openWithoutWaits({ rateLimit: { quota, windowMs: 40_000 }, latencyMs: 5 })
    const result = await scene.run(list(quota * 2 + 5, { concurrency: '20' }))
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

test.concurrent('a Retry-After beyond all measure ends the run at once, red', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'rate_limited', retryAfter: '99999999999999999999' } })
  const result = await scene.run(list(4))
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/leaves no room for another [\d,]+ min, /)
  expect(reportOf(result).totals.skipped).toBeGreaterThanOrEqual(3)
  expect(scene.api.requests).toHaveLength(1)
})

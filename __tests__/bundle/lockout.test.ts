import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { Scene } from '../support/scene.ts'

const list = (count: number): string =>
  Array.from({ length: count }, (_, index) => `user${index}@example.com`).join()

test('a 429 for a credential that is locked out is no rate limit: it ends the run at once', async () => {
  await using scene = await Scene.open({}, 100)
  const message = 'Too many authentication failures. Please try again later.'
  scene.inject({ fault: { kind: 'error', status: 429, code: 10502, message } })
  const result = await scene.run({ email: list(20) })
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(1)
  expect(result.errors[0]).toMatch(/locked it out for a while/)
  expect(result.log.join('\n')).not.toMatch(/waiting/)
  expect(reportOf(result).totals).toMatchObject({ failed: 1, skipped: 19 })
})

test('a server that answers now and then between its 429s does not keep a run for hours', async () => {
  await using scene = await Scene.open({ rateLimit: false }, 3_000)
  for (let user = 0; user < 10; user += 1) {
    scene.inject({
      email: `user${user}@example.com`,
      times: 2,
      fault: { kind: 'rate_limited', retryAfter: '300' },
    })
  }
  const result = await scene.run({ email: list(10), 'request-timeout': '300', 'max-attempts': '10' })
  expect(result.exitCode).toBe(1)
  expect(result.errors.join('\n')).toMatch(/this run has waited for it long enough \(16 min in all\)/)
  const { revoked = 0, skipped = 0 } = reportOf(result).totals
  expect(revoked).toBeGreaterThan(0)
  expect(revoked + skipped).toBe(10)
})

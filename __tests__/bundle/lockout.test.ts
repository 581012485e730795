import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { Scene } from '../support/scene.ts'

const email = Array.from({ length: 20 }, (_, index) => `user${index}@example.com`).join()

test('a 429 for a credential that is locked out is not a rate limit: it ends the run at once', async () => {
  await using scene = await Scene.open()
  const message = 'Too many authentication failures. Please try again later.'
  scene.inject({ fault: { kind: 'error', status: 429, code: 10502, message } })
  const result = await scene.run({ email })
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(1)
  expect(result.errors[0]).toMatch(/locked it out for a while/)
  expect(result.log.join('\n')).not.toMatch(/waiting/)
  expect(reportOf(result).totals).toMatchObject({ failed: 1, skipped: 19 })
})

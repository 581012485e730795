import { expect, test } from '@jest/globals'
import { BUNDLE } from '../../scripts/step.ts'
import { reportOf } from '../support/report.ts'
import { Scene, SOURCE } from '../support/scene.ts'

test.each([BUNDLE, SOURCE])(
  'a user found only by a search in the letter case of the record is not unknown (%#)',
  async (entry) => {
    await using scene = await Scene.openWithoutWaits({ world: { caseSensitive: true } })
    scene.organization.addUser({ email: 'hidden@example.com', sessions: 2, foundBySearchOnly: true })
    const result = await scene.run(
      { email: 'Hidden@Example.com', verify: 'true', 'dry-run': 'true' },
      { entry },
    )
    expect(reportOf(result).users).toMatchObject([{ status: 'would_revoke', errors: [], sessions_before: 2 }])
    expect(result.exitCode).toBe(0)
  },
)

test('the bundle sees a second record of the user in another letter case', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { caseSensitiveFilter: true } })
  scene.organization.addUser({ email: 'ann@example.com' })
  scene.organization.addUser({ email: 'Ann@Example.com', stickySessions: 1 })
  const result = await scene.run({ email: 'ann@example.com', verify: 'true', 'request-timeout': '300' })
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', verification: 'failed' }])
})

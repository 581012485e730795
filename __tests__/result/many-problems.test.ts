import { expect, test } from '@jest/globals'
import { Scene } from '../support/scene.ts'

test.concurrent('of many problems the annotation shows some, the log all', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource(
    { email: null, 'users-file': 'leavers.txt', 'max-users': '10000' },
    { files: { 'leavers.txt': 'nobody\n'.repeat(3_000) } },
  )
  expect(result.exitCode).toBe(1)
  const verdict = result.errors.at(-1) ?? ''
  expect(verdict.split('\n')).toHaveLength(22)
  expect(verdict).toMatch(/81 more problems: see the log\.$/)
  expect(result.log).toHaveLength(101)
  expect(result.log.at(-1)).toBe('101. The lists have 2,900 more problems: fix the ones above first.')
  expect(scene.api.requests).toHaveLength(0)
})

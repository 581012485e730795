import { expect, test } from '@jest/globals'
import type { World } from '../../embedded-api/world.ts'
import { concurrentWithSignals } from '../support/platform.ts'
import { NO_PERMISSION, REFUSED, Scene } from '../support/scene.ts'
import { DEMO, ELSEWHERE, namedIn, REVIEW, staff } from './review.ts'

// What makes it unknown who is on no list names no one, and says why.

test.concurrent.each<[string, World]>([
  ['a user who vanishes', { vanishingUser: true, pageCap: 2 }],
  ['counts that grow', { counts: 'growing', pageCap: 2 }],
  ['counts that the records contradict', { counts: 'too_small', pageCap: 3 }],
  ['counts that cannot be read', { counts: 'text' }],
])('%s', async (_name, world) => {
  await using scene = await Scene.openWithoutWaits({ world })
  scene.organization.addUser({ email: 'forgotten@example.com', devices: 1 })
  const result = await scene.runSource(REVIEW, staff(...DEMO))
  expect(result.exitCode).toBe(1)
  expect(result.outputs['not-listed-count']).toBe('')
  expect(namedIn(result)).toBeUndefined()
  expect(result.errors).toEqual([
    expect.stringMatching(/It is not known who is on no list: One of Cloudflare's lists could not be read/),
  ])
  expect(`${result.stdout}${result.summary}`).not.toContain('forgotten@')
})

test.concurrent.each([
  ['a page that is refused', { after: 1, fault: REFUSED }, 'Cloudflare answered 400'],
  ['a permission that is missing', { fault: NO_PERMISSION }, 'To do without, remove `not-listed`.'],
  ['a rate limit without end', { fault: { kind: 'rate_limited', retryAfter: '9999' } as const }, 'stopped'],
])('%s', async (_name, rule, why) => {
  await using scene = await Scene.openWithoutWaits({ world: { pageCap: 3 } })
  scene.organization.addUser({ email: 'forgotten@example.com', devices: 1 })
  scene.inject({ operation: 'list_users', ...rule })
  const result = await scene.runSource({ ...REVIEW, 'not-listed': 'fail' }, staff(...DEMO))
  expect(result.exitCode).toBe(1)
  expect(namedIn(result)).toBeUndefined()
  expect(result.errors.at(-1)).toContain('It is not known who is on no list: ')
  expect(result.errors.at(-1)).toContain(why)
})

test.concurrent('with `warn` it is a warning', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ operation: 'list_users', fault: REFUSED })
  const result = await scene.runSource({ ...REVIEW, 'not-listed': 'warn' }, staff(...DEMO))
  expect(result).toMatchObject({ exitCode: 0, errors: [] })
  expect(result.warnings).toEqual([ELSEWHERE, expect.stringContaining('It is not known who is on no list: ')])
})

concurrentWithSignals('a signal', async () => {
  await using scene = await Scene.open({ world: { pageCap: 1 }, latencyMs: 300 })
  let isSent = false
  const result = await scene.runSource(
    { ...REVIEW, verify: 'false' },
    {
      ...staff(...DEMO),
      env: { RUNNER_DEBUG: '1' },
      onLine: (line, kill) => {
        if (!isSent && line.includes('access/users')) kill('SIGINT')
        isSent ||= line.includes('access/users')
      },
    },
  )
  expect(result.exitCode).toBe(1)
  expect(namedIn(result)).toBeUndefined()
  expect(result.errors.at(-1)).toContain('It is not known who is on no list: The run was stopped first.')
  expect(result.errors.at(-1)).toContain('The run was cancelled (SIGINT). Run the step again.')
})

test.concurrent('a list of leavers alone', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.runSource(
    { ...REVIEW, 'protected-users': 'Intern@example.com' },
    staff('leaver@example.com,now'),
  )
  expect(result.outputs['not-listed-count']).toBe('2')
  scene.organization.addUser({ email: 'another@example.com' })
  const refused = await scene.runSource(
    { ...REVIEW, 'protected-users': 'Intern@example.com' },
    staff('leaver@example.com,now'),
  )
  expect(refused.exitCode).toBe(1)
  expect(namedIn(refused)).toBeUndefined()
  expect(refused.errors.at(-1)).toContain(
    'More than half of the active users of the organization are on none, so the lists are not of the whole staff. Set `users-file` to an export of everyone who may have access, or remove `not-listed`.',
  )
  expect(refused.stdout).not.toContain('colleague@')
})

import { expect, test } from '@jest/globals'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const WARN: With = {
  verify: 'true',
  'signed-in-again': 'warn',
  'request-timeout': '300',
  email: 'stays@example.com',
}

test.concurrent.each<[string, World]>([
  ['with an iat in milliseconds', { iatInMilliseconds: true }],
  ['if the clock is behind', { dateSkewMs: -3_600_000 }],
])('a session that was seen before stays old: %s', async (_name, world) => {
  await using scene = await Scene.openWithoutWaits({ world })
  scene.organization.addUser({ email: 'stays@example.com', sessions: 0, stickySessions: 1 })
  const result = await scene.run(WARN)
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users[0]?.verification).not.toBe('passed')
})

test.concurrent('a session begun after the revocation is a warning, if that is fine', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'stays@example.com', signsInAgain: true })
  const result = await scene.run(WARN)
  expect(result.exitCode).toBe(0)
  expect(result.warnings.at(-1)).toMatch(/signed in again at/)
})

test.concurrent.each([
  ['from 1970', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['an hour behind', new Date(Date.now() - 3_600_000).toUTCString()],
  ['an hour ahead', new Date(Date.now() + 3_600_000).toUTCString()],
])('a confirming Date %s proves nothing', async (_name, date) => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'stays@example.com' })
  scene.inject({
    operation: 'revoke_user',
    fault: { kind: 'answer', status: 200, headers: { Date: date }, body: { success: true, result: true } },
  })
  const result = await scene.run(WARN)
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/`Date` headers of the answers contradict each other/)
  expect(reportOf(result).users).toMatchObject([{ verification: 'not_done' }])
})

test.concurrent('one odd session does not affect other users', async () => {
  await using scene = await Scene.openWithoutWaits()
  const users = Array.from({ length: 20 }, (_, index) => `user${index}@example.com`)
  for (const email of users) scene.organization.addUser({ email })
  scene.inject({
    operation: 'active_sessions',
    email: 'user7@example.com',
    after: 1,
    fault: {
      kind: 'answer',
      status: 200,
      body: { success: true, result: [{ metadata: { nonce: 'x', iat: Number.MAX_SAFE_INTEGER } }] },
    },
  })
  const result = await scene.run({ ...WARN, email: users.join(), 'signed-in-again': 'fail' })
  expect(users.every((email) => scene.organization.userByEmail(email)?.revokedAt !== undefined)).toBe(true)
  expect(reportOf(result).users).toHaveLength(20)
})

test.concurrent(
  'after ten seconds the revocation goes to the address alone, and what the look-up then finds is verified',
  async () => {
    await using scene = await Scene.openWithoutWaits({}, 30)
    const uid = scene.organization.userByEmail(LEAVER)?.uid ?? ''
    scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 700 } })
    const result = await scene.run({ verify: 'true', 'user-uid': uid, 'request-timeout': '300' })
    const revocation = scene.api.requests.findIndex(({ operation }) => operation === 'revoke_user')
    expect(scene.api.requests[revocation]?.body).toEqual({ email: LEAVER })
    const start = scene.api.requests[0]?.receivedAt ?? 0
    expect((scene.api.requests[revocation]?.receivedAt ?? 0) - start).toBeLessThan(20_000)
    expect(result.exitCode).toBe(0)
    expect(reportOf(result).users).toMatchObject([
      { status: 'revoked', verification: 'passed', sessions_after: 0 },
    ])
    expect(reportOf(result).users[0]).not.toHaveProperty('sessions_before')
  },
)

test.concurrent('a late look-up reports a UUID of another user', async () => {
  await using scene = await Scene.openWithoutWaits({}, 30)
  scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 700 } })
  const result = await scene.run({ verify: 'true', 'user-uid': 'a'.repeat(32), 'request-timeout': '300' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/UUID belongs to another user/)
  expect(scene.organization.userByEmail(LEAVER)?.revokedAt).toBeDefined()
})

test.concurrent('after a late look-up, no session counts as new if new ones are allowed', async () => {
  await using scene = await Scene.openWithoutWaits({}, 30)
  scene.organization.addUser({ email: 'stays@example.com', signsInAgain: true })
  scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 700 } })
  const result = await scene.run(WARN)
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/still 1 session/)
})

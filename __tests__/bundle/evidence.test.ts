import { expect, test } from '@jest/globals'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const STAYS = 'stays@example.com'
const VERIFY: With = { verify: 'true', 'request-timeout': '300' }
const WARN: With = { ...VERIFY, 'signed-in-again': 'warn', email: STAYS }
const DEVICES: With = { ...VERIFY, devices: 'true' }

test.concurrent.each<[string, World]>([
  ['with an iat in milliseconds', { iatInMilliseconds: true }],
  ['if the clock is behind', { dateSkewMs: -3_600_000 }],
])('a session that was seen before stays old: %s', async (_name, world) => {
  await using scene = await Scene.openWithoutWaits({ world })
  scene.organization.addUser({ email: STAYS, sessions: 0, stickySessions: 1 })
  const result = await scene.run(WARN)
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users[0]?.verification).not.toBe('passed')
})

test.concurrent.each([
  ['from 1970', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['an hour behind', new Date(Date.now() - 3_600_000).toUTCString()],
  ['an hour ahead', new Date(Date.now() + 3_600_000).toUTCString()],
])('a confirming Date %s proves nothing', async (_name, date) => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: STAYS })
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
  const users = [0, 1, 2, 3].map((index) => `user${index}@example.com`)
  for (const email of users) scene.organization.addUser({ email })
  const session = { metadata: { nonce: 'x', iat: Number.MAX_SAFE_INTEGER } }
  scene.inject({
    operation: 'active_sessions',
    email: 'user2@example.com',
    after: 1,
    fault: { kind: 'answer', status: 200, body: { success: true, result: [session] } },
  })
  const result = await scene.run({ ...VERIFY, email: users.join() })
  const statuses = reportOf(result).users.map(({ status }) => status)
  expect(statuses).toEqual(['revoked', 'revoked', 'failed', 'revoked'])
})

test.concurrent(
  'after ten seconds the revocation goes to the address alone, and what the look-up then finds is verified',
  async () => {
    await using scene = await Scene.openWithoutWaits({}, 30)
    const uid = scene.organization.userByEmail(LEAVER)?.uid ?? ''
    scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 700 } })
    const result = await scene.run({ ...VERIFY, 'user-uid': uid })
    const [first] = scene.api.requests
    const revocation = scene.api.requests.find(({ operation }) => operation === 'revoke_user')
    expect(revocation?.body).toEqual({ email: LEAVER })
    expect((revocation?.receivedAt ?? Infinity) - (first?.receivedAt ?? 0)).toBeLessThan(20_000)
    expect(result.exitCode).toBe(0)
    const [user] = reportOf(result).users
    expect(user).toMatchObject({ status: 'revoked', verification: 'passed', sessions_after: 0 })
    expect(user).not.toHaveProperty('sessions_before')
  },
)

test.concurrent('after a late look-up, no session counts as new if new ones are allowed', async () => {
  await using scene = await Scene.openWithoutWaits({}, 30)
  scene.organization.addUser({ email: STAYS, signsInAgain: true })
  scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 700 } })
  const result = await scene.run(WARN)
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/still 1 session/)
})

test.concurrent.each<[string, World]>([
  ['in milliseconds', { iatInMilliseconds: true }],
  ['not given', { absentSessionFields: ['metadata.iat'] }],
  ["later than the answer's own clock", { dateSkewMs: -7_200_000 }],
])('a session whose time is %s may be new: the seat is left alone', async (_name, world) => {
  await using scene = await Scene.openWithoutWaits({ world }, 30)
  scene.organization.addUser({ email: 'back@example.com', sessions: 0, signsInAgain: true })
  // By the clock of the API, the user has signed in again when the sessions are read.
  scene.inject({ operation: 'active_sessions', fault: { kind: 'delay', ms: 100 } })
  const result = await scene.run({
    ...VERIFY,
    verify: 'false',
    email: 'back@example.com',
    'remove-seat': 'true',
  })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/the seat was not freed: the user may have signed in again/)
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', seat: 'not_done' }])
  expect(scene.api.requests.some(({ operation }) => operation === 'update_seats')).toBe(false)
})

/** Devices that cannot be listed by the only ID that the users show. */
const HIDDEN = { registrationUserId: 'uid', absentUserFields: ['uid'] } as const
const NOT_EVEN_COUNTED = { ...HIDDEN, absentUserFields: ['uid', 'active_device_count'] } as const

test.concurrent.each<[string, World, RegExp, number | undefined]>([
  ['beside a count', HIDDEN, /counted 2 active devices of the user, but listed none/, 2],
  ['without a count', NOT_EVEN_COUNTED, /listed no devices and gave no count of them/, undefined],
])('an empty list of devices %s proves nothing', async (_name, world, sentence, before) => {
  await using scene = await Scene.openWithoutWaits({ world })
  const result = await scene.run(DEVICES)
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(sentence)
  const [user] = reportOf(result).users
  expect(user).toMatchObject({ status: 'failed', verification: 'not_done' })
  expect(user?.devices_before).toBe(before)
  for (const fact of ['devices_after', 'devices']) expect(user).not.toHaveProperty(fact)
})

test.concurrent('a dry run does not say that there are no devices where they are hidden', async () => {
  await using scene = await Scene.openWithoutWaits({ world: HIDDEN })
  const result = await scene.run({ ...DEVICES, 'dry-run': 'true' })
  expect(result.log).toContain(`${LEAVER}: would be revoked (3 active sessions; 2 active devices).`)
  expect(result.summary).not.toContain('no devices')
})

test.concurrent('a device that was active before is found with its next owner', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { registrationsChangeOwner: true } })
  scene.organization.addUser({ email: 'ann@example.com', devices: [{ sticky: true }] })
  const result = await scene.run({ ...DEVICES, email: 'ann@example.com' })
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', verification: 'failed' }])
})

import { expect, test } from '@jest/globals'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { addresses, REFUSED, Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300' }
const DEMO = ['leaver@example.com', 'contractor@example.com', 'intern@example.com', 'colleague@example.com']

/** How often each operation was called. */
function callsOf({ api }: Scene): Record<string, number> {
  const operations = api.requests.map(({ operation = 'none' }) => operation)
  return Object.fromEntries(
    [...new Set(operations)].map((one) => [one, operations.filter((each) => each === one).length]),
  )
}

test.concurrent.each<[string, World, readonly string[], number]>([
  ['one user is looked up by address and by search', {}, DEMO.slice(0, 1), 2],
  ['all users of a small organization take one call', {}, DEMO, 1],
  ['letter case does not matter', {}, ['Leaver@Example.com', 'CONTRACTOR@example.com'], 1],
  [
    'two users of a large organization take one call more than by themselves',
    { pageCap: 1 },
    DEMO.slice(0, 2),
    5,
  ],
  [
    'users of whom the list contradicts itself are asked for',
    { outdatedCopies: 'unfiltered' },
    DEMO.slice(0, 2),
    5,
  ],
  ['a list that does not say how long it is is read to its end', { withoutTotalCount: true }, DEMO, 2],
  [
    'a list that takes as many calls is not read to its end',
    { pageCap: 1, withoutTotalCount: true },
    DEMO.slice(0, 2),
    11,
  ],
])('%s', async (_name, world, emails, lookUps) => {
  await using scene = await Scene.openWithoutWaits({ world })
  const result = await scene.runSource({ ...VERIFY, email: emails.join(), 'dry-run': 'true' })
  expect(result.exitCode).toBe(0)
  expect(callsOf(scene)).toMatchObject({ list_users: lookUps, active_sessions: emails.length })
})

test.concurrent('a list that cannot be read: users are looked up one by one', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ operation: 'list_users', times: 1, fault: REFUSED })
  const result = await scene.runSource({ ...VERIFY, email: DEMO.join() })
  expect(reportOf(result).totals).toMatchObject({ revoked: 4 })
  expect(callsOf(scene)).toMatchObject({ list_users: 9 })
})

test.concurrent(
  'users missing from the list are looked up individually, and every record counts',
  async () => {
    await using scene = await Scene.openWithoutWaits()
    scene.organization.addUser({ email: 'LEAVER@example.com', stickySessions: 1, devices: 1 })
    const result = await scene.runSource({
      ...VERIFY,
      devices: 'true',
      email: `${DEMO[0]},nobody@example.com`,
      'unknown-user': 'warn',
    })
    expect(reportOf(result).users).toMatchObject([
      { status: 'failed', sessions_before: 5, devices_before: 3, devices_after: 0 },
      { status: 'unknown' },
    ])
    // The list, and by address and by search for the user whom it lacks.
    expect(callsOf(scene)).toMatchObject({ list_users: 3 })
  },
)

test.concurrent('a proven user of a long list takes two calls, and a little for the devices', async () => {
  await using scene = await Scene.openWithoutWaits({ propagationMs: 15_000 })
  for (const email of addresses(101)) scene.organization.addUser({ email, sessions: 1, devices: 1 })
  const inputs = { ...VERIFY, devices: 'true', 'max-users': '101', concurrency: '20' }
  const result = await scene.runSource({ ...inputs, email: addresses(101).join() })
  expect(result.exitCode).toBe(0)
  const { list_registrations: lists = 0, ...others } = callsOf(scene)
  expect(others).toEqual({ list_users: 1, revoke_user: 101, active_sessions: 101 })
  expect(lists).toBeLessThan(20)
  const [user] = reportOf(result).users
  expect(user).toMatchObject({ devices_before: 1, devices_after: 0, sessions_after: 0 })
  expect(user).not.toHaveProperty('sessions_before')
})

test.concurrent('if users are looked up one by one, a long list says how many calls that takes', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { pageCap: 1 } })
  for (const email of addresses(210)) scene.organization.addUser({ email })
  const inputs = { 'remove-seat': 'true', 'dry-run': 'true', 'max-users': '101', concurrency: '20' }
  const result = await scene.runSource({ ...inputs, email: addresses(101).join() })
  expect(result.log.join('\n')).toContain(
    "Users are looked up one by one, because the whole organization could not be listed in fewer calls: expect about 404 calls, and 2 min at Cloudflare's rate limit.",
  )
})

test.concurrent.each(['leaver@example.com', 'Leaver@Example.com'])(
  'a second record in another letter case is seen where filters are case-sensitive: %s',
  async (email) => {
    await using scene = await Scene.openWithoutWaits({ world: { caseSensitiveFilter: true } })
    scene.organization.addUser({ email: 'LEAVER@example.com', stickySessions: 1 })
    const result = await scene.runSource({ ...VERIFY, email })
    expect(reportOf(result).users).toMatchObject([{ status: 'failed', sessions_after: 1 }])
  },
)

test.concurrent.each<[string, With, object]>([
  ['seat', { 'remove-seat': 'true' }, { status: 'revoked', seat: 'removed' }],
  ['count of devices', { devices: 'true' }, { status: 'failed', verification: 'not_done' }],
])('of records of one ID that differ, the one with a %s counts', async (_name, inputs, reported) => {
  await using scene = await Scene.openWithoutWaits({ world: { deviceCountOff: 1 } })
  const { id, uid, email } = scene.organization.addUser({ email: 'ann@example.com' })
  const emptied = { id, uid, email, access_seat: false, gateway_seat: false, active_device_count: 0 }
  const body = { success: true, result: [emptied], result_info: { total_count: 1 } }
  scene.inject({ operation: 'list_users', after: 1, fault: { kind: 'answer', status: 200, body } })
  const result = await scene.runSource({ ...VERIFY, ...inputs, email: 'Ann@example.com' })
  expect(reportOf(result).users).toMatchObject([reported])
})

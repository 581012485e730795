import { expect, test } from '@jest/globals'
import type { NewUser } from '../../embedded-api/organization/organization.ts'
import type { FaultRule } from '../../embedded-api/server.ts'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const ANN = 'ann@example.com'
const SOON = new Date(Date.now() + 1_800_000).toISOString()
const VERIFY: With = { verify: 'true', 'request-timeout': '300' }
const WARN: With = { ...VERIFY, 'signed-in-again': 'warn' }
const DEVICES: With = { ...VERIFY, devices: 'true' }
const SEAT: With = { ...VERIFY, verify: 'false', 'remove-seat': 'true' }

const YES = { success: true, errors: [], messages: [], result: true }
const answer = (parts: object, headers = {}) =>
  ({ kind: 'answer', status: 200, headers, body: { ...YES, ...parts } }) as const

/** A session that outlives the revocation. */
const LEFT = { sessions: 0, stickySessions: 1 }
const BACK = { sessions: 0, signsInAgain: true }

/** Devices that cannot be listed by the only ID that the users show. */
const HIDDEN = { registrationUserId: 'uid', absentUserFields: ['uid'] } as const
const NOT_EVEN_COUNTED = { ...HIDDEN, absentUserFields: ['uid', 'active_device_count'] } as const

interface Case {
  /** How many times as fast time passes while a request is open. */
  readonly speed?: number
  readonly world?: World
  /** The users of the organization besides those of the demo, as a rule Ann alone. */
  readonly users?: readonly Partial<NewUser>[]
  readonly rules?: readonly FaultRule[]
  readonly inputs: With
  readonly reported: object
  readonly error: RegExp
}

const OLD_SESSION = { reported: { verification: 'failed' }, error: /there (is|are) still \d sessions?/ }
const CLOCKS = {
  reported: { verification: 'not_done' },
  error: /`Date` headers of the answers contradict each other/,
}

const confirmedAt = (date: Date): Case => ({
  rules: [{ operation: 'revoke_user', fault: answer({}, { Date: date.toUTCString() }) }],
  inputs: WARN,
  ...CLOCKS,
})

/** The user has signed in again, by the clock of the API, when the sessions are read. */
const maybeBack = (world: World): Case => ({
  speed: 30,
  world,
  users: [BACK],
  rules: [{ operation: 'active_sessions', fault: { kind: 'delay', ms: 100 } }],
  inputs: SEAT,
  reported: { seat: 'not_done' },
  error: /the seat was not freed: the user may have signed in again/,
})

/** After the first one of its kind, each call is answered with an empty list. */
const emptied = (
  operation: NonNullable<FaultRule['operation']>,
  result_info: object,
  headers = {},
): FaultRule => ({ operation, after: 1, fault: answer({ result: [], result_info }, headers) })

const NOTHING_SHOWN = { reported: { verification: 'not_done' }, error: /Revoked, but not verified: / }

const halfList = (parts: object): Case => ({
  rules: [{ operation: 'list_users', fault: answer(parts) }],
  inputs: { ...VERIFY, 'max-attempts': '1', 'unknown-user': 'warn' },
  ...NOTHING_SHOWN,
})

test.concurrent.each<[string, Case]>([
  [
    'a session that was seen before, with an iat in milliseconds',
    { world: { iatInMilliseconds: true }, users: [LEFT], inputs: WARN, ...OLD_SESSION },
  ],
  [
    'a session that was seen before, by a clock that is behind',
    { world: { dateSkewMs: -3_600_000 }, users: [LEFT], inputs: WARN, ...OLD_SESSION },
  ],
  ['a confirming Date from 1970', confirmedAt(new Date(0))],
  ['a confirming Date an hour behind', confirmedAt(new Date(Date.now() - 3_600_000))],
  ['a confirming Date an hour ahead', confirmedAt(new Date(Date.now() + 3_600_000))],
  [
    'a new session, which may be, after a late look-up',
    {
      speed: 10,
      users: [BACK],
      rules: [{ operation: 'list_users', fault: { kind: 'delay', ms: 2_500 } }],
      inputs: WARN,
      ...OLD_SESSION,
    },
  ],
  ['a seat, and a session whose time is in milliseconds', maybeBack({ iatInMilliseconds: true })],
  ['a seat, and a session without a time', maybeBack({ absentSessionFields: ['metadata.iat'] })],
  ["a seat, and a session later than the answer's own clock", maybeBack({ dateSkewMs: -7_200_000 })],
  [
    'an empty list of devices beside a count',
    {
      world: HIDDEN,
      users: [{ devices: 2 }],
      inputs: DEVICES,
      reported: { verification: 'not_done', devices_before: 2 },
      error: /counted 2 active devices of the user, but listed none/,
    },
  ],
  [
    'an empty list of devices without a count',
    {
      world: NOT_EVEN_COUNTED,
      users: [{ devices: 2 }],
      inputs: DEVICES,
      reported: { verification: 'not_done' },
      error: /listed no devices and gave no count of them/,
    },
  ],
  [
    'a list of devices that is shorter than it says',
    {
      users: [{ devices: [{ sticky: true }] }],
      rules: [emptied('list_registrations', { count: 1, per_page: 10 })],
      inputs: DEVICES,
      ...NOTHING_SHOWN,
    },
  ],
  [
    'a list of sessions that is shorter than it says',
    { users: [LEFT], rules: [emptied('active_sessions', { count: 1 })], inputs: VERIFY, ...NOTHING_SHOWN },
  ],
  [
    'a list of sessions by another clock',
    {
      users: [LEFT],
      rules: [emptied('active_sessions', {}, { Date: 'Mon, 01 Jan 2029 00:00:00 GMT' })],
      inputs: VERIFY,
      ...NOTHING_SHOWN,
    },
  ],
  [
    'a seat, and a user who is back',
    {
      users: [{ signsInAgain: true }],
      inputs: { ...WARN, 'remove-seat': 'true' },
      reported: { verification: 'passed', seat: 'not_done' },
      error: /the seat was not freed/,
    },
  ],
  [
    'a device that stays',
    {
      users: [{ devices: [{ deviceName: 'laptop', sticky: true }, { deviceName: 'phone' }] }],
      inputs: DEVICES,
      reported: {
        verification: 'failed',
        devices_before: 2,
        devices_after: 1,
        devices: [
          { name: 'laptop', status: 'active', revoked_at: null },
          { name: 'phone', status: 'revoked', revoked_at: expect.any(String) },
        ],
      },
      error: /active devices are left after 90 s: "laptop" .*Revoke or delete the registration/,
    },
  ],
  [
    'a device that was active before, with its next owner',
    {
      world: { registrationsChangeOwner: true },
      users: [{ devices: [{ sticky: true }] }],
      inputs: DEVICES,
      reported: { verification: 'failed', devices_after: 1 },
      error: /active devices are left after 90 s/,
    },
  ],
  [
    'the session of a second record, pages away',
    {
      world: { pageCap: 2, withoutResultInfo: true },
      users: [{}, ...[0, 1, 2, 3, 4].map((other) => ({ email: `${other}.${ANN}` })), LEFT],
      inputs: VERIFY,
      ...OLD_SESSION,
    },
  ],
  [
    'the session of a second record in another letter case',
    {
      world: { caseSensitiveFilter: true },
      users: [{}, { ...LEFT, email: 'Ann@Example.com' }],
      inputs: VERIFY,
      ...OLD_SESSION,
    },
  ],
  [
    'half a list of users, by its total',
    halfList({ result: [{ id: 'x', email: 'x@example.com' }], result_info: { total_count: 2 } }),
  ],
  ['a user without an address', halfList({ result: [{ id: 'x' }], result_info: { total_count: 1 } })],
])('verifies nothing: %s', async (_name, { speed, world = {}, users = [{}], rules = [], ...expected }) => {
  await using scene = await Scene.openWithoutWaits({ world }, speed)
  for (const user of users) scene.organization.addUser({ email: ANN, ...user })
  const result = await scene.inject(...rules).run({ ...expected.inputs, email: ANN })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(expected.error)
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', ...expected.reported }])
  expect(scene.api.requests.some(({ operation }) => operation === 'update_seats')).toBe(false)
})

test.concurrent('one odd session does not affect other users', async () => {
  await using scene = await Scene.openWithoutWaits()
  const users = [0, 1, 2, 3].map((index) => `user${index}@example.com`)
  for (const email of users) scene.organization.addUser({ email })
  const session = { metadata: { nonce: 'x', iat: Number.MAX_SAFE_INTEGER } }
  const fault = answer({ result: [session] })
  scene.inject({ operation: 'active_sessions', email: 'user2@example.com', after: 1, fault })
  const result = await scene.run({ ...VERIFY, email: users.join() })
  const statuses = reportOf(result).users.map(({ status }) => status)
  expect(statuses).toEqual(['revoked', 'revoked', 'failed', 'revoked'])
})

test.concurrent(
  'after ten seconds the revocation goes to the address alone, and what the look-up then finds is verified',
  async () => {
    await using scene = await Scene.openWithoutWaits({}, 10)
    const uid = scene.organization.userByEmail(LEAVER)?.uid ?? ''
    scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 2_500 } })
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

test.concurrent.each<[string, With, RegExp]>([
  ['protected, in another letter case', { email: 'Ann@example.com', 'protected-users': ANN }, /protected/],
  ['due in half an hour', { email: JSON.stringify([{ email: ANN, revoke_after: SOON }]) }, /1 not due yet/],
])('no one is revoked who is %s', async (_name, inputs, says) => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: ANN })
  expect((await scene.run({ ...VERIFY, ...inputs })).stdout).toMatch(says)
  expect(scene.api.requests.filter(({ operation }) => operation === 'revoke_user')).toEqual([])
})

test.concurrent('devices that are revoked half a minute later are waited for', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { registrationsPropagationMs: 30_000 } })
  const result = await scene.run(DEVICES)
  expect(reportOf(result).users).toMatchObject([{ status: 'revoked', devices_after: 0 }])
})

test.concurrent('a dry run does not say that there are no devices where they are hidden', async () => {
  await using scene = await Scene.openWithoutWaits({ world: HIDDEN })
  const result = await scene.run({ ...DEVICES, 'dry-run': 'true' })
  expect(result.log).toContain(`${LEAVER}: would be revoked (3 active sessions; 2 active devices).`)
  expect(result.summary).not.toContain('no devices')
})

test.concurrent.each([-2, 1.5])('%d devices are implausible, and not reported', async (count) => {
  await using scene = await Scene.openWithoutWaits()
  const user = { id: 'a'.repeat(32), email: LEAVER, active_device_count: count }
  const fault = answer({ result: [user], result_info: { total_count: 1 } })
  scene.inject({ operation: 'list_users', fault })
  scene.inject({ operation: 'active_sessions', fault: answer({ result: null }) })
  const result = await scene.run(VERIFY)
  expect(result.exitCode).toBe(0)
  expect(reportOf(result).users[0]).not.toHaveProperty('devices_before')
})

import { expect, test } from '@jest/globals'
import type { NewUser } from '../../embedded-api/organization/organization.ts'
import type { FaultRule } from '../../embedded-api/server.ts'
import type { World } from '../../embedded-api/world.ts'
import { Clock } from '../support/clock.ts'
import { reportOf } from '../support/report.ts'
import { NO_PERMISSION, REFUSED, Scene, type With } from '../support/scene.ts'

const SEAT: With = { 'remove-seat': 'true', 'request-timeout': '300', email: 'ann@example.com' }
const VERIFY: With = { verify: 'sessions' }
const YES = { success: true, errors: [], messages: [] }

interface Case {
  readonly user?: Partial<NewUser>
  readonly world?: World
  readonly rules?: readonly FaultRule[]
  readonly inputs?: With
  readonly email?: string
  /** The error message; undefined for a user who is revoked. */
  readonly error?: RegExp
  readonly reported: object
  /** Calls that change seats. */
  readonly calls: number
}

test.concurrent.each<[string, Case]>([
  ['a seat, without verify', { reported: { seat: 'removed' }, calls: 1 }],
  [
    'neither flag, and no seat',
    {
      user: { seat: { access: false, gateway: false } },
      reported: { seat: 'none', seat_flags_after: [] },
      calls: 0,
    },
  ],
  [
    'no ID and no flags',
    {
      world: { absentUserFields: ['seat_uid', 'access_seat', 'gateway_seat'] },
      reported: { seat: 'none' },
      calls: 0,
    },
  ],
  [
    'an ID and no flags',
    { world: { absentUserFields: ['access_seat', 'gateway_seat'] }, reported: { seat: 'removed' }, calls: 1 },
  ],
  [
    'a flag and no ID',
    {
      world: { absentUserFields: ['seat_uid'] },
      error: /Revoked, but the seat was not freed: Cloudflare gave no ID for it/,
      reported: { seat: 'failed' },
      calls: 0,
    },
  ],
  [
    'an answer about no seat',
    {
      rules: [
        { operation: 'update_seats', fault: { kind: 'answer', status: 200, body: { ...YES, result: null } } },
      ],
      error: /Revoked, but the seat was not freed: the answer does not show it \(ray ID/,
      reported: { seat: 'failed', seat_flags_after: [] },
      calls: 1,
    },
  ],
  [
    'an answer about another seat',
    {
      rules: [
        {
          operation: 'update_seats',
          fault: {
            kind: 'answer',
            status: 200,
            body: { ...YES, result: [{ seat_uid: 'x', access_seat: false, gateway_seat: false }] },
          },
        },
      ],
      error: /Revoked, but the seat was not freed: the answer does not show it \(ray ID/,
      reported: { seat: 'failed', seat_flags_after: [] },
      calls: 1,
    },
  ],
  [
    'a user who signed in again',
    {
      user: { signsInAgain: true },
      inputs: { ...VERIFY, 'signed-in-again': 'warn' },
      rules: [],
      error: /Revoked, but the seat was not freed: the user may have signed in again/,
      reported: { verification: 'passed', seat: 'not_done' },
      calls: 0,
    },
  ],
  [
    'sessions that cannot be read, without verify',
    {
      rules: [{ operation: 'active_sessions', fault: REFUSED }],
      error: /the user may have signed in again/,
      reported: { seat: 'not_done' },
      calls: 0,
    },
  ],
  [
    'a confirmation without a time, and no sessions',
    {
      world: { withoutDate: true },
      user: { sessions: 0 },
      error: /the user may have signed in again/,
      reported: { seat: 'not_done' },
      calls: 0,
    },
  ],
  [
    'a look-up that fails',
    {
      rules: [{ operation: 'list_users', fault: REFUSED }],
      error: /Revoked, but the seat was not freed: Cloudflare answered 400/,
      reported: { seat: 'not_done', revocation: 'confirmed' },
      calls: 0,
    },
  ],
  [
    'a look-up that is not permitted',
    {
      rules: [{ operation: 'list_users', fault: NO_PERMISSION }],
      error:
        /Revoked, but the seat was not freed: .*"Access: Audit Logs Read".* To leave seats as they are, remove `remove-seat`\./,
      reported: { seat: 'not_done' },
      calls: 0,
    },
  ],
  [
    'a revocation that fails',
    {
      rules: [{ operation: 'revoke_user', fault: REFUSED }],
      error: /Not revoked/,
      reported: { seat: 'not_done', revocation: 'unconfirmed' },
      calls: 0,
    },
  ],
  [
    'an unknown user',
    { email: 'nobody@example.com', error: /knows no such user/, reported: { seat: 'not_done' }, calls: 0 },
  ],
])(
  '%s',
  async (_name, { user, world, rules = [], inputs, email = 'ann@example.com', error, reported, calls }) => {
    await using scene = await Scene.openWithoutWaits({ ...(world && { world }) })
    scene.organization.addUser({ email: 'ann@example.com', sessions: 1, ...user })
    const result = await scene.inject(...rules).runSource({ ...SEAT, ...inputs, email })
    if (error === undefined) expect(result.errors).toEqual([])
    else expect(result.errors[0]).toMatch(error)
    expect(reportOf(result).users).toMatchObject([
      { status: error === undefined ? 'revoked' : 'failed', ...reported },
    ])
    const operations = scene.api.requests.map(({ operation }) => operation)
    expect(operations.filter((operation) => operation === 'update_seats')).toHaveLength(calls)
  },
)

test.concurrent('an unknown user whose seat was to be freed, and that is fine', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ ...SEAT, 'unknown-user': 'warn', email: 'nobody@example.com' })
  expect(result.exitCode).toBe(0)
  expect(reportOf(result).users).toMatchObject([{ status: 'unknown', seat: 'not_done' }])
  expect(reportOf(result).users[0]).not.toHaveProperty('verification')
})

test.concurrent('every seat of an address counts, and all are freed by one call', async () => {
  await using scene = await Scene.open()
  for (const seat of ['one', 'two'])
    scene.organization.addUser({ email: 'ann@example.com', seat: { uid: seat } })
  const result = await scene.runSource(SEAT)
  expect(result.log.at(-1)).toBe('1 user revoked, not verified; 2 seats freed.')
  expect(reportOf(result).users[0]?.seat_flags_after).toMatchObject([
    { seat_uid: 'one' },
    { seat_uid: 'two' },
  ])
  expect(scene.api.requests.filter(({ operation }) => operation === 'update_seats')).toHaveLength(1)
})

test.concurrent('a seat that was taken after the list was read is freed', async () => {
  const clock = new Clock()
  await using scene = await Scene.open({}, clock)
  // The reads of the sessions take so long that the record from the list is more than a minute old.
  scene.organization.addUser({
    email: 'ann@example.com',
    seat: { access: false, takenAt: clock.now() + 30_000 },
  })
  scene.inject({ operation: 'revoke_user', times: 1, fault: { kind: 'rate_limited', retryAfter: '70' } })
  const result = await scene.runSource({ ...SEAT, ...VERIFY })
  expect(result.errors).toEqual([])
  expect(reportOf(result).users).toMatchObject([{ status: 'revoked', seat: 'removed' }])
})

test.concurrent('a record that cannot be read again leaves it open whether there is a seat', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'ann@example.com', seat: { access: false } })
  scene.inject(
    { operation: 'revoke_user', times: 1, fault: { kind: 'rate_limited', retryAfter: '70' } },
    { operation: 'list_users', after: 2, fault: REFUSED },
  )
  const result = await scene.runSource({ ...SEAT, ...VERIFY })
  expect(result.errors[0]).toMatch(/Revoked, but the seat was not freed: Cloudflare answered 400/)
})

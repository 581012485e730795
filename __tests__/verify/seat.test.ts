import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { Clock } from '../support/clock.ts'
import { reportOf } from '../support/report.ts'
import { NO_PERMISSION, REFUSED, Scene, type With } from '../support/scene.ts'
import { answer, checkProof, type ProofCase } from './proof-case.ts'

const SEAT: With = { 'remove-seat': 'true', 'request-timeout': '300', email: 'ann@example.com' }
const VERIFY: With = { verify: 'sessions' }
const FREED = { reported: { seat: 'removed' }, seatCalls: 1 }
const NONE = { seat: 'none' }
const LEFT = { seat: 'not_done' }
const BACK = /Revoked, but the seat was not freed: the user may have signed in again/

/** By the `Date` of the answer, which has whole seconds. */
const CONFIRMED_AT = Math.floor(Date.now() / 1_000) * 1_000

const refused = (operation: FaultRule['operation'], fault: FaultRule['fault'] = REFUSED): FaultRule => ({
  ...(operation && { operation }),
  fault,
})
/** An answer to the change of seats that does not show the user's. */
const odd = (result: unknown): ProofCase => ({
  rules: [refused('update_seats', answer(result))],
  error: /Revoked, but the seat was not freed: the answer does not show it \(ray ID/,
  reported: { seat: 'failed', seat_flags_after: [] },
  seatCalls: 1,
})

test.concurrent.each<[string, ProofCase]>([
  ['a seat, without verify', FREED],
  [
    'neither flag, and no seat',
    { user: { seat: { access: false, gateway: false } }, reported: { ...NONE, seat_flags_after: [] } },
  ],
  [
    'no ID and no flags',
    { world: { absentUserFields: ['seat_uid', 'access_seat', 'gateway_seat'] }, reported: NONE },
  ],
  ['an ID and no flags', { world: { absentUserFields: ['access_seat', 'gateway_seat'] }, ...FREED }],
  [
    'a flag and no ID',
    {
      world: { absentUserFields: ['seat_uid'] },
      error: /Revoked, but the seat was not freed: Cloudflare gave no ID for it/,
      reported: { seat: 'failed' },
    },
  ],
  ['an answer about no seat', odd(null)],
  ['an answer about another seat', odd([{ seat_uid: 'x', access_seat: false, gateway_seat: false }])],
  [
    'a user who signed in again',
    {
      user: { signsInAgain: true },
      inputs: { ...VERIFY, 'signed-in-again': 'warn' },
      error: BACK,
      reported: {
        verification: 'passed',
        sessions_before: 1,
        sessions_after: 1,
        warnings: [expect.stringMatching(/^Revoked, but the user signed in again at/)],
        ...LEFT,
      },
    },
  ],
  [
    'sessions that cannot be read, without verify',
    { rules: [refused('active_sessions')], error: BACK, reported: LEFT },
  ],
  ...[0, 1].map((after): [string, ProofCase] => [
    `a session begun ${after} s after the confirmation, without verify`,
    {
      rules: [
        refused('revoke_user', answer(true, { Date: new Date(CONFIRMED_AT).toUTCString() })),
        refused('active_sessions', answer([{ metadata: { iat: CONFIRMED_AT / 1_000 + after } }])),
      ],
      error: BACK,
      reported: LEFT,
    },
  ]),
  [
    'a confirmation without a time, and no sessions',
    { world: { withoutDate: true }, user: { sessions: 0 }, error: BACK, reported: LEFT },
  ],
  [
    'a look-up that fails',
    {
      rules: [refused('list_users')],
      error: /Revoked, but the seat was not freed: Cloudflare answered 400/,
      reported: { ...LEFT, revocation: 'confirmed' },
    },
  ],
  [
    'a look-up that is not permitted',
    {
      rules: [refused('list_users', NO_PERMISSION)],
      error:
        /Revoked, but the seat was not freed: .*"Access: Audit Logs Read".* To leave seats as they are, remove `remove-seat`\./,
      reported: LEFT,
    },
  ],
  [
    'a revocation that fails',
    {
      rules: [refused('revoke_user')],
      error: /Not revoked/,
      reported: { ...LEFT, revocation: 'unconfirmed' },
    },
  ],
  [
    'an unknown user',
    { inputs: { email: 'nobody@example.com' }, error: /knows no such user/, reported: LEFT },
  ],
  [
    'an unknown user who may be',
    {
      inputs: { email: 'nobody@example.com', 'unknown-user': 'warn' },
      reported: { ...LEFT, status: 'unknown' },
    },
  ],
])('%s', async (_name, proof) => checkProof(proof, { ...SEAT, verify: 'false' }))

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

import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { REFUSED, type With } from '../support/scene.ts'
import { answer, checkProof, type ProofCase } from './proof-case.ts'

const DEVICES: With = { verify: 'true', devices: 'true', 'request-timeout': '300' }
const EARLY = '2026-01-01T00:00:00Z'
const registration = (more: object): object => ({
  id: 'r1',
  device: { id: 'd1', name: 'laptop' },
  key: 'k',
  created_at: EARLY,
  last_seen_at: EARLY,
  updated_at: EARLY,
  ...more,
})
/** The registrations that the first and later lists show, for any user. */
const lists = (...results: readonly (readonly object[])[]): FaultRule[] =>
  results.map((result, index) => ({
    operation: 'list_registrations',
    after: index,
    ...(index < results.length - 1 && { times: 1 }),
    fault: answer(result),
  }))
const UUID = '11111111-2222-4333-8444-555555555555'
const OWN = { user: { email: 'ann@example.com' } }
const NO_EVIDENCE = /Revoked, but not verified: Cloudflare listed no devices and gave no count of them/
const LATE: ProofCase = {
  speed: 10,
  rules: [{ operation: 'list_users', fault: { kind: 'delay', ms: 2_000 } }],
}

test.concurrent.each<[string, ProofCase]>([
  [
    'no devices, and a count that says so',
    { user: { devices: 0 }, reported: { devices: [], devices_after: 0 } },
  ],
  [
    'no devices, and no count',
    {
      world: { absentUserFields: ['active_device_count'] },
      error: NO_EVIDENCE,
      reported: { verification: 'not_done' },
    },
  ],
  [
    'devices that are counted but not listed',
    {
      user: { devices: 2 },
      rules: lists([]),
      error: /Revoked, but not verified: Cloudflare counted 2 active devices of the user, but listed none/,
    },
  ],
  [
    'fewer devices listed than counted in the same minute',
    {
      user: { devices: 2 },
      world: { deviceCountOff: 1 },
      error: /Revoked, but not verified: Cloudflare counted 3 active devices of the user, but listed only 2/,
      reported: { verification: 'not_done' },
    },
  ],
  [
    'revoked devices where the zero time means not set',
    {
      user: { devices: 2 },
      world: { unsetRevokedAt: '0001-01-01T00:00:00Z', unsetDeletedAt: '0001-01-01T00:00:00Z' },
      reported: { devices_before: 2, devices_after: 0 },
    },
  ],
  [
    'an empty list, where an ID of another user is an `id` and a `uid` at once',
    {
      world: { absentUserFields: ['active_device_count'] },
      other: { devices: 1, id: UUID, uid: UUID },
      error: NO_EVIDENCE,
    },
  ],
  ['owners that are named by uid', { user: { devices: 2 }, world: { registrationUserId: 'uid' } }],
  ['a list that ignores its filter', { user: { devices: 1 }, world: { unfilteredRegistrations: true } }],
  [
    'owners without an address',
    { user: { devices: 1 }, world: { absentRegistrationFields: ['user.email'] } },
  ],
  ['owners without an ID', { user: { devices: 1 }, world: { absentRegistrationFields: ['user.id'] } }],
  ['registrations without an owner', { user: { devices: 1 }, world: { absentRegistrationFields: ['user'] } }],
  [
    'a device without a name, reported by its ID',
    {
      rules: lists([registration({ ...OWN, device: { id: 'd' } })]),
      error: /active devices are left after 90 s: "r1" \(ray/,
      reported: { devices: [{ id: 'r1', status: 'active', revoked_at: null }] },
    },
  ],
  [
    'many devices, reported in part',
    {
      rules: lists(Array.from({ length: 7 }, (_, id) => registration({ ...OWN, id: `r${id}` }))),
      error: /"laptop" \("r4"\), 2 more \(ray/,
      reported: { devices_after: 7 },
    },
  ],
  [
    'a registration without the word revoked, and then deleted',
    {
      rules: lists([registration(OWN)], [registration({ ...OWN, deleted_at: new Date().toISOString() })]),
      reported: { devices: [{ status: 'deleted', revoked_at: null }], devices_after: 0 },
    },
  ],
  [
    'a device that is active at first, and then revoked',
    {
      rules: lists(
        [registration(OWN)],
        [registration(OWN)],
        [registration({ ...OWN, revoked_at: new Date().toISOString() })],
      ),
      reported: { devices: [{ status: 'revoked' }], devices_after: 0 },
    },
  ],
  [
    'a device that comes back, and may',
    {
      user: { devices: 1 },
      world: { registrationsComeBack: true },
      inputs: { 'signed-in-again': 'warn' },
      reported: {
        status: 'revoked',
        warnings: [expect.stringMatching(/^Revoked, but the user registered devices again/)],
      },
    },
  ],
  [
    'reads of devices that fail before the revocation alone',
    { user: { devices: 1 }, rules: [{ operation: 'list_registrations', times: 1, fault: REFUSED }] },
  ],
  [
    'sessions alone, with `verify: sessions`',
    {
      user: { devices: [{ sticky: true }] },
      inputs: { verify: 'sessions' },
      reported: { devices_before: 1 },
    },
  ],
  [
    'devices that are not revoked: a warning',
    {
      user: { devices: 2 },
      inputs: { devices: 'false' },
      reported: {
        warnings: ['The user keeps 2 active devices. To revoke devices as well, set `devices: true`.'],
      },
    },
  ],
  [
    'a device that was active before, and has another owner now',
    {
      user: { devices: [{ sticky: true }] },
      world: { registrationsChangeOwner: true },
      error: /active devices are left/,
    },
  ],
  [
    'an empty list, where another one was found by the same kind of ID',
    {
      world: { absentUserFields: ['active_device_count'], registrationUserId: 'uid' },
      other: { devices: 1 },
      reported: { devices: [] },
    },
  ],
  [
    "an empty list, where no registration had its owner's address",
    {
      world: { absentUserFields: ['active_device_count'], absentRegistrationFields: ['user.email'] },
      other: { devices: 1 },
      error: NO_EVIDENCE,
      reported: { verification: 'not_done' },
      reportedOther: { status: 'revoked' },
    },
  ],
  [
    'registrations without an owner, of several users, which are read one by one',
    {
      world: { absentRegistrationFields: ['user'] },
      other: { devices: 1 },
      reported: { devices_before: 0, devices: [] },
      reportedOther: { devices_before: 1 },
    },
  ],
  [
    'a refused read of several users, which are then read one by one',
    {
      user: { devices: 1 },
      world: { absentRegistrationFields: ['user'] },
      other: { devices: 1 },
      rules: [{ operation: 'list_registrations', times: 2, fault: REFUSED }],
      reportedOther: { status: 'revoked' },
    },
  ],
  [
    'an odd answer about one user, which concerns no other user of the same call',
    {
      user: { devices: 1 },
      other: { devices: 1 },
      rules: [{ operation: 'list_registrations', email: 'ann@example.com', fault: answer('x') }],
      error: /Revoked, but not verified/,
      reportedOther: { status: 'revoked' },
    },
  ],
  [
    'a late look-up, which leaves evidence from after the revocation alone',
    { ...LATE, user: { devices: 1 }, reported: { devices: [] }, absent: 'devices_before' },
  ],
  ['a late look-up, and an empty list', { ...LATE, error: NO_EVIDENCE }],
  [
    'a late look-up for sessions alone, which counts nothing as from before',
    {
      ...LATE,
      user: { devices: [{ sticky: true }] },
      inputs: { verify: 'sessions' },
      absent: 'devices_before',
    },
  ],
  [
    'a late look-up for the seat alone, which counts nothing as from before',
    {
      ...LATE,
      user: { devices: [{ sticky: true }] },
      inputs: { verify: 'false', 'remove-seat': 'true' },
      absent: 'devices_before',
      seatCalls: 1,
    },
  ],
  [
    'a late look-up, which does not make an old device of one that came back',
    {
      ...LATE,
      user: { devices: 1 },
      world: { registrationsComeBack: true },
      error: /Revoked, but the user registered devices again/,
    },
  ],
])('%s', async (_name, proof) => checkProof(proof, DEVICES))

import { expect, test } from '@jest/globals'
import type { NewUser } from '../../embedded-api/organization/organization.ts'
import type { FaultRule } from '../../embedded-api/server.ts'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { REFUSED, Scene, type With } from '../support/scene.ts'

const DEVICES: With = { verify: 'true', devices: 'true', 'request-timeout': '300', email: 'ann@example.com' }
const YES = { success: true, errors: [], messages: [] }
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
const lists = (...answers: readonly (readonly object[])[]): FaultRule[] =>
  answers.map((result, index) => ({
    operation: 'list_registrations',
    after: index,
    ...(index < answers.length - 1 && { times: 1 }),
    fault: { kind: 'answer', status: 200, body: { ...YES, result } },
  }))
const UUID = '11111111-2222-4333-8444-555555555555'
const OWN = { user: { email: 'ann@example.com' } }

interface Case {
  readonly user?: Partial<NewUser>
  readonly world?: World
  readonly rules?: readonly FaultRule[]
  readonly inputs?: With
  /** Whether another user has a device, and one UUID as `id` and `uid`. */
  readonly twin?: boolean
  /** The error message; undefined if everything is proven. */
  readonly error?: RegExp
  readonly reported?: object
}

const NO_EVIDENCE = /Revoked, but not verified: Cloudflare listed no devices and gave no count of them/

test.concurrent.each<[string, Case]>([
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
      twin: true,
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
])('%s', async (_name, { user, world, rules = [], inputs, twin = false, error, reported = {} }) => {
  await using scene = await Scene.openWithoutWaits({ ...(world && { world }) })
  scene.organization.addUser({ email: 'ann@example.com', sessions: 1, ...user })
  if (twin) scene.organization.addUser({ email: 'bob@example.com', devices: 1, id: UUID, uid: UUID })
  const email = twin ? 'ann@example.com,bob@example.com' : 'ann@example.com'
  const result = await scene.inject(...rules).runSource({ ...DEVICES, email, ...inputs })
  if (error === undefined) expect(result.errors).toEqual([])
  else expect(result.errors[0]).toMatch(error)
  const proven = error === undefined ? { status: 'revoked', verification: 'passed' } : { status: 'failed' }
  expect(reportOf(result).users[0]).toMatchObject({ ...proven, ...reported })
  expect(scene.organization.userByEmail('ann@example.com')?.revokedAt).toBeDefined()
})

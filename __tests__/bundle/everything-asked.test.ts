import { expect, test } from '@jest/globals'
import type { ApiToken, NewUser, Permission } from '../../embedded-api/organization/organization.ts'
import type { FaultRule } from '../../embedded-api/server.ts'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, REFUSED, Scene, type With } from '../support/scene.ts'

const EVERYTHING: With = {
  verify: 'true',
  devices: 'true',
  'remove-seat': 'true',
  'request-timeout': '300',
  email: `${LEAVER},odd@example.com`,
}

interface Case {
  readonly world?: World
  readonly user?: Partial<NewUser>
  readonly rules?: readonly FaultRule[]
  readonly permissions?: readonly Permission[]
  readonly inputs?: With
  /** What is reported about the odd user. */
  readonly error: RegExp
  /** Of the odd user. */
  readonly reported: object
}

const LAPTOP = { id: '11111111-2222-3333-4444-555555555555', deviceName: "odd's laptop" }
const WITHOUT_DEVICES: Permission[] = [
  'Access: Organizations Revoke',
  'Access: Audit Logs Read',
  'Zero Trust: Seats Write',
]
const WITHOUT_SEATS: Permission[] = [
  'Access: Organizations Revoke',
  'Access: Audit Logs Read',
  'Zero Trust Read',
]
const odd = (fault: FaultRule['fault'], operation: NonNullable<FaultRule['operation']>): FaultRule => ({
  operation,
  email: 'odd@example.com',
  fault,
})

test.concurrent.each<[string, Case]>([
  [
    'a device that stays',
    {
      user: { devices: [{ ...LAPTOP, sticky: true }, { deviceName: 'phone' }] },
      inputs: { 'remove-seat': 'false' },
      error:
        /^odd@example\.com: Revoked, but not verified: active devices are left after 90 s: "odd's laptop" \("11111111-2222-3333-4444-555555555555"\) .*Revoke or delete the registration/,
      reported: {
        verification: 'failed',
        devices_before: 2,
        devices_after: 1,
        devices: [
          {
            id: LAPTOP.id,
            name: "odd's laptop",
            registration_type: 'warp',
            status: 'active',
            revoked_at: null,
          },
          { name: 'phone', status: 'revoked', revoked_at: expect.any(String) },
        ],
      },
    },
  ],
  [
    'a device that comes back',
    {
      world: { registrationsComeBack: true },
      user: { devices: [LAPTOP] },
      inputs: { 'remove-seat': 'false', email: 'odd@example.com' },
      error: /^odd@example\.com: Revoked, but the user registered devices again: "odd's laptop" /,
      reported: { verification: 'failed', devices_before: 1, devices_after: 1 },
    },
  ],
  [
    'devices that may not be read',
    {
      permissions: WITHOUT_DEVICES,
      inputs: { 'remove-seat': 'false' },
      error:
        /^leaver@example\.com: Revoked, but not verified: .*permission "Zero Trust Read"\. .*To verify only the sessions, set `verify: sessions`\./,
      reported: { verification: 'not_done', sessions_after: 0 },
    },
  ],
  [
    'a seat that stays',
    {
      rules: [
        odd(
          {
            kind: 'answer',
            status: 200,
            body: {
              success: true,
              errors: [],
              messages: [],
              result: [{ seat_uid: 'a-seat', access_seat: true, gateway_seat: false }],
            },
          },
          'update_seats',
        ),
      ],
      user: { seat: { uid: 'a-seat' } },
      error:
        /^odd@example\.com: Revoked, but the seat was not freed: Cloudflare answered that it is still taken .*Zero Trust\./,
      reported: {
        verification: 'passed',
        seat: 'failed',
        seat_flags_after: [{ seat_uid: 'a-seat', access_seat: true, gateway_seat: false }],
      },
    },
  ],
  [
    'a seat that may not be freed',
    {
      permissions: WITHOUT_SEATS,
      error:
        /^odd@example\.com: Revoked, but the seat was not freed: .*permission "Zero Trust: Seats Write"\. To leave seats as they are, remove `remove-seat`\./,
      reported: { verification: 'passed', seat: 'failed' },
    },
  ],
  [
    'sessions that stay',
    {
      user: { stickySessions: 1, devices: 1 },
      error: /^odd@example\.com: Revoked, but not verified: after 90 s there is still 1 session/,
      reported: { verification: 'failed', seat: 'not_done', devices_after: 0 },
    },
  ],
  [
    'a refusal of the seat alone',
    {
      rules: [odd(REFUSED, 'update_seats')],
      error: /^odd@example\.com: Revoked, but the seat was not freed: Cloudflare answered 400/,
      reported: { seat: 'failed', devices_after: 0 },
    },
  ],
])('%s: red, named, and all other users are revoked', async (name, { error, reported, ...given }) => {
  await using scene = await Scene.openWithoutWaits({ ...(given.world && { world: given.world }) })
  scene.organization.addUser({ email: 'odd@example.com', sessions: 1, devices: 1, ...given.user })
  const token: ApiToken = {
    kind: 'api-token',
    owner: 'user',
    token: 'narrow',
    status: 'active',
    permissions: [...(given.permissions ?? [])],
  }
  if (given.permissions !== undefined) scene.organization.credentials.push(token)
  const result = await scene
    .inject(...(given.rules ?? []))
    .run({ ...EVERYTHING, ...(given.permissions && { 'api-token': token.token }), ...given.inputs })
  expect(result.exitCode).toBe(1)
  expect(result.errors).toContainEqual(expect.stringMatching(error))
  const { users, totals } = reportOf(result)
  expect(users.at(-1)).toMatchObject({ status: 'failed', revocation: 'confirmed', ...reported })
  const affectsAllUsers = given.permissions !== undefined || name === 'a device that comes back'
  expect(totals.revoked).toBe(affectsAllUsers ? 0 : 1)
  for (const { email } of users) expect(scene.organization.userByEmail(email)?.revokedAt).toBeDefined()
})

test.concurrent('everything that was requested is proven, reported by name, and counted', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.run({ ...EVERYTHING, email: `${LEAVER},intern@example.com` })
  expect(result.exitCode).toBe(0)
  expect(result.log.at(-1)).toBe('2 users revoked and verified; 2 seats freed.')
  expect(result.log.join('\n')).toMatch(
    /leaver@example\.com: revoked and verified \(3 sessions before, none left; seat freed; 2 devices deleted: "leaver's laptop", "leaver's phone"; ray ID/,
  )
  expect(reportOf(result).users).toMatchObject([
    { seat: 'removed', seat_flags_after: [{ access_seat: false, gateway_seat: false }], devices_after: 0 },
    { seat: 'removed', devices: [] },
  ])
  const operations = scene.api.requests.map(({ operation }) => operation)
  expect(operations.lastIndexOf('update_seats')).toBeGreaterThan(
    operations.lastIndexOf('active_sessions') - 2,
  )
  expect(operations.at(-1)).toBe('list_registrations')
})

import { expect, test } from '@jest/globals'
import type { NewUser } from '../../embedded-api/organization/organization.ts'
import type { Fault } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const ODD = 'odd@example.com'
const EVERYTHING: With = {
  verify: 'true',
  devices: 'true',
  'remove-seat': 'true',
  'request-timeout': '300',
  email: `${LEAVER},${ODD}`,
}
const LAPTOP = { id: '11111111-2222-3333-4444-555555555555', deviceName: "odd's laptop" }
const SEAT = { seat_uid: 'a-seat', access_seat: true, gateway_seat: false }

interface Case {
  readonly user: Partial<NewUser>
  /** The answer about the user's seat. */
  readonly seat?: Fault
  readonly inputs?: With
  readonly error: RegExp
  /** Of the odd user. */
  readonly reported: object
}

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
          { id: LAPTOP.id, name: LAPTOP.deviceName, status: 'active', revoked_at: null },
          { name: 'phone', status: 'revoked', revoked_at: expect.any(String) },
        ],
      },
    },
  ],
  [
    'a seat that stays',
    {
      user: { seat: { uid: SEAT.seat_uid } },
      seat: {
        kind: 'answer',
        status: 200,
        body: { success: true, errors: [], messages: [], result: [SEAT] },
      },
      error:
        /^odd@example\.com: Revoked, but the seat was not freed: Cloudflare answered that it is still taken .*Zero Trust\./,
      reported: { verification: 'passed', seat: 'failed', seat_flags_after: [SEAT] },
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
])('%s: red, named, and all users are revoked', async (_name, { seat, ...given }) => {
  await using scene = await Scene.openWithoutWaits()
  const { organization } = scene
  organization.addUser({ email: ODD, sessions: 1, devices: 1, ...given.user })
  if (seat !== undefined) scene.inject({ operation: 'update_seats', email: ODD, fault: seat })
  const result = await scene.run({ ...EVERYTHING, ...given.inputs })
  expect(result.exitCode).toBe(1)
  expect(result.errors).toContainEqual(expect.stringMatching(given.error))
  const { users, totals } = reportOf(result)
  expect(users.at(-1)).toMatchObject({ status: 'failed', revocation: 'confirmed', ...given.reported })
  expect(totals.revoked).toBe(1)
  for (const { email } of users) expect(organization.userByEmail(email)?.revokedAt).toBeDefined()
})

test.concurrent('everything that was requested is proven, reported by name, and counted', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.run({ ...EVERYTHING, email: `${LEAVER},intern@example.com` })
  expect(result.exitCode).toBe(0)
  expect(result.log.at(-1)).toBe('2 users revoked and verified; 2 seats freed.')
  expect(result.log.join('\n')).toMatch(
    /leaver@example\.com: revoked and verified \(3 sessions before, none left; seat freed; 2 devices deleted: "leaver's laptop", "leaver's phone"; ray ID/,
  )
  const flags = [{ access_seat: false, gateway_seat: false }]
  expect(reportOf(result).users).toMatchObject([
    { seat: 'removed', seat_flags_after: flags, devices_after: 0 },
    { seat: 'removed', devices: [] },
  ])
  const operations = scene.api.requests.map(({ operation }) => operation)
  const last = operations.lastIndexOf('active_sessions')
  expect(operations.lastIndexOf('update_seats')).toBeGreaterThan(last - 2)
  expect(operations.at(-1)).toBe('list_registrations')
})

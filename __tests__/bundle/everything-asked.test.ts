import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const STAYS = 'stays@example.com'
const EVERYTHING: With = {
  verify: 'true',
  devices: 'true',
  'remove-seat': 'true',
  'request-timeout': '300',
}
const SEAT = { seat_uid: 'a-seat', access_seat: true, gateway_seat: false }

test.concurrent('sessions and a seat that stay: red, named, and all users are revoked', async () => {
  await using scene = await Scene.openWithoutWaits()
  const { organization } = scene
  organization.addUser({ email: STAYS, stickySessions: 1, devices: 1 })
  organization.addUser({ email: 'seated@example.com', seat: { uid: SEAT.seat_uid } })
  const body = { success: true, errors: [], messages: [], result: [SEAT] }
  const fault = { kind: 'answer', status: 200, body } as const
  scene.inject({ operation: 'update_seats', email: 'seated@example.com', fault })
  const result = await scene.run({ ...EVERYTHING, email: `${LEAVER},${STAYS},seated@example.com` })
  expect(result.exitCode).toBe(1)
  expect(result.errors.toSorted()).toEqual([
    expect.stringMatching(/^1 user revoked, not verified; 1 revoked, with errors; 1 revoked and verified/),
    expect.stringMatching(
      /^seated@example\.com: Revoked, but the seat was not freed: Cloudflare answered that it is still taken .*Zero Trust\./,
    ),
    expect.stringMatching(
      /^stays@example\.com: Revoked, but not verified: after 90 s there is still 1 session/,
    ),
  ])
  const { users } = reportOf(result)
  const failed = { status: 'failed', revocation: 'confirmed' }
  expect(users).toMatchObject([
    { status: 'revoked' },
    { ...failed, verification: 'failed', seat: 'not_done', devices_after: 0 },
    { ...failed, verification: 'passed', seat: 'failed', seat_flags_after: [SEAT] },
  ])
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

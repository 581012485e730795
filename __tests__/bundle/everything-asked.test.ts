import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const EVERYTHING: With = {
  verify: 'true',
  devices: 'true',
  'remove-seat': 'true',
  'request-timeout': '300',
}
const SEAT = { seat_uid: 'a-seat', access_seat: true, gateway_seat: false }

test.concurrent('everything that was asked is proven, reported by name, and counted', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'seated@example.com', seat: { uid: SEAT.seat_uid } })
  const body = { success: true, errors: [], messages: [], result: [SEAT] }
  const fault = { kind: 'answer', status: 200, body } as const
  scene.inject({ operation: 'update_seats', email: 'seated@example.com', fault })
  const result = await scene.run({ ...EVERYTHING, email: `${LEAVER},seated@example.com` })
  expect(result.exitCode).toBe(1)
  expect(result.log.join('\n')).toMatch(
    /leaver@example\.com: revoked and verified \(3 sessions before, none left; seat freed; 2 devices deleted: "leaver's laptop", "leaver's phone"; ray ID/,
  )
  expect(result.errors).toEqual([
    expect.stringMatching(
      /^seated@example\.com: Revoked, but the seat was not freed: Cloudflare answered that it is still taken .*Zero Trust\./,
    ),
    expect.stringMatching(/^1 user revoked, with errors; 1 revoked and verified; 1 seat freed\./),
  ])
  const flags = [{ access_seat: false, gateway_seat: false }]
  expect(reportOf(result).users).toMatchObject([
    { status: 'revoked', seat: 'removed', seat_flags_after: flags, devices_after: 0 },
    { status: 'failed', verification: 'passed', seat: 'failed', seat_flags_after: [SEAT], devices: [] },
  ])
  const operations = scene.api.requests.map(({ operation }) => operation)
  expect(operations.lastIndexOf('update_seats')).toBeGreaterThan(operations.lastIndexOf('active_sessions'))
  expect(operations.at(-1)).toBe('list_registrations')
})

import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { type Acceptance, openAcceptance, rowsWith, TEST_USER } from './acceptance-scene.ts'

const ALL = ['--yes', TEST_USER, '--devices', '--seat']

test.concurrent('all assumptions are confirmed, and the output has no personal data', async () => {
  await using acceptance = await openAcceptance()
  const { scene, user } = acceptance
  const names = [
    ...[TEST_USER, 'acceptance.test', 'example.com', DEMO_ACCOUNT_ID, DEMO_TOKEN],
    ...[user.id, user.uid, String(user.seat.uid)],
    ...user.registrations.flatMap(({ id, device }) => [id, device.id, device.name]),
    ...user.sessions.map(({ nonce }) => nonce),
  ]
  const run = await acceptance.run(ALL)
  expect(rowsWith(run, 'contradicted')).toEqual([])
  expect(rowsWith(run, 'not seen')).toEqual([])
  expect(run.exitCode).toBe(0)
  expect(run.rows.length).toBeGreaterThan(30)
  expect(run.printed).toContain(`\n${run.rows.length} confirmed, 0 contradicted, 0 not seen.\n`)
  const output = run.printed.toLowerCase()
  for (const name of names) expect(output).not.toContain(name.toLowerCase())
  expect(scene.api.rateLimitHits).toBe(0)
})

test.concurrent('options that are off change nothing, and their rows are not seen', async () => {
  await using acceptance = await openAcceptance()
  const run = await acceptance.run()
  expect(run.exitCode).toBe(0)
  expect(rowsWith(run, 'not seen')).toEqual(['devices_revoked', 'seat_freed', 'seat_registrations'])
  const { requests } = acceptance.scene.api
  expect(requests.filter(({ method }) => method === 'PATCH')).toEqual([])
  expect(requests.filter(({ bodyText }) => bodyText.includes('"devices":true'))).toEqual([])
  const others = revokedAddresses(requests).filter((email) => email !== TEST_USER.toLowerCase())
  expect(others).toEqual([expect.stringMatching(/^unknown-[\da-f]{16}@acceptance\.invalid$/)])
})

test.concurrent('variations within the description contradict nothing', async () => {
  const world = {
    nullForEmpty: true,
    reversed: true,
    repeatedRecords: true,
    registrationUserId: 'uid',
    apartMs: 8_000,
    registrationsPropagationMs: 8_000,
  } as const
  await using acceptance = await openAcceptance({ world, withoutWaits: true })
  const run = await acceptance.run(ALL)
  expect(rowsWith(run, 'contradicted')).toEqual([])
  expect(rowsWith(run, 'not seen')).toEqual([])
  expect(seenOf(run, 'registration_user_id')).toBe('uid')
  const [, seconds] = /^after at most (\d+) s$/.exec(seenOf(run, 'sessions_end')) ?? []
  expect(Number(seconds)).toBeGreaterThanOrEqual(8)
})

test.concurrent('a user without a session confirms nothing about revocations', async () => {
  await using acceptance = await openAcceptance({ user: { sessions: 0, devices: 0 } })
  const run = await acceptance.run(ALL)
  expect(run.exitCode).toBe(0)
  expect(rowsWith(run, 'not seen')).toEqual([
    ...['revocation_true', 'sessions_end', 'revocation_letter_case', 'revocation_again', 'action'],
    ...['last_login', 'session_issued_at', 'session_identity', 'sessions_whole'],
    ...[
      'registration_user_id',
      'registration_owner',
      'registration_filter',
      'registration_times',
      'device_count',
    ],
    ...['devices_left', 'devices_revoked', 'seat_registrations'],
  ])
})

function seenOf({ rows }: Acceptance, id: string): string {
  return rows.find((row) => row.id === id)?.seen ?? ''
}

function revokedAddresses(requests: readonly { operation?: string; bodyText: string }[]): string[] {
  return requests
    .filter(({ operation }) => operation === 'revoke_user')
    .map(({ bodyText }) => /"email":"([^"]+)"/.exec(bodyText)?.[1]?.toLowerCase() ?? '')
}

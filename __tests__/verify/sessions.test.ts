import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { Clock } from '../support/clock.ts'
import { Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300' }
/** The rate limit leaves no room for longer than a run waits. */
const HELD = { kind: 'rate_limited', retryAfter: '9999' } as const

test.concurrent('all sessions gone: revoked and verified', async () => {
  await using scene = await Scene.openWithoutWaits({ propagationMs: 8_000 })
  const result = await scene.runSource({ ...VERIFY, devices: 'true', email: 'Leaver@EXAMPLE.com' })
  expect(result.exitCode).toBe(0)
  expect(result.outputs['revoked']).toBe('true')
  expect(reportOf(result).users).toMatchObject([
    {
      status: 'revoked',
      revocation: 'confirmed',
      verification: 'passed',
      sessions_before: 3,
      sessions_after: 0,
      devices_before: 2,
      devices_after: 0,
      verified_at: expect.any(String),
    },
  ])
  expect(result.log.join('\n')).toMatch(
    /Leaver@EXAMPLE\.com: revoked and verified \(3 sessions before, none left; 2 devices revoked: "leaver's laptop", "leaver's phone"; ray ID/,
  )
  expect(result.log.at(-1)).toBe('1 user revoked and verified.')
  const operations = scene.api.requests.map(({ operation }) => operation)
  expect(operations.slice(0, 6)).toEqual([
    'list_users',
    'list_users',
    'list_users',
    'active_sessions',
    'list_registrations',
    'revoke_user',
  ])
  const revokedAt = scene.api.requests[5]?.answeredAt ?? 0
  const seen =
    scene.api.requests.findLast(({ operation }) => operation === 'active_sessions')?.receivedAt ?? 0
  expect(seen - revokedAt).toBeGreaterThanOrEqual(8_000)
})

test.concurrent('sessions left over: red, not verified', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'sticky@example.com', sessions: 1, stickySessions: 2 })
  const result = await scene.runSource({ ...VERIFY, email: 'sticky@example.com' })
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toMatchObject({ revoked: 'false', 'failed-count': '1' })
  expect(result.errors[0]).toMatch(
    /^sticky@example\.com: Revoked, but not verified: after 90 s there are still 2 sessions from before the revocation \(ray ID/,
  )
  expect(reportOf(result).users).toMatchObject([
    {
      status: 'failed',
      revocation: 'confirmed',
      verification: 'failed',
      sessions_before: 3,
      sessions_after: 2,
    },
  ])
  const reads = scene.api.requests
    .filter(({ operation }) => operation === 'active_sessions')
    .map(({ receivedAt }) => receivedAt)
  // From the request on, since under load the first read comes late by the fast clock.
  const revocation = scene.api.requests.find(({ operation }) => operation === 'revoke_user')
  expect((reads.at(-1) ?? 0) - (revocation?.receivedAt ?? 0)).toBeGreaterThanOrEqual(89_500)
  expect(reads.length).toBeLessThan(15)
})

test.concurrent.each<[string, 0 | 1, string]>([
  ['fail', 1, 'failed'],
  ['warn', 0, 'unknown'],
])('unknown user, of whom nothing is verified: %s', async (word, exitCode, status) => {
  await using scene = await Scene.openWithoutWaits()
  // Without `Date` and ray ID, an answer would not do for a verification.
  const headers = { Date: null, 'cf-ray': null }
  scene.inject({
    operation: 'revoke_user',
    fault: { kind: 'answer', status: 200, headers, body: { success: true, result: true } },
  })
  const result = await scene.runSource({ ...VERIFY, email: 'laever@example.com', 'unknown-user': word })
  expect(result.exitCode).toBe(exitCode)
  const messages = [...result.errors, ...result.warnings].join('\n')
  expect(messages).toMatch(/laever@example\.com: Not revoked: the organization knows no such user/)
  if (word === 'fail') expect(messages).toMatch(/knows no such user\. Check the spelling of the address/)
  expect(reportOf(result).users).toMatchObject([
    { status, revocation: 'confirmed', verification: 'not_done' },
  ])
  expect(result.summary).toMatch(/knows no such user/)
  expect(scene.api.requests.at(-1)?.operation).toBe('revoke_user')
})

test.concurrent('a clock of the runner that is wrong changes nothing', async () => {
  const clock = new Clock()
  await using scene = await Scene.open({ now: () => clock.now() - 7_200_000 }, clock)
  const result = await scene.runSource(VERIFY)
  expect(reportOf(result).users).toMatchObject([{ verification: 'passed' }])
})

test.concurrent('a record needs neither UUID nor count, and a list of sessions may be empty', async () => {
  await using scene = await Scene.openWithoutWaits()
  const answer = (body: object): FaultRule['fault'] => ({ kind: 'answer', status: 200, body })
  const result = [
    { id: 'a'.repeat(32), email: 'LEAVER@example.com' },
    { id: 'b'.repeat(32), email: 'other@example.com' },
  ]
  scene.inject(
    { operation: 'list_users', fault: answer({ success: true, result, result_info: { total_count: 2 } }) },
    { operation: 'active_sessions', fault: answer({ success: true, result: [] }) },
  )
  const { exitCode, log } = await scene.runSource(VERIFY)
  expect(exitCode).toBe(0)
  expect(log.join('\n')).toMatch(/0 sessions before, none left/)
})

test.concurrent.each<[string, FaultRule, string]>([
  ['a revocation', { operation: 'revoke_user', fault: HELD }, 'unconfirmed'],
  ['a look-up', { operation: 'list_users', fault: HELD }, 'not_sent'],
])('%s that is never taken leaves the user skipped', async (_name, rule, revocation) => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.inject(rule).runSource(VERIFY)
  expect(result.exitCode).toBe(1)
  expect(result.log.join('\n')).toMatch(/leaver@example\.com: not revoked, skipped\./)
  expect(reportOf(result).users).toMatchObject([{ status: 'skipped', revocation }])
})

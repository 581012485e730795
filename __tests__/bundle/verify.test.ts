import { expect, test } from '@jest/globals'
import { DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { BUNDLE } from '../../scripts/step.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, SOURCE, type With } from '../support/scene.ts'

/** Time passes twenty times as fast. */
const SPEED = 20
const VERIFY: With = { verify: 'true', 'request-timeout': '300' }

test('all sessions gone: revoked and verified', async () => {
  await using scene = await Scene.open({ propagationMs: 8_000 }, SPEED)
  const result = await scene.run({ ...VERIFY, devices: 'true', email: 'Leaver@EXAMPLE.com' })
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
    /Leaver@EXAMPLE\.com: revoked and verified, 3 sessions before, none after \(ray ID/,
  )
  expect(result.log.at(-1)).toBe('1 user revoked, verified.')
  expect(result.summary).toMatch(/sessions 3 → <b>0<\/b> · devices 2 → <b>0<\/b> · \d\d:\d\d:\d\d UTC/)
  const operations = scene.api.requests.map(({ operation }) => operation)
  expect(operations.slice(0, 3)).toEqual(['list_users', 'active_sessions', 'revoke_user'])
  const revokedAt = scene.api.requests[2]?.answeredAt ?? 0
  const seen =
    scene.api.requests.findLast(({ operation }) => operation === 'active_sessions')?.receivedAt ?? 0
  expect(seen - revokedAt).toBeGreaterThanOrEqual(8_000)
})

test.each([BUNDLE, SOURCE])('sessions left over: red, not verified (%#)', async (entry) => {
  await using scene = await Scene.open({}, 100)
  scene.organization.addUser({ email: 'sticky@example.com', sessions: 1, stickySessions: 2 })
  const result = await scene.run({ ...VERIFY, email: 'sticky@example.com' }, { entry })
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
  expect((reads.at(-1) ?? 0) - (reads[1] ?? 0)).toBeGreaterThanOrEqual(86_000)
  expect(reads.length).toBeLessThan(15)
})

test.each<[string, 0 | 1, string]>([
  ['fail', 1, 'failed'],
  ['warn', 0, 'revoked'],
])('signed in again: %s', async (word, exitCode, status) => {
  await using scene = await Scene.open({ propagationMs: 5_000 }, SPEED)
  scene.organization.addUser({ email: 'again@example.com', sessions: 1, signsInAgain: true })
  const result = await scene.run({ ...VERIFY, email: 'again@example.com', 'signed-in-again': word })
  expect(result.exitCode).toBe(exitCode)
  const told = [...result.errors, ...result.warnings].join('\n')
  expect(told).toMatch(
    /Revoked, but the user signed in again at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ: the account in the identity provider still works/,
  )
  expect(reportOf(result).users).toMatchObject([
    { status, revocation: 'confirmed', sessions_before: 1, sessions_after: 1 },
  ])
})

test.each<[string, 0 | 1, string]>([
  ['fail', 1, 'failed'],
  ['warn', 0, 'revoked'],
])('unknown user: %s', async (word, exitCode, status) => {
  await using scene = await Scene.open()
  const result = await scene.run({ ...VERIFY, email: 'laever@example.com', 'unknown-user': word })
  expect(result.exitCode).toBe(exitCode)
  const told = [...result.errors, ...result.warnings].join('\n')
  expect(told).toMatch(/laever@example\.com: Revoked, but the organization knows no such user/)
  if (word === 'fail') expect(told).toMatch(/Check the spelling of the address/)
  expect(reportOf(result).users).toMatchObject([
    { status, revocation: 'confirmed', verification: 'not_done' },
  ])
  expect(result.summary).toMatch(/knows no such user/)
  expect(scene.api.requests.at(-1)?.operation).toBe('revoke_user')
})

test.each([BUNDLE, SOURCE])(
  'the filter is a filter: others are not taken for the user, and all pages are read (%#)',
  async (entry) => {
    await using scene = await Scene.open()
    for (let index = 0; index < 250; index += 1)
      scene.organization.addUser({ email: `x${index}.long@example.com` })
    scene.organization.addUser({ email: 'long@example.com', sessions: 2 })
    const result = await scene.run({ ...VERIFY, email: 'Long@example.com' }, { entry })
    expect(result.exitCode).toBe(0)
    expect(reportOf(result).users).toMatchObject([{ sessions_before: 2, verification: 'passed' }])
  },
)

test('several records with the address count as one user', async () => {
  await using scene = await Scene.open()
  scene.organization.addUser({ email: 'Leaver@example.com', sessions: 4, devices: 1 })
  const result = await scene.run(VERIFY)
  expect(reportOf(result).users).toMatchObject([
    { sessions_before: 7, devices_before: 3, sessions_after: 0, verification: 'passed' },
  ])
})

test('a UUID of somebody else: the revocation goes out for the address alone, and the step is red', async () => {
  await using scene = await Scene.open()
  const other = scene.organization.userByEmail('colleague@example.com')?.uid ?? ''
  const result = await scene.run({ ...VERIFY, 'user-uid': other })
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests.find(({ operation }) => operation === 'revoke_user')?.body).toEqual({
    email: LEAVER,
  })
  expect(result.errors[0]).toMatch(
    /The UUID belongs to another user than the address: the revocation was sent for the address alone/,
  )
  expect(reportOf(result).users).toMatchObject([
    { status: 'failed', revocation: 'confirmed', sessions_after: 0, user_uid: other },
  ])
  const right = scene.organization.userByEmail(LEAVER)?.uid ?? ''
  expect((await scene.run({ ...VERIFY, 'user-uid': right.toUpperCase() })).exitCode).toBe(0)
})

test('a clock of the runner that is wrong changes nothing', async () => {
  await using scene = await Scene.open({ now: () => Date.now() - 7_200_000 })
  const result = await scene.run(VERIFY)
  expect(reportOf(result).users).toMatchObject([{ verification: 'passed' }])
})

test('a revocation that fails is failed, whatever was looked up', async () => {
  await using scene = await Scene.open()
  const result = await scene
    .inject({ operation: 'revoke_user', fault: { kind: 'error', status: 400, code: 1, message: 'No.' } })
    .run(VERIFY)
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users).toMatchObject([
    { status: 'failed', revocation: 'unconfirmed', verification: 'not_done', sessions_before: 3 },
  ])
})

test.each([BUNDLE, SOURCE])('devices whose count does not fall are a warning (%#)', async (entry) => {
  await using scene = await Scene.open({}, 100)
  const user = scene.organization.userByEmail(LEAVER)
  const body = {
    success: true,
    result: [{ id: user?.id, uid: user?.uid, email: LEAVER, active_device_count: 2 }],
  }
  scene.inject({ operation: 'list_users', fault: { kind: 'answer', status: 200, body } })
  const result = await scene.run({ ...VERIFY, devices: 'true' }, { entry })
  expect(result.exitCode).toBe(0)
  expect(result.warnings.at(-1)).toBe('leaver@example.com: Cloudflare still counts 2 devices of the user.')
})

test('with a zone it is refused', async () => {
  await using scene = await Scene.open()
  const result = await scene.run({ ...VERIFY, 'account-id': null, 'zone-id': DEMO_ZONE_ID })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/`verify` needs `account-id`/)
  expect(scene.api.requests).toHaveLength(0)
})

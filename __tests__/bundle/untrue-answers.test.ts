import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300' }
const TWO: With = { email: `${LEAVER},contractor@example.com`, concurrency: '1' }
const YES = { success: true, errors: [], messages: [], result: true }
/** So that a surplus answer comes before the expected one. */
const SLOW = { latencyMs: 30 }
const refused: FaultRule['fault'] = { kind: 'error', status: 400, code: 12345, message: 'No.' }

test.concurrent('a surplus answer is not taken for the answer about the next user', async () => {
  await using scene = await Scene.open(SLOW)
  scene.inject(
    { email: LEAVER, fault: { kind: 'surplus' } },
    { email: 'contractor@example.com', fault: refused },
  )
  const result = await scene.run(TWO)
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toMatchObject({ 'revoked-count': '1', failed: '["contractor@example.com"]' })
})

test.concurrent('a surplus answer is not taken for the revocation', async () => {
  await using scene = await Scene.openWithoutWaits(SLOW)
  scene.inject(
    { operation: 'active_sessions', fault: { kind: 'surplus', body: YES } },
    { operation: 'revoke_user', fault: refused },
  )
  const result = await scene.run(VERIFY)
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', revocation: 'unconfirmed' }])
})

test.concurrent('a surplus answer is not taken for the sessions of another user', async () => {
  await using scene = await Scene.openWithoutWaits(SLOW)
  scene.organization.addUser({ email: 'stays@example.com', stickySessions: 1 })
  scene.inject({ fault: { kind: 'surplus', body: { ...YES, result: [] } } })
  const result = await scene.run({ ...VERIFY, email: 'stays@example.com' })
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', verification: 'failed' }])
})

test.concurrent.each([
  ['errors beside a yes', { ...YES, errors: [{ code: 10000, message: 'Authentication error' }] }],
  ['errors that are no list', { ...YES, errors: 'none' }],
])('an answer that contradicts itself: %s confirms nothing', async (_name, body) => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ fault: { kind: 'answer', status: 200, body } })
  const result = await scene.run({ 'max-attempts': '2' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/with "success": true and errors, which contradict each other/)
})

test.concurrent(
  'half a list proves nothing: the session of a second record, pages away, is found',
  async () => {
    await using scene = await Scene.openWithoutWaits({ world: { pageCap: 2, withoutResultInfo: true } })
    scene.organization.addUser({ email: 'twice@example.com' })
    for (let other = 0; other < 5; other += 1)
      scene.organization.addUser({ email: `${other}.twice@example.com` })
    scene.organization.addUser({ email: 'twice@example.com', stickySessions: 1 })
    const result = await scene.run({ ...VERIFY, email: 'twice@example.com' })
    expect(result.exitCode).toBe(1)
    expect(reportOf(result).users[0]?.verification).toBe('failed')
  },
)

test.concurrent.each<[string, object]>([
  [
    'the total says there are more',
    { result: [{ id: 'x', email: 'x@example.com' }], result_info: { total_count: 2 } },
  ],
  ['a record has no address', { result: [{ id: 'x' }], result_info: { total_count: 1 } }],
])('half a list proves nothing: %s: unread, and not unknown', async (_name, parts) => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({
    operation: 'list_users',
    fault: { kind: 'answer', status: 200, body: { ...YES, ...parts } },
  })
  const result = await scene.run({ ...VERIFY, 'max-attempts': '1', 'unknown-user': 'warn' })
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', verification: 'not_done' }])
  expect(reportOf(result).users[0]).not.toHaveProperty('sessions_before')
})

test.concurrent('a user unknown to the organization is neither revoked nor failed', async () => {
  await using scene = await Scene.openWithoutWaits()
  const unknown = Array.from({ length: 3 }, (_, index) => `nobody${index}@example.com`).join(',')
  const result = await scene.run({ ...VERIFY, email: unknown, 'unknown-user': 'warn' })
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toMatchObject({
    revoked: 'false',
    'revoked-count': '0',
    'failed-count': '0',
    'unknown-count': '3',
  })
  expect(result.warnings.at(-1)).toBe(
    '3 users unknown to the organization. No one was revoked. Check the spelling of the addresses.',
  )
  expect(reportOf(result).totals).toMatchObject({ unknown: 3 })
})

test.concurrent(
  'a user unknown to the organization has been looked up as given, in lower case, and by search',
  async () => {
    await using scene = await Scene.openWithoutWaits({ world: { caseSensitive: true } })
    scene.organization.addUser({ email: 'found@example.com', stickySessions: 1 })
    scene.organization.addUser({ email: 'hidden@example.com', foundBySearchOnly: true, stickySessions: 1 })
    const result = await scene.run({
      ...VERIFY,
      email: 'Found@example.com,hidden@example.com',
      'unknown-user': 'warn',
    })
    expect(result.exitCode).toBe(1)
    expect(reportOf(result).totals).toMatchObject({ failed: 2, unknown: 0 })
  },
)

test.concurrent(
  'a user unknown to the organization may be known by an address that only looks the same',
  async () => {
    await using scene = await Scene.openWithoutWaits()
    const result = await scene.run({ ...VERIFY, email: 'lеaver@example.com', 'unknown-user': 'warn' })
    expect(result.exitCode).toBe(1)
    expect(result.errors[0]).toMatch(/contains characters that may only look like others/)
  },
)

test.concurrent('a user is looked up in two letter cases, and every record found counts', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { caseSensitive: true } })
  scene.organization.addUser({ email: 'Twice@example.com' })
  scene.organization.addUser({ email: 'twice@example.com', stickySessions: 1 })
  const result = await scene.run({ ...VERIFY, email: 'Twice@example.com' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/there are still 2 sessions/)
})

test.concurrent('an implausible count is not reported', async () => {
  await using scene = await Scene.openWithoutWaits()
  for (const count of [-2, 1.5]) {
    const user = { id: 'a'.repeat(32), email: LEAVER, active_device_count: count }
    scene.inject({
      operation: 'list_users',
      times: 1,
      fault: {
        kind: 'answer',
        status: 200,
        body: { ...YES, result: [user], result_info: { total_count: 1 } },
      },
    })
    scene.inject({
      operation: 'active_sessions',
      fault: { kind: 'answer', status: 200, body: { ...YES, result: null } },
    })
    const result = await scene.run(VERIFY)
    expect(result.exitCode).toBe(0)
    expect(reportOf(result).users[0]).not.toHaveProperty('devices_before')
  }
})

test.concurrent.each<[string, With, RegExp | undefined]>([
  ['a token', {}, /it does not mention an API token\./],
  [
    'everything',
    { devices: 'true', 'warp-session-reauth': 'true', 'user-uid': 'a'.repeat(32) },
    /an API token, `devices`, `warp-session-reauth`, user UUIDs\./,
  ],
  ['a key', { 'api-token': null, 'api-email': 'owner@example.com', 'api-key': 'f'.repeat(37) }, undefined],
])('a zone and what its description does not mention: %s', async (_name, inputs, warning) => {
  await using scene = await Scene.open()
  const result = await scene.run({
    'account-id': null,
    'zone-id': 'fedcba9876543210'.repeat(2),
    ...inputs,
  })
  const doubts = result.warnings.filter((line) => line.startsWith('With `zone-id`'))
  expect(doubts).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)])
})

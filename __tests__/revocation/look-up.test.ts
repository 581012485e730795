import { expect, test } from '@jest/globals'
import type { ApiToken } from '../../embedded-api/organization/organization.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300' }

test.concurrent(
  'reads that fail without the permission: given up, and all revocations are sent',
  async () => {
    await using scene = await Scene.openWithoutWaits()
    const token: ApiToken = {
      kind: 'api-token',
      owner: 'user',
      token: 'revoke-only',
      status: 'active',
      permissions: ['Access: Organizations Revoke'],
    }
    scene.organization.credentials.push(token)
    const result = await scene.runSource({
      ...VERIFY,
      'api-token': token.token,
      email: 'leaver@example.com,contractor@example.com,intern@example.com',
    })
    expect(result.exitCode).toBe(1)
    const operations = scene.api.requests.map(({ operation }) => operation)
    expect(operations.filter((operation) => operation === 'list_users')).toHaveLength(1)
    expect(operations.filter((operation) => operation === 'revoke_user')).toHaveLength(3)
    expect(result.errors[0]).toMatch(
      /Revoked, but not verified: .*"Access: Audit Logs Read".* To revoke without verification, set `verify: false`\./,
    )
    expect(
      reportOf(result).users.every(
        ({ status, revocation, verification }) =>
          status === 'failed' && revocation === 'confirmed' && verification === 'not_done',
      ),
    ).toBe(true)
    expect(result.outputs).toMatchObject({ revoked: 'false', 'failed-count': '3' })
  },
)

test.concurrent('reads that fail with a wrong token: that is reported, and no permission', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.runSource({ ...VERIFY, 'api-token': 'unknown-token' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(
    /Cloudflare answered 403 Forbidden: 9109 .*Cloudflare does not know this token\./,
  )
  expect(`${result.stdout}${result.summary}`).not.toMatch(/account permission/)
})

test.concurrent.each([
  ['look-up', { operation: 'list_users' }],
  ['look-up in lower case', { operation: 'list_users', after: 1 }],
  ['sessions before', { operation: 'active_sessions' }],
  ['sessions after', { operation: 'active_sessions', after: 1 }],
] as const)('reads that fail: %s: revoked, but not verified', async (_name, rule) => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ ...rule, fault: { kind: 'error', status: 500, code: 1, message: 'Oh.' } })
  const result = await scene.runSource({ ...VERIFY, email: 'Leaver@example.com', 'max-attempts': '2' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/^Leaver@example\.com: Revoked, but not verified: Cloudflare answered 500/)
  const [user] = reportOf(result).users
  expect(user).toMatchObject({ status: 'failed', revocation: 'confirmed', verification: 'not_done' })
  // The failure has its own ray ID.
  expect(user).toMatchObject({ http_status: 200, errors: [{ http_status: 500, ray_id: expect.any(String) }] })
  expect(user?.errors[0]?.ray_id).not.toBe(user?.ray_id)
  expect(
    scene.organization.userByEmail(LEAVER)?.sessions.every(({ revokedAt }) => revokedAt !== undefined),
  ).toBe(true)
})

test.concurrent.each([
  ['silence', { kind: 'silence' }],
  ['nonsense', { kind: 'answer', status: 200, body: { success: true, result: 'x' } }],
] as const)('reads that fail: %s does not stand in the way for long', async (_name, fault) => {
  await using scene = await Scene.openWithoutWaits({}, 30)
  const result = await scene
    .inject({ operation: 'list_users', fault })
    .runSource({ ...VERIFY, 'request-timeout': '30', 'max-attempts': '2' })
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', revocation: 'confirmed' }])
  const [first] = scene.api.requests
  const sent = scene.api.requests.find(({ operation }) => operation === 'revoke_user')
  expect((sent?.receivedAt ?? Infinity) - (first?.receivedAt ?? 0)).toBeLessThan(30_000)
})

test.concurrent(
  'a look-up delays the revocation by ten seconds at most where calls go one by one',
  async () => {
    await using scene = await Scene.openWithoutWaits({}, 10)
    scene.organization.addUser({ email: 'ann@example.com', devices: 1 })
    scene.inject({ operation: 'list_users', times: 1, fault: { kind: 'delay', ms: 2_500 } })
    const result = await scene.runSource({
      ...VERIFY,
      devices: 'true',
      email: 'ann@example.com',
      concurrency: '1',
    })
    const [lookUp] = scene.api.requests
    const sent = scene.api.requests.find(({ operation }) => operation === 'revoke_user')
    expect((sent?.receivedAt ?? Infinity) - (lookUp?.receivedAt ?? 0)).toBeLessThan(14_000)
    expect(reportOf(result).users).toMatchObject([{ status: 'revoked', verification: 'passed' }])
  },
)

import { expect, test } from '@jest/globals'
import type { Fault } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, REFUSED, Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300' }

test.concurrent(
  'after an incident, new sessions are distinguished from old ones on long lists, too',
  async () => {
    await using scene = await Scene.openWithoutWaits()
    for (const email of addresses(101)) scene.organization.addUser({ email, sessions: 1, signsInAgain: true })
    const inputs = {
      ...VERIFY,
      verify: 'sessions',
      'signed-in-again': 'warn',
      'max-users': '101',
      concurrency: '20',
    }
    const result = await scene.runSource({ ...inputs, email: addresses(101).join() })
    expect(result.exitCode).toBe(0)
    expect(reportOf(result).totals).toMatchObject({ revoked: 101 })
  },
)

test.concurrent('the revocation uses the spelling of the organization', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { caseSensitiveRevocation: true } })
  scene.organization.addUser({ email: 'Ann.Lee@example.com' })
  const result = await scene.runSource({ ...VERIFY, email: 'ann.lee@Example.com' })
  expect(result.exitCode).toBe(0)
  expect(scene.organization.userByEmail('Ann.Lee@example.com')?.revokedAt).toBeDefined()
  expect(reportOf(result).users).toMatchObject([{ email: 'ann.lee@Example.com', status: 'revoked' }])
})

test.concurrent('it uses the address as given if two records spell it differently', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'Ann@example.com' })
  scene.organization.addUser({ email: 'ANN@example.com' })
  await scene.runSource({ ...VERIFY, email: 'ann@example.com' })
  expect(scene.api.requests.find(({ operation }) => operation === 'revoke_user')?.body).toEqual({
    email: 'ann@example.com',
  })
})

test.concurrent.each<[string, With]>([
  ['with verify', { verify: 'sessions' }],
  ['without', {}],
])('the seat of an address with the UUID of another user is kept: %s', async (_name, inputs) => {
  await using scene = await Scene.openWithoutWaits()
  const uid = scene.organization.userByEmail('colleague@example.com')?.uid ?? ''
  const result = await scene.runSource({ ...inputs, 'remove-seat': 'true', 'user-uid': uid })
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', seat: 'not_done' }])
  expect(scene.api.requests.map(({ operation }) => operation)).not.toContain('update_seats')
})

test.concurrent('a user who cannot be looked up leaves unknown what depends on it', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ operation: 'list_users', fault: REFUSED })
  const inputs = { verify: 'true', devices: 'true', 'warp-session-reauth': 'true', 'remove-seat': 'true' }
  const result = await scene.runSource(inputs)
  expect(reportOf(result).users[0]?.controls).toEqual({
    access_tokens: 'confirmed',
    sessions: 'not_known',
    seat: 'not_known',
    devices: 'not_known',
    warp_session: 'confirmed',
  })
})

test.concurrent.each<[string, string, Fault]>([
  ['a refusal', 'failed', REFUSED],
  ['a lost answer', 'not_known', { kind: 'reset' }],
])('after %s, the controls are %s', async (_name, state, fault) => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ operation: 'revoke_user', fault })
  for (const verify of ['false', 'sessions']) {
    const result = await scene.runSource({ verify, devices: 'true', 'max-attempts': '1' })
    expect(reportOf(result).users[0]?.controls).toMatchObject({
      access_tokens: state,
      sessions: state,
      devices: state,
    })
  }
})

test.concurrent('a refusal of the credential says nothing of other users where there are none', async () => {
  await using scene = await Scene.open()
  scene.inject({ operation: 'revoke_user', fault: { ...REFUSED, status: 401 } })
  const result = await scene.runSource()
  expect(reportOf(result).totals).toMatchObject({ failed: 1, skipped: 0 })
  expect(result.stdout).not.toMatch(/all other users|was stopped/)
})

test.concurrent(
  'a lost read after the revocation is not reported with the ray ID of the revocation',
  async () => {
    await using scene = await Scene.openWithoutWaits()
    scene.inject({ operation: 'active_sessions', after: 1, fault: { kind: 'reset' } })
    const result = await scene.runSource({ ...VERIFY, 'max-attempts': '1' })
    expect(result.errors[0]).toMatch(
      /Revoked, but not verified: The connection failed \(ECONNRESET\)\. Check the network path/,
    )
  },
)

import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { Scene, type With } from '../support/scene.ts'

const DEVICES: With = { verify: 'true', devices: 'true', 'request-timeout': '300', email: 'ann@example.com' }

test.concurrent('a look-up that comes late leaves evidence from after the revocation alone', async () => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  scene.organization.addUser({ email: 'ann@example.com', devices: 1 })
  scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 2_000 } })
  const result = await scene.runSource(DEVICES)
  expect(reportOf(result).users).toMatchObject([{ status: 'revoked', devices: [] }])
  expect(reportOf(result).users[0]).not.toHaveProperty('devices_before')
})

test.concurrent('a look-up that comes late, and an empty list, prove nothing', async () => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  scene.organization.addUser({ email: 'ann@example.com' })
  scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 2_000 } })
  const result = await scene.runSource(DEVICES)
  expect(result.errors[0]).toMatch(/Cloudflare listed no devices and gave no count of them/)
})

test.concurrent.each<[string, With]>([
  ['sessions alone', { verify: 'sessions' }],
  ['the seat alone', { verify: 'false', 'remove-seat': 'true' }],
])('a look-up that comes late for %s counts nothing as from before', async (_name, inputs) => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  scene.organization.addUser({ email: 'ann@example.com', devices: [{ sticky: true }] })
  scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 2_000 } })
  const result = await scene.runSource({ ...DEVICES, ...inputs })
  expect(reportOf(result).users).toMatchObject([{ status: 'revoked' }])
  expect(reportOf(result).users[0]).not.toHaveProperty('devices_before')
})

test.concurrent('a look-up that comes late does not make an old device of one that came back', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { registrationsComeBack: true } }, 10)
  scene.organization.addUser({ email: 'ann@example.com', devices: 1 })
  scene.inject({ operation: 'list_users', fault: { kind: 'delay', ms: 2_000 } })
  const result = await scene.runSource(DEVICES)
  expect(result.errors[0]).toMatch(/Revoked, but the user registered devices again/)
})

test.concurrent(
  'a look-up delays the revocation by ten seconds at most where calls go one by one',
  async () => {
    await using scene = await Scene.openWithoutWaits({}, 10)
    scene.organization.addUser({ email: 'ann@example.com', devices: 1 })
    scene.inject({ operation: 'list_users', times: 1, fault: { kind: 'delay', ms: 2_500 } })
    const result = await scene.runSource({ ...DEVICES, concurrency: '1' })
    const [lookUp] = scene.api.requests
    const sent = scene.api.requests.find(({ operation }) => operation === 'revoke_user')
    expect((sent?.receivedAt ?? Infinity) - (lookUp?.receivedAt ?? 0)).toBeLessThan(14_000)
    expect(reportOf(result).users).toMatchObject([{ status: 'revoked', verification: 'passed' }])
  },
)

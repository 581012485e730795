import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { addresses as someAddresses, Scene, type With } from '../support/scene.ts'

const addresses = Array.from({ length: 10_000 }, (_, index) => `user.number.${index}@subsidiary.example.com`)
const INPUTS = { email: null, 'users-file': 'leavers.txt', 'max-users': '10000', concurrency: '20' }
const FILES = { files: { 'leavers.txt': addresses.join('\n') } }
const QUOTA = { rateLimit: { quota: 1_000_000, windowMs: 300_000 }, record: false }

test.concurrent('10,000 users run through, with everything bounded', async () => {
  await using scene = await Scene.open(QUOTA)
  const result = await scene.run(INPUTS, FILES)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toMatchObject({ revoked: 'true', 'revoked-count': '10000', failed: '[]' })
  expect(Buffer.byteLength(result.summary)).toBeLessThan(1024 * 1024)
  expect(result.summary).toMatch(/more users: see the report/)
  expect(reportOf(result).users.map(({ email }) => email)).toEqual(addresses)
})

test.concurrent('10,000 failures do, too', async () => {
  await using scene = await Scene.open(QUOTA)
  scene.inject({ fault: { kind: 'error', status: 400, code: 12345, message: 'No such user. '.repeat(100) } })
  const result = await scene.run(INPUTS, FILES)
  expect(result.exitCode).toBe(1)
  expect(Buffer.byteLength(result.summary)).toBeLessThan(1024 * 1024)
  expect(result.errors).toHaveLength(10)
  expect(result.outputs).toMatchObject({ revoked: 'false', 'revoked-count': '0', 'failed-count': '10000' })
  const bytes = Object.entries(result.outputs).flat().join('').length * 2
  expect(bytes).toBeLessThan(1_000_000)
  expect(result.outputs['failed']).toMatch(/^$|^\[.*\]$/)
})

test.concurrent('a list of failures too large for an output is left empty, never cut', async () => {
  await using scene = await Scene.open(QUOTA)
  scene.inject({ fault: { kind: 'answer', status: 403, body: '' } })
  const long = addresses.map((address) => `${'x'.repeat(40)}.${address}`)
  const result = await scene.run(INPUTS, { files: { 'leavers.txt': long.join('\n') } })
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toMatchObject({ 'failed-count': '10000', 'unknown-count': '0', failed: '' })
})

test.concurrent.each<[string, With, number]>([
  ['sessions', {}, 2.1],
  ['devices', { devices: 'true' }, 2.3],
  ['devices and the seat', { devices: 'true', 'remove-seat': 'true' }, 3.3],
])(
  '300 of 3,000 users are proven with few calls, also where calls go one by one: %s',
  async (_, what, most) => {
    const calls: (string | undefined)[] = []
    const options = { latencyMs: 20, propagationMs: 20_000, record: false }
    await using scene = await Scene.openWithoutWaits({
      ...options,
      onClosed: ({ operation }) => calls.push(operation),
    })
    for (const email of someAddresses(3_000)) scene.organization.addUser({ email, devices: 1 })
    const leavers = someAddresses(300)
    const result = await scene.run(
      { ...INPUTS, verify: 'true', ...what, concurrency: '1', 'request-timeout': '300' },
      { files: { 'leavers.txt': leavers.join('\n') } },
    )
    expect(result.exitCode).toBe(0)
    expect(calls.length).toBeGreaterThanOrEqual(2 * leavers.length)
    expect(calls.length).toBeLessThanOrEqual(most * leavers.length)
    // Revocations, and the look-ups that they wait for, go before proofs.
    const early = calls
      .slice(0, calls.lastIndexOf('revoke_user'))
      .filter((call) => call === 'active_sessions')
    expect(early.length).toBeLessThan(20)
  },
)

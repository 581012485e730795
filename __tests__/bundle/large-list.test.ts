import { expect, jest, test } from '@jest/globals'
import { STRAY_REFUSALS } from '../../embedded-api/faults/faults.ts'
import { reportOf } from '../support/report.ts'
import { addresses as someAddresses, Scene, type With } from '../support/scene.ts'

const addresses = Array.from({ length: 10_000 }, (_, index) => `user.number.${index}@subsidiary.example.com`)
const INPUTS = { email: null, 'users-file': 'leavers.txt', 'max-users': '10000', concurrency: '20' }
const FILES = { files: { 'leavers.txt': addresses.join('\n') } }
const QUOTA = { rateLimit: { quota: 1_000_000, windowMs: 300_000 }, record: false }

/** Milliseconds for several lists side by side on a busy machine. */
jest.setTimeout(300_000)

test.concurrent(
  '10,000 users are revoked and verified although one call in a hundred is refused',
  async () => {
    await using scene = await Scene.openWithoutWaits(QUOTA)
    for (const email of addresses) scene.organization.addUser({ email })
    const refusals = Object.values(STRAY_REFUSALS)
    const every = 100 * refusals.length
    refusals.forEach((fault, index) => {
      // Not the first calls: the refusals contradict what the credential was allowed before.
      scene.inject({ after: 100 * (index + 1), every, fault })
    })
    const result = await scene.run({ ...INPUTS, verify: 'sessions' }, FILES)
    expect(result.errors).toEqual([])
    const { 'revoked-count': revoked, 'failed-count': failed } = result.outputs
    expect({ revoked, failed, exitCode: result.exitCode }).toEqual({
      revoked: '10000',
      failed: '0',
      exitCode: 0,
    })
    const users = addresses.flatMap((email) => scene.organization.usersByEmail(email))
    expect(users.filter(({ revokedAt }) => revokedAt !== undefined)).toHaveLength(10_000)
    expect(Buffer.byteLength(result.summary)).toBeLessThan(1024 * 1024)
    expect(reportOf(result).users.map(({ email }) => email)).toEqual(addresses)
  },
)

test.concurrent('a review of 10,000 users takes ten calls more, and at most 350 MB', async () => {
  const calls: (string | undefined)[] = []
  await using scene = await Scene.openWithoutWaits({
    ...QUOTA,
    onClosed: ({ operation }) => calls.push(operation),
  })
  // With the four who are there, 10,000.
  const added = addresses.slice(4)
  for (const email of added) scene.organization.addUser({ email, devices: 1 })
  const [due = '', forgotten = '', ...others] = added
  const review = { email: null, 'users-file': 'staff.csv', 'blank-date': 'not-due', verify: 'true' }
  const staying = [...others, 'leaver@example.com', 'contractor@example.com', 'intern@example.com']
  const rows = ['email,revoke_after', `${due},now`, ...staying.map((email) => `${email},`)]
  const settings = {
    files: { 'staff.csv': rows.join('\n') },
    env: {
      NODE_OPTIONS: `--import=${new URL('../../scripts/benchmark/programs/gauge.mjs', import.meta.url).href}`,
    },
  }
  const result = await scene.run(
    { ...review, 'not-listed': 'warn', 'protected-users': 'colleague@example.com' },
    settings,
  )
  expect(result.outputs).toMatchObject({ revoked: 'true', 'not-listed-count': '1' })
  expect(reportOf(result).not_listed).toMatchObject([{ email: forgotten, active_devices: 1 }])
  expect(calls.filter((call) => call === 'list_users')).toHaveLength(2 + 10)
  expect(Number(result.outputs['peak-bytes'])).toBeLessThan(350 * 1024 ** 2)
})

test.concurrent.each<[string, With, number]>([
  ['sessions', {}, 2.1],
  ['devices', { devices: 'true' }, 2.3],
  ['devices and the seat', { devices: 'true', 'remove-seat': 'true' }, 3.3],
])(
  '300 of 3,000 users are verified with few calls, even one call at a time: %s',
  async (_, extent, maxCallsPerUser) => {
    const calls: (string | undefined)[] = []
    const options = { latencyMs: 20, propagationMs: 20_000, record: false }
    await using scene = await Scene.openWithoutWaits({
      ...options,
      onClosed: ({ operation }) => calls.push(operation),
    })
    for (const email of someAddresses(3_000)) scene.organization.addUser({ email, devices: 1 })
    const leavers = someAddresses(300)
    const result = await scene.run(
      { ...INPUTS, verify: 'true', ...extent, concurrency: '1', 'request-timeout': '300' },
      { files: { 'leavers.txt': leavers.join('\n') } },
    )
    expect(result.exitCode).toBe(0)
    expect(calls.length).toBeGreaterThanOrEqual(2 * leavers.length)
    expect(calls.length).toBeLessThanOrEqual(maxCallsPerUser * leavers.length)
    // Revocations, and the look-ups that they wait for, come before verification.
    const early = calls
      .slice(0, calls.lastIndexOf('revoke_user'))
      .filter((call) => call === 'active_sessions')
    expect(early.length).toBeLessThan(20)
  },
)

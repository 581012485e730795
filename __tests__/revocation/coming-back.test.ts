import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { REFUSED, Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300', email: '' }
const HOUR = 3_600_000

/** A time so many hours ago. */
const ago = (hours: number): number => Date.now() - hours * HOUR
const text = (time: number): string => new Date(time).toISOString()
const list = (...hours: readonly number[]): string =>
  JSON.stringify(
    hours.map((left, index) => ({ email: `user${index}@example.com`, revoke_after: text(ago(left)) })),
  )

test.concurrent.each<
  [string, { left: number; login: number | null; word?: string; status: string; warning?: RegExp }]
>([
  [
    'a user who came back every day fails',
    {
      left: 72,
      login: 5,
      status: 'failed',
      warning:
        /^Revoked, but the user still signed in at .*, more than a day after `revoke_after`: either the account/,
    },
  ],
  [
    'a user who came back every day, and may',
    {
      left: 72,
      login: 5,
      word: 'warn',
      status: 'revoked',
      warning: /^Revoked, but the user still signed in at/,
    },
  ],
  [
    'a user who came back and no longer does',
    {
      left: 72,
      login: 30,
      status: 'revoked',
      warning: /^The user signed in at .*, after `revoke_after`: either/,
    },
  ],
  [
    'a user who signed in on the day of leaving',
    { left: 10, login: 5, status: 'revoked', warning: /^The user signed in at/ },
  ],
  ['a user who has not signed in since', { left: 10, login: 12, status: 'revoked' }],
  ['a user who never signed in', { left: 10, login: null, status: 'revoked' }],
])('%s', async (_name, { left, login, word = 'fail', status, warning }) => {
  await using scene = await Scene.openWithoutWaits()
  const lastLoginAt = login === null ? null : ago(login)
  scene.organization.addUser({ email: 'user0@example.com', lastLoginAt, logins: [] })
  const result = await scene.runSource({ ...VERIFY, email: list(left), 'signed-in-again': word })
  const [user] = reportOf(result).users
  expect(user?.status).toBe(status)
  const said = [...(user?.errors.map(({ message }) => message) ?? []), ...(user?.warnings ?? [])]
  expect(said).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)])
})

test.concurrent('of several records with the address, the last login counts', async () => {
  await using scene = await Scene.openWithoutWaits()
  for (const hours of [5, 30])
    scene.organization.addUser({ email: 'user0@example.com', lastLoginAt: ago(hours), logins: [] })
  const result = await scene.runSource({ ...VERIFY, email: list(72) })
  expect(reportOf(result).users).toMatchObject([{ status: 'failed' }])
  expect(result.errors[0]).toMatch(/Revoked, but the user still signed in at/)
})

test.concurrent('a user who left long ago and may never have been revoked is reported', async () => {
  await using scene = await Scene.openWithoutWaits()
  const DAYS = 24
  scene.organization.addUser({ email: 'user0@example.com', devices: 2, lastLoginAt: ago(60 * DAYS) })
  scene.organization.addUser({ email: 'user1@example.com', devices: 1, lastLoginAt: ago(2) })
  scene.organization.addUser({ email: 'user2@example.com', devices: 0, lastLoginAt: ago(60 * DAYS) })
  const long = 50 * DAYS
  const result = await scene.runSource({ ...VERIFY, email: list(long, long, long, long) })
  expect(result.exitCode).toBe(0)
  const warning =
    'The user still has 2 active devices and has not signed in since `revoke_after`, so the user may never have been revoked. To revoke the user now, raise `due-within-days`.'
  expect(reportOf(result).users.map(({ status, warnings }) => [status, warnings])).toEqual([
    ['past', [warning]],
    ...[1, 2, 3].map(() => ['past', undefined]),
  ])
  expect(result.warnings).toContain(`user0@example.com: ${warning}`)
  expect(result.summary).toMatch(/The user still has 2 active devices/)
  expect(scene.api.requests.some(({ operation }) => operation === 'revoke_user')).toBe(false)
})

test.concurrent('a look-up of past users that fails, or returns no count, changes nothing', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { absentUserFields: ['active_device_count'] } })
  scene.organization.addUser({ email: 'user1@example.com', devices: 1, lastLoginAt: null })
  scene.inject({ operation: 'list_users', email: 'user0@example.com', fault: REFUSED })
  const result = await scene.runSource({ ...VERIFY, email: list(2_000, 2_000) })
  expect(result.exitCode).toBe(0)
  expect(reportOf(result).users.flatMap(({ warnings = [] }) => warnings)).toEqual([])
})

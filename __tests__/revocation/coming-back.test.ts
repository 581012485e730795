import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300', email: '' }
const HOUR = 3_600_000

/** A time so many hours ago. */
const ago = (hours: number): number => Date.now() - hours * HOUR
/** The input with a user who left so many hours ago. */
const list = (left: number): string =>
  JSON.stringify([{ email: 'user0@example.com', revoke_after: new Date(ago(left)).toISOString() }])

const STILL =
  /^Revoked, but the user still signed in at .*, more than a day after `revoke_after`: either the account/
const AFTER = /^The user signed in at .*, after `revoke_after`: either/

test.concurrent.each<[string, number, number | null, string, string, RegExp?]>([
  ['a user who came back every day fails', 72, 5, 'fail', 'failed', STILL],
  ['a user who came back every day, and may', 72, 5, 'warn', 'revoked', STILL],
  ['a user who came back and no longer does', 72, 30, 'fail', 'revoked', AFTER],
  ['a user who signed in on the day of leaving', 10, 5, 'fail', 'revoked', AFTER],
  ['a user who has not signed in since', 10, 12, 'fail', 'revoked'],
  ['a user who never signed in', 10, null, 'fail', 'revoked'],
])('%s', async (_name, left, login, word, status, said) => {
  await using scene = await Scene.openWithoutWaits()
  const lastLoginAt = login === null ? null : ago(login)
  scene.organization.addUser({ email: 'user0@example.com', lastLoginAt, logins: [] })
  const result = await scene.runSource({ ...VERIFY, email: list(left), 'signed-in-again': word })
  const [user] = reportOf(result).users
  expect(user?.status).toBe(status)
  const texts = [...(user?.errors.map(({ message }) => message) ?? []), ...(user?.warnings ?? [])]
  expect(texts).toEqual(said === undefined ? [] : [expect.stringMatching(said)])
})

test.concurrent('of a last login that cannot be read, it is said that it is not known', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { lastLoginText: '2026-11-24T12:00:00' } })
  scene.organization.addUser({ email: 'user0@example.com', lastLoginAt: ago(5), logins: [] })
  const result = await scene.runSource({ ...VERIFY, email: list(72) })
  expect(reportOf(result).users).toMatchObject([
    {
      status: 'revoked',
      warnings: [
        "The user's last login is not known, because its time cannot be read. Check in Zero Trust whether the user signed in after `revoke_after`.",
      ],
    },
  ])
})

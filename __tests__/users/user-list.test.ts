import { describe, expect, test } from '@jest/globals'
import { timingOf } from '../../src/users/user.ts'
import { usersOf } from '../support/users.ts'

const UUID = '01234567-89ab-cdef-0123-456789abcdef'
const OTHER_UUID = 'ffffffff-89ab-cdef-0123-456789abcdef'

describe('dates', () => {
  const at = async (timezone: string, date: string): Promise<unknown> =>
    usersOf(JSON.stringify([{ email: 'a@example.com', revoke_after: date }]), {}, { timezone })

  test.each([
    ['UTC', '2026-11-30', '2026-12-01T00:00:00.000Z'],
    ['Etc/UTC', '2026-11-30', '2026-12-01T00:00:00.000Z'],
    ['utc', '2026-11-30', '2026-12-01T00:00:00.000Z'],
    ['CET', '2026-11-30', '2026-11-30T23:00:00.000Z'],
    ['Europe/Berlin', '2026-11-30', '2026-11-30T23:00:00.000Z'],
    ['America/Los_Angeles', '2026-07-01', '2026-07-02T07:00:00.000Z'],
    ['Africa/Cairo', '2026-04-23', '2026-04-23T22:00:00.000Z'],
    ['Asia/Kolkata', '2026-12-31', '2026-12-31T18:30:00.000Z'],
  ])('%s: from the end of the day', async (timezone, date, expected) => {
    expect(await at(timezone, date)).toEqual([`a@example.com ${expected}`])
  })

  test('not due, due, past', () => {
    const day = 86_400_000
    const due = { text: '', at: 100 * day }
    expect([100 * day - 1, 100 * day, 130 * day, 130 * day + 1].map((now) => timingOf(due, now, 30))).toEqual(
      ['not_due', 'due', 'due', 'past'],
    )
    expect(timingOf(undefined, 0, 1)).toBe('due')
  })
})

describe('`email` and `users-file` together', () => {
  const file = {
    'l.csv': `email,user_uid,revoke_after\nA@example.com,${UUID},2999-12-31\nb@example.com,,2026-11-30\n`,
  }

  test('an address in `email` without a date is due now and wins', async () => {
    expect(await usersOf('a@example.com', file)).toEqual([
      `a@example.com ${UUID}`,
      'b@example.com 2026-12-01T00:00:00.000Z',
    ])
  })

  test('one with another date does not', async () => {
    const email = JSON.stringify([{ email: 'a@example.com', revoke_after: '2026-11-30' }])
    expect(await usersOf(email, file)).toEqual([
      expect.stringMatching(
        /^email:1: "a@example\.com" is also listed at l\.csv:2, with another `revoke_after`/,
      ),
    ])
  })

  test('another UUID is an error in any case', async () => {
    expect(
      await usersOf('a@example.com', {
        'l.csv': `email,user_uid\na@example.com,${UUID}\na@example.com,${OTHER_UUID}`,
      }),
    ).toEqual([expect.stringMatching(/^email: .* is also listed at l\.csv:3, with another UUID/)])
  })
})

test('`max-users` guards the users that are due', async () => {
  const list = {
    'l.csv': 'email,revoke_after\na@example.com,now\nb@example.com,now\nc@example.com,2999-12-31\n',
  }
  expect(await usersOf(null, list, { 'max-users': '2' })).toHaveLength(3)
  expect(await usersOf(null, list, { 'max-users': '1' })).toEqual([
    expect.stringMatching(/^2 users are due, more than `max-users` \(1\)/),
  ])
})

import { expect, test } from '@jest/globals'
import type { RecordTime } from '../../src/cloudflare/records.ts'
import { lastLoginOf } from '../../src/verify/user-directory.ts'

const record = (login: RecordTime) => ({
  id: 'u',
  uid: undefined,
  email: 'ann@example.com',
  seat_uid: undefined,
  access_seat: undefined,
  gateway_seat: undefined,
  active_device_count: undefined,
  last_successful_login: login,
})

test.each<[string, readonly RecordTime[], { at: number | undefined; isKnown: boolean }]>([
  ['none', ['absent'], { at: undefined, isKnown: true }],
  ['the later of two records', [{ at: 1 }, { at: 2 }], { at: 2, isKnown: true }],
  ['one that cannot be read', ['unreadable'], { at: undefined, isKnown: false }],
  ['one that cannot be read beside one that can', ['unreadable', { at: 1 }], { at: 1, isKnown: false }],
])('a last login: %s', (_name, logins, expected) => {
  const records = logins.map(record)
  expect(lastLoginOf({ records })).toEqual(expected)
})

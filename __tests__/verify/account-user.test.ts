import { expect, test } from '@jest/globals'
import * as v from 'valibot'
import { AccessUser, type RecordTime } from '../../src/cloudflare/records.ts'
import { lastLoginOf } from '../../src/verify/user-directory.ts'

test.each<[string, readonly RecordTime[], { at: number | undefined; isKnown: boolean }]>([
  ['none', ['absent'], { at: undefined, isKnown: true }],
  ['the later of two records', [{ at: 1 }, { at: 2 }], { at: 2, isKnown: true }],
  ['one that cannot be read', ['unreadable'], { at: undefined, isKnown: false }],
  ['one that cannot be read beside one that can', ['unreadable', { at: 1 }], { at: 1, isKnown: false }],
])('a last login: %s', (_name, logins, expected) => {
  const record = v.parse(AccessUser, { id: 'u', email: 'ann@example.com' })
  const records = logins.map((login) => ({ ...record, last_successful_login: login }))
  expect(lastLoginOf({ records })).toEqual(expected)
})

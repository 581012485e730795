import { describe, expect, test } from '@jest/globals'
import { DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { KEY, read } from '../support/inputs.ts'
import type { With } from '../support/scene.ts'

const ZONE: With = { 'account-id': null, 'zone-id': DEMO_ZONE_ID }
const STAFF: With = { 'not-listed': 'warn', 'users-file': 'l.txt' }
const FILES = { 'l.txt': 'a@example.com\n' }

describe('inputs that cannot be combined', () => {
  const KEY_INPUTS: With = { 'api-token': null, 'api-email': 'a@example.com', 'api-key': KEY }
  const ACCOUNT_ONLY =
    '`zone-id` cannot be combined with `verify`, `remove-seat`, or `not-listed`, because Cloudflare lists users and seats for accounts only. Use `account-id`, or write `verify: false` and remove the other two.'
  const LIST_READ =
    '`not-listed` needs `users-file`, a list of everyone who may have access, and reads users, which `dry-run: offline` does not. Set `users-file` and use `dry-run: true`, or remove `not-listed`.'
  test.each<[string, With, string]>([
    ['a zone by default', ZONE, ACCOUNT_ONLY],
    ['a zone and sessions', { ...ZONE, verify: 'sessions' }, ACCOUNT_ONLY],
    ['a zone and seats', { ...ZONE, verify: 'false', 'remove-seat': 'true' }, ACCOUNT_ONLY],
    ['a zone and users on no list', { ...ZONE, ...STAFF, verify: 'false' }, ACCOUNT_ONLY],
    ['users on no list, and no list', { 'not-listed': 'fail' }, LIST_READ],
    ['users on no list, and an offline check', { ...STAFF, 'dry-run': 'offline' }, LIST_READ],
    [
      'a Global API key and devices',
      { ...KEY_INPUTS, devices: 'true' },
      'A Global API key cannot read devices, so `devices: true` cannot be verified with it. Write `verify: sessions`, or use `api-token`.',
    ],
    [
      'unknown users and no look-up',
      { verify: 'false', 'unknown-user': 'warn' },
      '`unknown-user: warn` cannot be combined with `verify: false`, because no user is looked up. Remove one of them.',
    ],
    [
      'new sessions and no verification',
      { verify: 'false', 'signed-in-again': 'warn', 'remove-seat': 'true' },
      '`signed-in-again: warn` cannot be combined with `verify: false`, because no session is read. Remove one of them.',
    ],
  ])('%s', async (_name, inputs, problem) => {
    expect((await read(inputs, {}, FILES)).problems).toEqual([problem])
  })

  test.each<[string, With]>([
    [
      'unknown users are looked up to free seats',
      { verify: 'false', 'unknown-user': 'warn', 'remove-seat': 'true' },
    ],
    ['a Global API key can read sessions', { ...KEY_INPUTS, devices: 'true', verify: 'sessions' }],
    ['a Global API key needs no devices', KEY_INPUTS],
    ['users on no list, without verification', { ...STAFF, verify: 'false' }],
    ['warnings by default', { 'unknown-user': 'warn', 'signed-in-again': 'warn' }],
  ])('%s', async (_name, inputs) => {
    expect((await read(inputs, {}, FILES)).problems).toEqual([])
  })
})

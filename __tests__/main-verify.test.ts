import { expect, test } from '@jest/globals'
import { DEMO_ZONE_ID, demoOrganization } from '../embedded-api/demo-organization.ts'
import { readNothing, run, type Setting } from './support/main-here.ts'
import type { With } from './support/scene.ts'

const VERIFY: With = { verify: 'true' }
const other = (): Setting['options'] => {
  const organization = demoOrganization()
  organization.addUser({ email: 'again@example.com', signsInAgain: true })
  return { organizations: [organization], propagationMs: 1_500 }
}
const UUID = '0'.repeat(32)

test.each<[string, boolean, Setting, RegExp]>([
  [
    'sessions gone',
    true,
    { inputs: { ...VERIFY, devices: 'true' } },
    /revoked and verified, 3 sessions before, none after \(ray ID[^]*1 user revoked, verified/,
  ],
  [
    'several users',
    true,
    { inputs: { ...VERIFY, email: 'leaver@example.com,intern@example.com' } },
    /2 users revoked, verified/,
  ],
  [
    'an unknown user',
    false,
    { inputs: { ...VERIFY, email: 'nobody@example.com' } },
    /Revoked, but the organization knows no such user/,
  ],
  [
    'an unknown user, warned about',
    true,
    { inputs: { ...VERIFY, email: 'nobody@example.com', 'unknown-user': 'warn' } },
    /::warning::nobody@example\.com: Revoked, but the organization/,
  ],
  [
    'a UUID of somebody else',
    false,
    { inputs: { ...VERIFY, 'user-uid': UUID } },
    /The UUID belongs to another user than the address: the revocation was sent for the address alone/,
  ],
  [
    'signed in again',
    false,
    { inputs: { ...VERIFY, email: 'again@example.com' }, options: other() ?? {} },
    /signed in again at/,
  ],
  [
    'signed in again, warned about',
    true,
    { inputs: { ...VERIFY, email: 'again@example.com', 'signed-in-again': 'warn' }, options: other() ?? {} },
    /::warning::again@example\.com: Revoked, but the user signed in again/,
  ],
  [
    'reads refused',
    false,
    { inputs: { ...VERIFY, email: 'leaver@example.com,intern@example.com' }, faults: readNothing(403) },
    /::error::Nothing can be verified[^]*"Access: Audit Logs Read"[^]*0 of 2 users revoked and verified: 2 failed/,
  ],
  [
    'sessions that cannot be read before',
    false,
    {
      inputs: VERIFY,
      faults: [
        { operation: 'active_sessions', fault: { kind: 'error', status: 400, code: 1, message: 'No.' } },
      ],
    },
    /Revoked, but not verified: Cloudflare answered 400 Bad Request: 1 "No/,
  ],
  [
    'sessions that cannot be read after',
    false,
    {
      inputs: VERIFY,
      faults: [
        {
          operation: 'active_sessions',
          after: 1,
          fault: { kind: 'error', status: 400, code: 1, message: 'No.' },
        },
      ],
    },
    /Revoked, but not verified: Cloudflare answered 400/,
  ],
  [
    'devices that cannot be counted after',
    true,
    {
      inputs: { ...VERIFY, devices: 'true' },
      faults: [
        { operation: 'list_users', after: 1, fault: { kind: 'error', status: 400, code: 1, message: 'No.' } },
      ],
    },
    /revoked and verified/,
  ],
  [
    'an answer without Date',
    false,
    {
      inputs: VERIFY,
      faults: [
        {
          operation: 'revoke_user',
          fault: {
            kind: 'answer',
            status: 200,
            headers: { Date: null },
            body: { success: true, result: true },
          },
        },
      ],
    },
    /no usable `Date` header/,
  ],
  [
    'an answer without Date and ray ID, for somebody unknown',
    false,
    {
      inputs: { ...VERIFY, email: 'nobody@example.com' },
      faults: [
        {
          operation: 'revoke_user',
          fault: {
            kind: 'answer',
            status: 200,
            headers: { Date: null, 'cf-ray': null },
            body: { success: true, result: true },
          },
        },
      ],
    },
    /knows no such user/,
  ],
  [
    'a revocation that fails',
    false,
    {
      inputs: VERIFY,
      faults: [{ operation: 'revoke_user', fault: { kind: 'error', status: 400, code: 1, message: 'No.' } }],
    },
    /may not be revoked/,
  ],
  [
    'a revocation that is never taken',
    false,
    {
      inputs: VERIFY,
      faults: [{ operation: 'revoke_user', fault: { kind: 'rate_limited', retryAfter: '9999' } }],
    },
    /leaver@example\.com: skipped/,
  ],
  [
    'a look-up that is never taken',
    false,
    { inputs: VERIFY, faults: [{ fault: { kind: 'rate_limited', retryAfter: '9999' } }] },
    /leaver@example\.com: skipped/,
  ],
  [
    'a user without UUID or count',
    true,
    {
      inputs: VERIFY,
      faults: [
        {
          operation: 'list_users',
          fault: {
            kind: 'answer',
            status: 200,
            body: {
              success: true,
              result: [{ id: 'x', email: 'LEAVER@example.com' }, { id: 'y' }],
              result_info: { total_pages: 1 },
            },
          },
        },
        {
          operation: 'active_sessions',
          fault: { kind: 'answer', status: 200, body: { success: true, result: [] } },
        },
      ],
    },
    /0 sessions before, none after/,
  ],
  [
    'a zone',
    false,
    { inputs: { ...VERIFY, 'account-id': null, 'zone-id': DEMO_ZONE_ID } },
    /`verify` needs `account-id`/,
  ],
])('%s', async (_name, passes, setting, sentence) => {
  const { passed, printed } = await run({ ...setting, inputs: { 'max-attempts': '1', ...setting.inputs } })
  expect(printed).toMatch(sentence)
  expect(passed).toBe(passes)
})

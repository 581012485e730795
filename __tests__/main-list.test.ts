import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import type { FaultRule } from '../embedded-api/server.ts'
import { run, type Setting } from './support/main-here.ts'
import type { With } from './support/scene.ts'

const emails = (count: number): With => ({
  email: Array.from({ length: count }, (_, index) => `user${index}@example.com`).join(),
})
const refused: FaultRule['fault'] = { kind: 'error', status: 400, code: 12345, message: 'No.' }

test.each<[string, boolean, Setting, RegExp]>([
  ['a long list', true, { inputs: emails(30) }, /Progress: \d+ of 30 users; about \d+ s left/],
  [
    'a long list of failures',
    false,
    { inputs: emails(30), faults: [{ fault: refused }] },
    /Progress: \d+ of 30 users, \d+ of them not revoked.*[^]*::error::0 of 30 users revoked: 30 failed\./,
  ],
  [
    "a failure that is everybody's",
    false,
    { inputs: emails(3), faults: [{ fault: { kind: 'answer', status: 403, body: '' } }] },
    /::error::Cloudflare answered 403 Forbidden: everybody else.*[^]*user2@example\.com: skipped\./,
  ],
  [
    'masked addresses',
    false,
    {
      inputs: { ...emails(2), 'mask-emails': 'true' },
      faults: [{ email: 'user1@example.com', fault: refused }],
    },
    /::add-mask::user0@example\.com[^]*u\*\*\*@example\.com may not be revoked/,
  ],
  [
    'a masked address that is tried again',
    true,
    { inputs: { 'mask-emails': 'true' }, faults: [{ times: 1, fault: { kind: 'reset' } }] },
    /l\*\*\*@example\.com: attempt 1 of 5 failed/,
  ],
  [
    'not due and past',
    true,
    {
      inputs: {
        email: JSON.stringify([
          { email: 'a@example.com', revoke_after: '2999-01-01' },
          { email: 'b@example.com', revoke_after: '2001-01-01' },
          { email: 'c@example.com', user_uid: 'x'.repeat(0) },
        ]),
      },
    },
    /2 users not due, left alone[^]*1 user revoked, confirmed by Cloudflare \(1 not due yet, 1 past, left alone\)/,
  ],
  ['an empty list', false, { inputs: { email: '[]' } }, /::error::The list has no users/],
  [
    'an empty list, warned about',
    true,
    { inputs: { email: '[]', 'if-empty': 'warn' } },
    /::warning::The list has no users/,
  ],
  [
    'an empty list, ignored',
    true,
    { inputs: { email: '[]', 'if-empty': 'ignore' } },
    /^The list has no users/m,
  ],
  ['an address twice', true, { inputs: { email: 'a@example.com,A@example.com' } }, /1 entry names a user/],
  [
    'no folder for the report',
    false,
    { inputs: {}, env: { RUNNER_TEMP: '/nonexistent' } },
    /::error::.*The report could not be written/,
  ],
  [
    'no file for the summary',
    true,
    { inputs: {}, env: { GITHUB_STEP_SUMMARY: '/nonexistent' } },
    /::warning::The job summary could not be written/,
  ],
  [
    'an event file',
    true,
    {
      inputs: {},
      env: {
        GITHUB_EVENT_PATH: fileURLToPath(new URL('../package.json', import.meta.url)),
        GITHUB_REPOSITORY: 'octo-org/octo-repo',
      },
    },
    /1 user revoked/,
  ],
  [
    'a limited server',
    true,
    { inputs: { ...emails(5), concurrency: '3' }, options: { rateLimit: { quota: 2, windowMs: 1_000 } } },
    /leaves no room: waiting 1 s/,
  ],
  [
    'a server that speaks of its policy alone',
    true,
    {
      inputs: emails(3),
      faults: [
        {
          fault: {
            kind: 'answer',
            status: 200,
            headers: { 'Ratelimit-Policy': '"a";q=2;w=1', Ratelimit: '"a";r=-1;t=1' },
            body: { success: true, result: true },
          },
        },
      ],
    },
    /leaves no room: waiting 1 s/,
  ],
  [
    'a server that falls silent about its limit',
    true,
    {
      inputs: emails(3),
      faults: [{ after: 1, fault: { kind: 'answer', status: 200, body: { success: true, result: true } } }],
    },
    /3 users revoked/,
  ],
  [
    'a server that speaks of the room left alone',
    true,
    {
      inputs: emails(3),
      faults: [
        {
          fault: {
            kind: 'answer',
            status: 200,
            headers: { Ratelimit: '"a";r=9;t=1' },
            body: { success: true, result: true },
          },
        },
      ],
    },
    /3 users revoked/,
  ],
  [
    'a 429 that only names the window',
    true,
    {
      inputs: {},
      faults: [{ times: 1, fault: { kind: 'rate_limited', headers: { Ratelimit: '"a";r=0;t=1' } } }],
    },
    /waiting 1 s/,
  ],
  [
    'a 503 that asks for a moment',
    true,
    {
      inputs: {},
      faults: [
        { times: 1, fault: { kind: 'answer', status: 503, headers: { 'Retry-After': '1' }, body: '' } },
      ],
    },
    /waiting 1 s/,
  ],
  [
    'a window that leaves no room for hours',
    false,
    {
      inputs: emails(4),
      faults: [
        {
          times: 1,
          fault: {
            kind: 'answer',
            status: 200,
            headers: { Ratelimit: '"a";r=0;t=9999' },
            body: { success: true, result: true },
          },
        },
      ],
    },
    /leaves no room for another [\d,]+ min, [^]*1 of 4 users revoked: 3 skipped/,
  ],
  [
    'a limit that leaves no room for hours',
    false,
    { inputs: emails(4), faults: [{ after: 1, fault: { kind: 'rate_limited', retryAfter: '9999' } }] },
    /leaves no room for another [\d,]+ min, [^]*3 skipped/,
  ],
  [
    'a malformed event file',
    true,
    { inputs: {}, env: { GITHUB_EVENT_PATH: import.meta.filename } },
    /1 user revoked/,
  ],
  [
    'more problems than an annotation bears',
    false,
    { inputs: { email: Array(30).fill('nobody').join() } },
    /^30\. `email`, entry 30[^]*10 more problems: see the log/m,
  ],
  ['devices alone', true, { inputs: { devices: 'true' } }, /Access tokens and devices of/],
  ['WARP alone', true, { inputs: { 'warp-session-reauth': 'true' } }, /Access tokens and WARP session of/],
])('%s', async (_name, passes, setting, sentence) => {
  const { passed, printed } = await run(setting)
  expect(printed).toMatch(sentence)
  expect(passed).toBe(passes)
})

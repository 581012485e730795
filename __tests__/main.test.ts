import { expect, test } from '@jest/globals'
import { DEMO_ZONE_ID } from '../embedded-api/demo-organization.ts'
import type { FaultRule } from '../embedded-api/server.ts'
import { main } from '../src/main.ts'
import { StepHere } from './support/environment.ts'
import { Scene, type With } from './support/scene.ts'

const FORTY = '0123456789'.repeat(4)
const answer = (status: number, body: unknown): FaultRule['fault'] => ({ kind: 'answer', status, body })

async function run(
  inputs: With,
  faults: readonly FaultRule[] = [],
): Promise<{ passed: boolean; printed: string; outputs: string }> {
  await using scene = await Scene.open()
  for (const [owner, prefix] of [
    ['user', 'cfut_'],
    ['account', 'cfat_'],
    ['account', ''],
  ] as const) {
    scene.organization.credentials.push({
      kind: 'api-token',
      owner,
      token: `${prefix}${FORTY}`,
      status: 'active',
      permissions: [],
      expires_on: '2999-01-01T00:00:00Z',
    })
  }
  scene.organization.credentials.push({ kind: 'global-api-key', email: 'owner@example.com', key: FORTY })
  scene.inject(...faults)
  using step = new StepHere({ 'api-base-url': scene.api.baseUrl, ...inputs })
  const passed = await main()
  return { passed, printed: step.printed, outputs: step.outputFile }
}

const DRY: With = { 'dry-run': 'true' }
const ZONE: With = { 'account-id': null, 'zone-id': DEMO_ZONE_ID }

test.each<[string, boolean, With, FaultRule['fault'][], RegExp]>([
  [
    'a revocation',
    true,
    { devices: 'true', 'warp-session-reauth': 'true' },
    [],
    /confirmed by Cloudflare \(ray ID/,
  ],
  ['a revocation for a zone', true, ZONE, [], /left untouched/],
  ['a user with a UUID unknown', false, { 'user-uid': 'a'.repeat(32) }, [], /user_uid/],
  ['one bad input', false, { devices: '' }, [], /There is a problem with the inputs/],
  ['many bad inputs', false, { devices: '', email: '' }, [], /There are 2 problems with the inputs/],
  [
    'no ray ID',
    true,
    {},
    [
      {
        kind: 'answer',
        status: 200,
        headers: { 'cf-ray': null, Date: null },
        body: { success: true, result: true },
      },
    ],
    /confirmed by Cloudflare\./,
  ],
  ['result: false', false, {}, [answer(200, { success: true, result: false })], /nothing was revoked/],
  [
    'result: false without ray ID',
    false,
    {},
    [{ kind: 'answer', status: 200, headers: { 'cf-ray': null }, body: { success: true, result: false } }],
    /nothing was revoked/,
  ],
  [
    'no result',
    false,
    {},
    [answer(200, { success: true }), answer(200, { success: true })],
    /without the result/,
  ],
  ['no envelope', false, {}, [answer(200, 'text'), answer(200, 'text')], /not in the form/],
  [
    'success: false',
    false,
    {},
    [answer(200, { success: false, errors: [{ code: 'x', message: 'y' }, 7, {}] })],
    /"success": false: x "y"/,
  ],
  ['a redirect', false, {}, [{ kind: 'redirect', status: 301, location: '/' }], /redirect/],
  [
    'a message without code',
    false,
    {},
    [answer(400, { success: false, errors: [{ message: 'access.api.error.not_found' }] })],
    /no such object/,
  ],
  [
    'a code without message',
    false,
    {},
    [answer(403, { success: false, errors: [{ code: 971 }] })],
    /971 "no message"/,
  ],
  ['a bare 401', false, {}, [answer(401, '')], /401 Unauthorized/],
  ['a bare 404', false, {}, [answer(404, '')], /This is not the API/],
  ['a bare 400', false, {}, [answer(400, '')], /proxy or firewall/],
  ['a bare 599', false, {}, [answer(599, ''), answer(599, '')], /answered 599 \(.*cloudflarestatus/],
  ['a reset', false, {}, [{ kind: 'reset' }, { kind: 'reset' }], /ECONNRESET/],
  ['a failure that passes', true, {}, [{ kind: 'lost_answer' }], /attempt 1 of 2 failed, trying again in/],
  [
    'silence',
    false,
    { 'request-timeout': '1', 'max-attempts': '1' },
    [{ kind: 'silence' }],
    /No complete answer/,
  ],
  ['a body without end', false, { 'max-attempts': '1' }, [{ kind: 'gigantic' }], /larger than any/],
  ['a 429', true, {}, [{ kind: 'rate_limited', retryAfter: '0' }], /waiting 1 s/],
  ['a 429 without a word', true, {}, [{ kind: 'rate_limited' }], /waiting 1 s/],
  [
    'a 429 until a date',
    true,
    {},
    [{ kind: 'rate_limited', retryAfter: 'Sun, 06 Nov 1994 08:49:37 GMT' }],
    /waiting 1 s/,
  ],
  [
    'a 429 until next year',
    false,
    {},
    [{ kind: 'rate_limited', retryAfter: '31536000' }],
    /leaves no room for another 525,600 min/,
  ],
  ['a dry run', true, DRY, [], /would be revoked/],
  [
    'a dry run with a token of the account',
    true,
    { ...DRY, 'api-token': `cfat_${FORTY}` },
    [],
    /active until 2999/,
  ],
  [
    'a dry run with a token of the account for a zone',
    true,
    { ...DRY, ...ZONE, 'api-token': `cfat_${FORTY}` },
    [],
    /cannot be checked/,
  ],
  ['a dry run with an older token', true, { ...DRY, 'api-token': FORTY }, [], /The API token is active/],
  [
    'a dry run with an older token for a zone',
    false,
    { ...DRY, ...ZONE, 'api-token': FORTY },
    [],
    /If an account owns the token/,
  ],
  [
    'a dry run with an older token of a user',
    true,
    { ...DRY, 'api-token': FORTY },
    [answer(200, { success: true, result: { status: 'active' } })],
    /The API token is active\. /,
  ],
  [
    'a dry run with an older token of a user for a zone',
    true,
    { ...DRY, ...ZONE, 'api-token': FORTY },
    [answer(200, { success: true, result: { status: 'active' } })],
    /The API token is active\. /,
  ],
  [
    'a dry run with a key',
    true,
    { ...DRY, 'api-token': null, 'api-email': 'owner@example.com', 'api-key': FORTY },
    [],
    /Global API key is active/,
  ],
  [
    'a dry run with a wrong key',
    false,
    { ...DRY, 'api-token': null, 'api-email': 'owner@example.com', 'api-key': 'x' },
    [],
    /9103/,
  ],
  [
    'a dry run with a token that is disabled',
    false,
    DRY,
    [answer(200, { success: true, result: { status: 'disabled' } })],
    /"disabled"/,
  ],
  [
    'a dry run with a token not valid yet',
    false,
    DRY,
    [answer(200, { success: true, result: { status: 'active', not_before: '2999-01-01T00:00:00Z' } })],
    /not valid before 2999/,
  ],
])('%s', async (_name, passes, inputs, faults, sentence) => {
  const rules = faults.map((fault) => ({ times: 1, fault }))
  const { passed, printed, outputs } = await run({ 'max-attempts': '2', ...inputs }, rules)
  expect(printed).toMatch(sentence)
  expect(passed).toBe(passes)
  expect(outputs.includes('\ntrue\n')).toBe(passes && inputs['dry-run'] === undefined)
})

test.each([
  ['ENOTFOUND', 'https://nowhere.invalid', /host name could not be resolved/],
  ['refused', 'http://127.0.0.1:1', /ECONNREFUSED/],
  ['an IPv6 host', 'http://[::1]:1', /ECONNREFUSED|EADDRNOTAVAIL/],
])('%s', async (_name, url, sentence) => {
  const { passed, printed } = await run({ 'api-base-url': url, 'max-attempts': '1' })
  expect(passed).toBe(false)
  expect(printed).toMatch(sentence)
})

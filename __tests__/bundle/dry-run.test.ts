import { expect, test } from '@jest/globals'
import { DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import type { ApiToken } from '../../embedded-api/organization.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const FORTY = 'token678901234567890123456789012345678901'.slice(0, 40)
const ZONE: With = { 'account-id': null, 'zone-id': DEMO_ZONE_ID }
const UNTOUCHED = {
  revoked: 'false',
  'revoked-count': '0',
  'failed-count': '0',
  failed: '[]',
  report: expect.any(String),
}

async function dryRun(
  token: Partial<ApiToken>,
  inputs: With = {},
): Promise<{ scene: Scene; result: Awaited<ReturnType<Scene['run']>> }> {
  const scene = await Scene.open()
  const whole: ApiToken = {
    kind: 'api-token',
    owner: 'user',
    token: FORTY,
    status: 'active',
    permissions: [],
    ...token,
  }
  scene.organization.credentials.push(whole)
  const result = await scene.run({ 'dry-run': 'true', 'api-token': whole.token, ...inputs })
  await scene.api.stop()
  expect(
    scene.organization.userByEmail(LEAVER)?.sessions.some(({ revokedAt }) => revokedAt !== undefined),
  ).toBe(false)
  expect(scene.api.requests.every(({ method }) => method === 'GET')).toBe(true)
  return { scene, result }
}

const operations = (scene: Scene): unknown[] => scene.api.requests.map(({ operation }) => operation)

test.each<[string, Partial<ApiToken>, With, string[]]>([
  ['a user-owned token', { token: `cfut_${FORTY}01234567` }, {}, ['verify_user_token']],
  ['a user-owned token, for a zone', { token: `cfut_${FORTY}01234567` }, ZONE, ['verify_user_token']],
  [
    'an account-owned token',
    { token: `cfat_${FORTY}01234567`, owner: 'account' },
    {},
    ['verify_account_token'],
  ],
  ['an older token of a user', {}, {}, ['verify_user_token']],
  ['an older token of a user, for a zone', {}, ZONE, ['verify_user_token']],
  ['an older token of an account', { owner: 'account' }, {}, ['verify_user_token', 'verify_account_token']],
  ['a token that expires', { expires_on: '2999-01-01T00:00:00Z' }, {}, ['verify_user_token']],
  ['a token that has begun', { not_before: '2001-01-01T00:00:00Z' }, {}, ['verify_user_token']],
])('%s is green', async (_name, token, inputs, asked) => {
  const { scene, result } = await dryRun(token, inputs)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toEqual(UNTOUCHED)
  expect(operations(scene)).toEqual(asked)
  expect(result.log.join('\n')).toMatch(
    /The API token is active( until 2999-01-01T00:00:00Z)?\. The permission to revoke is not checked\./,
  )
  expect(result.log.join('\n')).toMatch(/leaver@example\.com would be revoked/)
})

test('an account-owned token with a zone cannot be checked, and the log says so', async () => {
  const { scene, result } = await dryRun({ token: `cfat_${FORTY}01234567`, owner: 'account' }, ZONE)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toEqual(UNTOUCHED)
  expect(scene.api.requests).toHaveLength(0)
  expect(result.warnings.at(-1)).toMatch(/account-owned API token cannot be checked with `zone-id`/)
})

test.each<[string, Partial<ApiToken>, With, RegExp]>([
  ['disabled', { status: 'disabled' }, {}, /not active; Cloudflare calls it "disabled"/],
  ['expired', { status: 'expired' }, {}, /not active; Cloudflare calls it "expired"/],
  ['not valid yet', { not_before: '2999-01-01T00:00:00Z' }, {}, /not valid before 2999-01-01T00:00:00Z/],
  ['valid from a time that cannot be read', { not_before: 'soon' }, {}, /not valid before soon/],
  [
    'unknown',
    {},
    { 'api-token': 'unknown' },
    /could not be confirmed: Cloudflare answered 401 Unauthorized: 1000 .*does not know this token/,
  ],
  [
    'unknown, for a zone',
    {},
    { ...ZONE, 'api-token': 'unknown' },
    /1000 .* If an account owns the token, it cannot be checked with `zone-id`/,
  ],
])('a token that is %s is red', async (_name, token, inputs, sentence) => {
  const { result } = await dryRun(token, inputs)
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toEqual({
    revoked: 'false',
    'revoked-count': '0',
    'failed-count': '1',
    failed: JSON.stringify([LEAVER]),
    report: expect.any(String),
  })
  expect(result.errors).toEqual([
    expect.stringMatching(sentence),
    expect.stringMatching(/^Dry run, not finished: 1 skipped\. The run was stopped: The API token /),
  ])
})

test('the Global API key is checked by asking for its user', async () => {
  await using scene = await Scene.open()
  const key = '0123456789abcdef0123456789abcdef01234'
  scene.organization.credentials.push({ kind: 'global-api-key', email: 'owner@example.com', key })
  const green = await scene.run({
    'dry-run': 'true',
    'api-token': null,
    'api-email': 'owner@example.com',
    'api-key': key,
  })
  expect(green.exitCode).toBe(0)
  expect(green.log.join('\n')).toMatch(
    /The Global API key is active\. The permission to revoke is not checked\./,
  )
  const red = await scene.run({
    'dry-run': 'true',
    'api-token': null,
    'api-email': 'other@example.com',
    'api-key': key,
  })
  expect(red.exitCode).toBe(1)
  expect(red.errors[0]).toMatch(
    /The Global API key could not be confirmed.*9103 .*check `api-email` and `api-key`/,
  )
  expect(operations(scene)).toEqual(['user_details', 'user_details'])
})

import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import type { ApiToken } from '../../embedded-api/organization/organization.ts'
import {
  checkCredential,
  chooseCredential,
  type Credential,
  type CredentialCheck,
} from '../../src/cloudflare/credential.ts'
import type { Target } from '../../src/cloudflare/target.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { KEY } from '../support/inputs.ts'
import { Scene } from '../support/scene.ts'

const FORTY = 'token678901234567890123456789012345678901'.slice(0, 40)
const USERS = { token: `cfut_${FORTY}01234567` }
const ACCOUNTS = { token: `cfat_${FORTY}01234567`, owner: 'account' } as const
const OLD_OF_ACCOUNT = { owner: 'account' } as const
const ACCOUNT: Target = { type: 'account', id: DEMO_ACCOUNT_ID }
const ZONE: Target = { type: 'zone', id: DEMO_ZONE_ID }

async function check(
  scene: Scene,
  credential: Credential | undefined,
  target: Target,
): Promise<CredentialCheck> {
  if (credential === undefined) throw new Error('no credential')
  return checkCredential(endpointsAt(scene.api.baseUrl, { credential, target }), credential, target)
}

async function checkToken(
  token: Partial<ApiToken>,
  target: Target,
  sent?: string,
): Promise<{ check: CredentialCheck; asked: unknown[] }> {
  await using scene = await Scene.open()
  const whole: ApiToken = {
    kind: 'api-token',
    owner: 'user',
    token: FORTY,
    status: 'active',
    permissions: [],
    ...token,
  }
  scene.organization.credentials.push(whole)
  const given = { apiToken: sent ?? whole.token, apiEmail: '', apiKey: '' }
  const credential = chooseCredential(given, true).value
  return {
    check: await check(scene, credential, target),
    asked: scene.api.requests.map(({ operation }) => operation),
  }
}

test.each<[string, Partial<ApiToken>, Target, string[]]>([
  ['a user-owned token', USERS, ACCOUNT, ['verify_user_token']],
  ['a user-owned token, for a zone', USERS, ZONE, ['verify_user_token']],
  ['an account-owned token', ACCOUNTS, ACCOUNT, ['verify_account_token']],
  ['an older token of a user', {}, ACCOUNT, ['verify_user_token']],
  ['an older token of a user, for a zone', {}, ZONE, ['verify_user_token']],
  ['an older token of an account', OLD_OF_ACCOUNT, ACCOUNT, ['verify_user_token', 'verify_account_token']],
  ['a token that expires', { expires_on: '2999-01-01T00:00:00Z' }, ACCOUNT, ['verify_user_token']],
  ['a token that has begun', { not_before: '2001-01-01T00:00:00Z' }, ACCOUNT, ['verify_user_token']],
])('%s passes', async (_name, token, target, expected) => {
  const { check: passed, asked } = await checkToken(token, target)
  expect(passed).toEqual({
    verdict: 'passed',
    what: expect.stringMatching(/^The API token is active( until 2999-01-01T00:00:00Z)?$/),
    remedy: 'The permission to revoke is not checked.',
  })
  expect(asked).toEqual(expected)
})

const BEGINS_LATE = { not_before: '2999-01-01T00:00:00Z' }
const NOT_KNOWN = /confirmed: Cloudflare answered 401 Unauthorized: 1000 ".*does not know this token/
const MAYBE_OF_ACCOUNT = /If an account owns the token, it cannot be checked with `zone-id`/

test.each<[string, Partial<ApiToken>, Target, RegExp, string | undefined]>([
  ['disabled', { status: 'disabled' }, ACCOUNT, /not active; Cloudflare calls it "disabled"/, undefined],
  ['expired', { status: 'expired' }, ACCOUNT, /not active; Cloudflare calls it "expired"/, undefined],
  ['not valid yet', BEGINS_LATE, ACCOUNT, /not valid before 2999-01-01T00:00:00Z/, undefined],
  ['unknown', {}, ACCOUNT, NOT_KNOWN, 'unknown'],
  ['unknown, for a zone', {}, ZONE, MAYBE_OF_ACCOUNT, 'unknown'],
  ["an account's older one, for a zone", OLD_OF_ACCOUNT, ZONE, MAYBE_OF_ACCOUNT, undefined],
])('a token that is %s fails', async (_name, token, target, sentence, sent) => {
  const { check: failed } = await checkToken(token, target, sent)
  expect(failed.verdict).toBe('failed')
  expect(`${failed.what}. ${failed.remedy}`).toMatch(sentence)
})

test('a token that is valid from a time that cannot be read fails', async () => {
  await using scene = await Scene.open()
  const result = { id: 'x', status: 'active', not_before: 'soon' }
  scene.inject({ fault: { kind: 'answer', status: 200, body: { success: true, result } } })
  const credential = chooseCredential({ apiToken: FORTY, apiEmail: '', apiKey: '' }, true).value
  expect(await check(scene, credential, ACCOUNT)).toMatchObject({
    verdict: 'failed',
    what: 'The API token is not valid before soon',
  })
})

test('an account-owned token with a zone cannot be checked', async () => {
  const { check: unchecked, asked } = await checkToken(ACCOUNTS, ZONE)
  expect(unchecked).toMatchObject({
    verdict: 'unchecked',
    what: 'An account-owned API token cannot be checked with `zone-id`',
  })
  expect(asked).toEqual([])
})

test('the Global API key is checked by asking for its user', async () => {
  await using scene = await Scene.open()
  scene.organization.credentials.push({ kind: 'global-api-key', email: 'owner@example.com', key: KEY })
  const right: Credential = { kind: 'global-api-key', email: 'owner@example.com', key: KEY }
  expect(await check(scene, right, ACCOUNT)).toMatchObject({
    verdict: 'passed',
    what: 'The Global API key is active',
  })
  const wrong = await check(scene, { ...right, email: 'other@example.com' }, ACCOUNT)
  expect(wrong.verdict).toBe('failed')
  expect(`${wrong.what}. ${wrong.remedy}`).toMatch(
    /^The Global API key could not be confirmed: .*9103 .*check `api-email` and `api-key`/,
  )
  expect(scene.api.requests.map(({ operation }) => operation)).toEqual(['user_details', 'user_details'])
})

test('one that the run has no time for fails, for that reason', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'rate_limited', retryAfter: '9999' } })
  const token: Credential = { kind: 'api-token', token: 'x', owner: 'user' }
  expect((await check(scene, token, ACCOUNT)).what).toMatch(
    /^The API token could not be confirmed: Cloudflare's rate limit leaves no room/,
  )
})

test('a failure without a remedy of its own leads to the secret', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'error', status: 400, code: 1, message: 'No.' } })
  const token: Credential = { kind: 'api-token', token: 'x', owner: 'user' }
  expect(await check(scene, token, ACCOUNT)).toMatchObject({ remedy: 'Check the secret.' })
})

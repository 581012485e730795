import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import type { Fault } from '../../embedded-api/faults/faults.ts'
import type { ApiCredential, ApiToken } from '../../embedded-api/organization/organization.ts'
import { checkCredential, type Credential, type CredentialCheck } from '../../src/cloudflare/credential.ts'
import type { Target } from '../../src/cloudflare/target.ts'
import { problemText } from '../../src/text/problem.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { KEY } from '../support/inputs.ts'
import { Scene } from '../support/scene.ts'

const ACCOUNT: Target = { type: 'account', id: DEMO_ACCOUNT_ID }
const ZONE: Target = { type: 'zone', id: DEMO_ZONE_ID }

/** Checks this credential where another one exists, or where the API has a fault. */
async function check(credential: Credential, target: Target, given: ApiCredential | Fault): Promise<object> {
  await using scene = await Scene.open()
  if (given.kind === 'api-token' || given.kind === 'global-api-key')
    scene.organization.credentials.push(given)
  else scene.inject({ fault: given })
  const endpoints = endpointsAt(scene.api.baseUrl, { credential, target })
  const { verdict, ...found } = await checkCredential(endpoints, credential, target)
  return { verdict, says: problemText(found), asked: scene.api.requests.map(({ operation }) => operation) }
}

type Token = Extract<Credential, { kind: 'api-token' }>
const TOKEN: Token = { kind: 'api-token', token: 'a'.repeat(40), owner: 'unknown' }
const OF_USER: Token = { ...TOKEN, owner: 'user' }
const OF_ACCOUNT: Token = { ...TOKEN, owner: 'account' }
const LOST: Token = { ...TOKEN, token: 'b'.repeat(40) }

const AT_USER = ['verify_user_token']
const AT_BOTH = [...AT_USER, 'verify_account_token']
const ACTIVE = /^The API token is active\. The permission to revoke is not checked\.$/
const UNTIL = /^The API token is active until 2999-01-01T00:00:00Z\./
const NOT_KNOWN = /confirmed: Cloudflare answered 401 Unauthorized: 1000 ".*does not know this token/
const MAYBE_OF_ACCOUNT = /If an account owns the token, it cannot be checked with `zone-id`/
const LATE = '2999-01-01T00:00:00Z'
const OWNED: Partial<ApiToken> = { owner: 'account' }

test.each<[string, CredentialCheck['verdict'], Token, Target, Partial<ApiToken>, RegExp, string[]]>([
  ['of a user', 'passed', OF_USER, ACCOUNT, {}, ACTIVE, AT_USER],
  ['of a user, for a zone', 'passed', OF_USER, ZONE, {}, ACTIVE, AT_USER],
  ['of an account', 'passed', OF_ACCOUNT, ACCOUNT, OWNED, ACTIVE, ['verify_account_token']],
  [
    'of an account, for a zone',
    'unchecked',
    OF_ACCOUNT,
    ZONE,
    OWNED,
    /cannot be checked with `zone-id`\./,
    [],
  ],
  ['of a user, older', 'passed', TOKEN, ACCOUNT, {}, ACTIVE, AT_USER],
  ['of a user, older, for a zone', 'passed', TOKEN, ZONE, {}, ACTIVE, AT_USER],
  ['of an account, older', 'passed', TOKEN, ACCOUNT, OWNED, ACTIVE, AT_BOTH],
  ['of an account, older, for a zone', 'failed', TOKEN, ZONE, OWNED, MAYBE_OF_ACCOUNT, AT_USER],
  ['that expires', 'passed', TOKEN, ACCOUNT, { expires_on: LATE }, UNTIL, AT_USER],
  ['that has begun', 'passed', TOKEN, ACCOUNT, { not_before: '2001-01-01T00:00:00Z' }, ACTIVE, AT_USER],
  [
    'that is not valid yet',
    'failed',
    OF_USER,
    ACCOUNT,
    { not_before: LATE },
    /not valid before 2999/,
    AT_USER,
  ],
  ['that is disabled', 'failed', OF_USER, ACCOUNT, { status: 'disabled' }, /calls it "disabled"/, AT_USER],
  ['that is expired', 'failed', OF_USER, ACCOUNT, { status: 'expired' }, /calls it "expired"/, AT_USER],
  ['that is unknown', 'failed', LOST, ACCOUNT, {}, NOT_KNOWN, AT_BOTH],
  ['that is unknown, for a zone', 'failed', LOST, ZONE, {}, MAYBE_OF_ACCOUNT, AT_USER],
])('a token %s: %s', async (_name, verdict, credential, target, existing, says, asked) => {
  const token: ApiToken = { ...TOKEN, owner: 'user', status: 'active', permissions: [], ...existing }
  const found = await check(credential, target, token)
  expect(found).toEqual({ verdict, says: expect.stringMatching(says), asked })
})

test.each([
  ['owner@example.com', 'passed', /^The Global API key is active\./],
  ['other@example.com', 'failed', /^The Global API key could not be confirmed: .*9103 .*`api-email`/],
])('the Global API key is checked by asking for its user: %s', async (email, verdict, says) => {
  const existing = { kind: 'global-api-key', email: 'owner@example.com', key: KEY } as const
  const found = await check({ ...existing, email }, ACCOUNT, existing)
  expect(found).toEqual({ verdict, says: expect.stringMatching(says), asked: ['user_details'] })
})

const BEGINS_SOON = { success: true, result: { id: 'x', status: 'active', not_before: 'soon' } }

test.each<[string, Fault, RegExp]>([
  ['a time that cannot be read', { kind: 'answer', status: 200, body: BEGINS_SOON }, /not valid before soon/],
  ['no time left', { kind: 'rate_limited', retryAfter: '9999' }, /^The API token could not .* no room/],
  [
    'a failure without a remedy',
    { kind: 'error', status: 400, code: 1, message: 'No.' },
    /Check the secret\.$/,
  ],
])('a check fails with %s', async (_name, fault, says) => {
  expect(await check(OF_USER, ACCOUNT, fault)).toMatchObject({
    verdict: 'failed',
    says: expect.stringMatching(says),
  })
})

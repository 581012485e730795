import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import type { EmbeddedApi } from '../../embedded-api/server.ts'
import { bearer, EARLIER, key, LATER, OFF_ACCOUNT, OTHER_ACCOUNT, startThreeAccounts } from './accounts.ts'
import { call, LOGINS, type RawRequest, REGISTRATIONS, REVOKE, revoke, SEATS, USERS } from './raw-client.ts'

let api: EmbeddedApi

beforeAll(async () => {
  api = await startThreeAccounts()
})

afterAll(() => api.stop())

const body = { email: 'leaver@example.com' }
const seat = { seat_uid: 'x', access_seat: false, gateway_seat: false }
const patch = (seats: unknown): RawRequest => ({ method: 'PATCH', body: seats })
const admin = (value = 'key-1', email = 'admin@example.com'): RawRequest => key(email, value)
const inAccount = (id: string): string => REVOKE.replace(DEMO_ACCOUNT_ID, id)
const ACCOUNT_TOKEN = `/accounts/${DEMO_ACCOUNT_ID}/tokens/verify`

test.each<[string, string, RawRequest, number, number[]]>([
  ['unknown path', '/user/', {}, 404, [7000]],
  ['wrong method', REVOKE, {}, 404, [7000]],
  ['unknown account', inAccount('c'.repeat(32)), { body }, 404, [7003, 7000]],
  ['a zone as account', inAccount(DEMO_ZONE_ID), { body }, 404, [7003, 7000]],
  ['no credentials', REVOKE, { body, headers: { authorization: undefined } }, 400, [9106]],
  ['both schemes', REVOKE, { body, headers: { 'x-auth-key': 'key-1' } }, 400, [6003]],
  ['unknown token', REVOKE, { body, ...bearer('nobody') }, 403, [9109]],
  ['disabled token', REVOKE, { body, ...bearer('disabled') }, 403, [9109]],
  ['expired token', REVOKE, { body, ...bearer('expired') }, 403, [9109]],
  ['token not valid yet', REVOKE, { body, ...bearer('not-yet') }, 403, [9109]],
  ['unknown key', REVOKE, { body, ...admin('key-2') }, 403, [9103]],
  ['key of another email', REVOKE, { body, ...admin('key-1', body.email) }, 403, [9103]],
  ['token as key', REVOKE, { body, ...admin(DEMO_TOKEN) }, 403, [9103]],
  ['key as token', REVOKE, { body, ...bearer('key-1') }, 403, [9109]],
  ['revoking as reader', REVOKE, { body, ...bearer('reader') }, 403, [10000]],
  ['reading as revoker', USERS, bearer('revoker'), 403, [10000]],
  ['reading logins as writer', LOGINS, bearer('writer'), 403, [10000]],
  ['registrations as reader', REGISTRATIONS, bearer('reader'), 403, [10000]],
  ['registrations with a key', REGISTRATIONS, admin(), 403, [10000]],
  ['seats as reader', SEATS, { ...patch([seat]), ...bearer('reader') }, 403, [10000]],
  ['token of another account', REVOKE, { body, ...bearer('other') }, 403, [10000]],
  ['verifying an unknown token', '/user/tokens/verify', bearer('nobody'), 401, [1000]],
  ['verifying a key', '/user/tokens/verify', admin(), 401, [1000]],
  ['account-owned at the user endpoint', '/user/tokens/verify', bearer('account-owned'), 401, [1000]],
  ['user-owned at the account endpoint', ACCOUNT_TOKEN, {}, 401, [1000]],
  ['verifying elsewhere', `/accounts/${OTHER_ACCOUNT}/tokens/verify`, bearer('account-owned'), 403, [10000]],
  ['user details with a token', '/user', {}, 403, [9109]],
  ['Zero Trust off', `/accounts/${OFF_ACCOUNT}/access/users`, bearer('off'), 400, [9999]],
  ['unknown parameter', `${REVOKE}?body_devices=true`, { body }, 400, [10001]],
  ['devices disagreeing', `${REVOKE}?devices=true`, { body: { ...body, devices: false } }, 400, [10001]],
  ['user_uid no UUID', REVOKE, { body: { ...body, user_uid: 'abc' } }, 400, [10001]],
  ['bad email', REVOKE, { body: { email: 'leaver' } }, 400, [10001]],
  ['per_page 1001', `${USERS}?per_page=1001`, {}, 400, [10001]],
  ['cursor of another list', `${REGISTRATIONS}?cursor=x`, {}, 400, [10001]],
  ['seat of nobody', SEATS, patch([seat]), 404, [12130]],
  ['sessions of nobody', `${USERS}/nobody/active_sessions`, {}, 404, [12130]],
])('refuses: %s', async (_, path, request, status, codes) => {
  const answer = await call(api, path, request)
  expect(answer.status).toBe(status)
  expect(answer.json).toMatchObject({
    success: false,
    errors: codes.map((code) => ({ code, message: expect.stringMatching(/./) })),
    messages: [],
    result: null,
  })
  expect(answer.headers['cf-ray']).toMatch(/^[\da-f]{16}-EMB$/)
  expect(api.requests.at(-1)).toMatchObject({ accepted: false, status })
  expect(api.organization.userByEmail(body.email)?.revokedAt).toBeUndefined()
})

test.each(['Basic abc', 'Bearer', 'Bearer a b'])('refuses the header %j', async (authorization) => {
  const { json } = await revoke(api, body.email, { headers: { authorization } })
  expect(json).toMatchObject({ errors: [{ code: 6003, error_chain: [{ code: 6111 }] }] })
})

test('explains why a token is refused', async () => {
  const errorOf = async (name: string): Promise<unknown> =>
    (await call(api, REVOKE, { body, ...bearer(name) })).json
  const page = expect.stringMatching(/^https:\/\/developers\.cloudflare\.com\//)
  expect(await errorOf('reader')).toMatchObject({
    errors: [{ message: 'Forbidden', documentation_url: page }],
  })
  expect(await errorOf('other')).toMatchObject({ errors: [{ message: 'Authentication error' }] })
})

test.each<[string, string, RawRequest, object]>([
  ['the user-owned token', '/user/tokens/verify', {}, { status: 'active' }],
  ['the account-owned one', ACCOUNT_TOKEN, bearer('account-owned'), { status: 'active' }],
  ['a disabled one', ACCOUNT_TOKEN, bearer('disabled'), { status: 'disabled' }],
  ['an expired one', '/user/tokens/verify', bearer('expired'), { status: 'expired', expires_on: EARLIER }],
  ['a later one', '/user/tokens/verify', bearer('not-yet'), { status: 'active', not_before: LATER }],
  ['one without Zero Trust', `/accounts/${OFF_ACCOUNT}/tokens/verify`, bearer('off'), { status: 'active' }],
])('verifies %s', async (_, path, request, status) => {
  const { json } = await call(api, path, request)
  expect(json).toMatchObject({ result: { id: expect.stringMatching(/^[\da-f]{32}$/), ...status } })
})

test('accepts a key, and either permission to revoke', async () => {
  expect((await call(api, '/user', key('Admin@example.com', 'key-1'))).json).toMatchObject({
    result: { email: 'admin@example.com' },
  })
  for (const who of [admin(), bearer('writer'), bearer('revoker')]) {
    expect((await revoke(api, 'intern@example.com', who)).json).toMatchObject({ result: true })
  }
})

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import type { EmbeddedApi } from '../../embedded-api/server.ts'
import { call, LOGINS, type RawRequest, REGISTRATIONS, REVOKE, revoke, SEATS, USERS } from './raw-client.ts'
import {
  bearer,
  key,
  OFF_ACCOUNT,
  OTHER_ACCOUNT,
  startThreeAccounts,
  UNKNOWN_ACCOUNT,
} from './three-accounts.ts'

let api: EmbeddedApi

beforeAll(async () => {
  api = await startThreeAccounts()
})

afterAll(() => api.stop())

const body = { email: 'leaver@example.com' }
const seat = { seat_uid: 'x', access_seat: false, gateway_seat: false }
const patch = (seats: unknown): RawRequest => ({ method: 'PATCH', body: seats })
const notFound = [7003, 7000]
const BIG = JSON.stringify({ ...body, padding: 'x'.repeat(100_000) })

test.each<[string, string, RawRequest, number, number[]]>([
  ['unknown path', '/nowhere', {}, 404, [7000]],
  ['trailing slash', '/user/', {}, 404, [7000]],
  ['list of users of a zone', `/zones/${DEMO_ZONE_ID}/access/users`, {}, 404, [7000]],
  ['verification for a zone', `/zones/${DEMO_ZONE_ID}/tokens/verify`, {}, 404, [7000]],
  [
    'unknown account',
    `/accounts/${UNKNOWN_ACCOUNT}/access/organizations/revoke_user`,
    { body },
    404,
    notFound,
  ],
  [
    'a zone as account',
    `/accounts/${DEMO_ZONE_ID}/access/organizations/revoke_user`,
    { body },
    404,
    notFound,
  ],
  [
    'an account as zone',
    `/zones/${DEMO_ACCOUNT_ID}/access/organizations/revoke_user`,
    { body },
    404,
    notFound,
  ],
  ['list of an unknown account', `/accounts/${UNKNOWN_ACCOUNT}/access/users`, {}, 404, notFound],
  ['wrong method', REVOKE, { body, method: 'PUT' }, 405, [10405]],
  ['revoking by GET', REVOKE, {}, 405, [10405]],
  ['listing by POST', USERS, { body }, 405, [10405]],
  ['no User-Agent', REVOKE, { body, headers: { 'user-agent': undefined } }, 400, [10001]],
  ['no credentials', REVOKE, { body, headers: { authorization: undefined } }, 400, [9106]],
  [
    'a key without email',
    REVOKE,
    { body, headers: { authorization: undefined, 'x-auth-key': 'key-1' } },
    400,
    [9106],
  ],
  ['both schemes', REVOKE, { body, headers: { 'x-auth-key': 'key-1' } }, 400, [6003]],
  ['unknown token', REVOKE, { body, ...bearer('nobody') }, 403, [9109]],
  ['disabled token', REVOKE, { body, ...bearer('disabled') }, 403, [9109]],
  ['expired token', REVOKE, { body, ...bearer('expired') }, 403, [9109]],
  ['token not valid yet', REVOKE, { body, ...bearer('not-yet') }, 403, [9109]],
  ['unknown key', REVOKE, { body, ...key('admin@example.com', 'key-2') }, 403, [9103]],
  ['key of another email', REVOKE, { body, ...key('leaver@example.com', 'key-1') }, 403, [9103]],
  ['token as key', REVOKE, { body, ...key('admin@example.com', DEMO_TOKEN) }, 403, [9103]],
  ['key as token', REVOKE, { body, ...bearer('key-1') }, 403, [9109]],
  ['revoking as reader', REVOKE, { body, ...bearer('reader') }, 403, [10000]],
  ['reading as revoker', USERS, bearer('revoker'), 403, [10000]],
  ['reading as writer', USERS, bearer('writer'), 403, [10000]],
  ['token of another account', REVOKE, { body, ...bearer('other') }, 403, [10000]],
  [
    'account-owned token elsewhere',
    `/accounts/${OTHER_ACCOUNT}/access/users`,
    bearer('account-owned'),
    403,
    [10000],
  ],
  [
    'verifying it elsewhere',
    `/accounts/${OTHER_ACCOUNT}/tokens/verify`,
    bearer('account-owned'),
    403,
    [10000],
  ],
  ['verifying an unknown token', '/user/tokens/verify', bearer('nobody'), 401, [1000]],
  ['verifying a key', '/user/tokens/verify', key('admin@example.com', 'key-1'), 401, [1000]],
  ['account-owned at the user endpoint', '/user/tokens/verify', bearer('account-owned'), 401, [1000]],
  ['user-owned at the account endpoint', `/accounts/${DEMO_ACCOUNT_ID}/tokens/verify`, {}, 401, [1000]],
  ['user details with a token', '/user', {}, 403, [9109]],
  [
    'Zero Trust off',
    `/accounts/${OFF_ACCOUNT}/access/organizations/revoke_user`,
    { body, ...bearer('off') },
    400,
    [9999],
  ],
  ['unknown query parameter', `${REVOKE}?body_devices=true`, { body }, 400, [10001]],
  ['devices=1', `${REVOKE}?devices=1`, { body }, 400, [10001]],
  ['devices twice', `${REVOKE}?devices=true&devices=true`, { body }, 400, [10001]],
  ['devices disagreeing', `${REVOKE}?devices=true`, { body: { ...body, devices: false } }, 400, [10001]],
  ['field of the SDK', REVOKE, { body: { ...body, body_devices: true } }, 400, [10001]],
  ['devices as text', REVOKE, { body: { ...body, devices: 'true' } }, 400, [10001]],
  ['reauth as number', REVOKE, { body: { ...body, warp_session_reauth: 1 } }, 400, [10001]],
  ['user_uid no UUID', REVOKE, { body: { ...body, user_uid: 'abc' } }, 400, [10001]],
  ['user_uid of nobody', REVOKE, { body: { ...body, user_uid: 'd'.repeat(32) } }, 400, [10001]],
  ['no email', REVOKE, { body: {} }, 400, [10001]],
  ['bad email', REVOKE, { body: { email: 'leaver' } }, 400, [10001]],
  ['email no text', REVOKE, { body: { email: null } }, 400, [10001]],
  ['array', REVOKE, { body: [body] }, 400, [10001]],
  ['no JSON', REVOKE, { body: '{email' }, 400, [10001]],
  ['no body', REVOKE, { method: 'POST', headers: { 'content-type': 'application/json' } }, 400, [10001]],
  ['text/plain', REVOKE, { body, headers: { 'content-type': 'text/plain' } }, 400, [10001]],
  ['no content type', REVOKE, { body, headers: { 'content-type': undefined } }, 400, [10001]],
  ['over 100 kB', REVOKE, { body: BIG }, 400, [10001]],
  ['GET with a body', USERS, { body, method: 'GET' }, 400, [10001]],
  ['GET with unknown query', '/user/tokens/verify?x=1', {}, 400, [10001]],
  ['list with unknown query', `${USERS}?mail=x`, {}, 400, [10001]],
  ['page 0', `${USERS}?page=0`, {}, 400, [10001]],
  ['per_page 1001', `${USERS}?per_page=1001`, {}, 400, [10001]],
  ['per_page x', `${USERS}?per_page=x`, {}, 400, [10001]],
  ['registrations as reader', REGISTRATIONS, bearer('reader'), 403, [10000]],
  ['login log as revoker', LOGINS, bearer('revoker'), 403, [10000]],
  ['login log by user_id', `${LOGINS}?user_id=x`, {}, 400, [10001]],
  ['login log in no order', `${LOGINS}?direction=up`, {}, 400, [10001]],
  ['login log since a day', `${LOGINS}?since=2026-11-20`, {}, 400, [10001]],
  ['login log, exactly what', `${LOGINS}?email_exact=yes`, {}, 400, [10001]],
  ['registrations with a key', REGISTRATIONS, key('admin@example.com', 'key-1'), 403, [10000]],
  ['registrations with unknown query', `${REGISTRATIONS}?user=x`, {}, 400, [10001]],
  ['registrations of an unknown status', `${REGISTRATIONS}?status=on`, {}, 400, [10001]],
  ['cursor of another list', `${REGISTRATIONS}?cursor=x`, {}, 400, [10001]],
  ['seats as reader', SEATS, { ...patch([seat]), ...bearer('reader') }, 403, [10000]],
  ['seats by POST', SEATS, { body: [seat] }, 405, [10405]],
  ['one seat', SEATS, patch(seat), 400, [10001]],
  ['half a seat', SEATS, patch([{ seat_uid: 'x', access_seat: false }]), 400, [10001]],
  ['more than a seat', SEATS, patch([{ ...seat, email: 'x' }]), 400, [10001]],
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
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json',
    'cf-ray': expect.stringMatching(/^[\da-f]{16}-EMB$/),
  })
  expect(api.requests.at(-1)).toMatchObject({ accepted: false, status })
  expect(api.organization.userByEmail(body.email)?.sessions.every((s) => s.revokedAt === undefined)).toBe(
    true,
  )
})

test.each(['Basic abc', 'Bearer', 'Bearer a b', 'bearer abc', 'Bearer Bearer abc', 'abc'])(
  'refuses the malformed Authorization header %j',
  async (authorization) => {
    const answer = await revoke(api, body.email, { headers: { authorization } })
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({
      errors: [
        { code: 6003, error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }] },
      ],
    })
  },
)

test.each([
  ['that lacks the permission', REVOKE, 'reader', 'Forbidden', true],
  ['of another account', REVOKE, 'other', 'Authentication error', false],
])('explains the refusal of a token %s', async (_, path, token, message, hasPage) => {
  const { json } = await call(api, path, { body, ...bearer(token) })
  expect(json).toMatchObject({ errors: [{ code: 10000, message }] })
  expect(JSON.stringify(json).includes('"documentation_url":"https://developers.cloudflare.com/')).toBe(
    hasPage,
  )
})

test('says how to switch Zero Trust on', async () => {
  const { json } = await call(api, `/accounts/${OFF_ACCOUNT}/access/users`, bearer('off'))
  expect(json).toMatchObject({
    errors: [{ message: expect.stringMatching(/^access\.api\.error\.not_enabled: /) }],
  })
})

import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { cloudflareDescription, type DescribedRequest } from '../../embedded-api/description/description.ts'
import { violationText } from '../../embedded-api/description/schemas.ts'
import { REGISTRATIONS, REVOKE, USERS } from './raw-client.ts'

const TOKEN = { authorization: 'Bearer x', 'content-type': 'application/json; charset=utf-8' }
const KEY = { 'x-auth-email': 'a@example.com', 'x-auth-key': 'k' }
const GET: DescribedRequest = { method: 'GET', path: USERS, query: '', headers: TOKEN }
const POST: DescribedRequest = {
  method: 'POST',
  path: REVOKE,
  query: '',
  headers: TOKEN,
  body: { email: 'a@example.com' },
}
const zone = `/zones/${DEMO_ZONE_ID}/access/organizations/revoke_user`

const requestViolations = (request: DescribedRequest): string[] =>
  cloudflareDescription().requestViolations(request).map(violationText)

test.each<[string, DescribedRequest, string | RegExp]>([
  ['unknown path', { ...GET, path: `${USERS}/` }, /GET .*users\/ is not in the description/],
  ['another method', { ...GET, method: 'POST' }, /POST .*users is not in the description/],
  [
    'account too long',
    { ...GET, path: USERS.replace(DEMO_ACCOUNT_ID, 'a'.repeat(33)) },
    /^path\/account_id: /,
  ],
  ['unknown parameter', { ...GET, query: 'mail=x' }, 'query: must NOT have additional properties: mail'],
  ['parameter twice', { ...GET, query: 'email=x&email=y' }, 'query/email: must be string'],
  ['no credential', { ...GET, headers: {} }, /but have no credential$/],
  [
    'half a key',
    { ...GET, headers: { 'x-auth-key': 'k' } },
    /must have token, or email with key, but have key$/,
  ],
  ['two credentials', { ...GET, headers: { ...TOKEN, ...KEY } }, /but have token with email with key$/],
  ['a key for registrations', { ...GET, path: REGISTRATIONS, headers: KEY }, /must have token, but/],
  ['a body where there is none', { ...GET, body: {} }, 'body: must be absent'],
  ['no body', { ...GET, method: 'POST', path: REVOKE }, 'body: must be there'],
  ['no content type', { ...POST, headers: { authorization: 'Bearer x' } }, /content type application\/json$/],
  [
    'devices in a zone',
    {
      ...POST,
      path: zone,
      headers: { ...KEY, 'content-type': 'application/json' },
      body: { email: 'a', devices: true },
    },
    /properties: devices$/,
  ],
])('finds in a request: %s', (_, request, text) => {
  expect(requestViolations(request)).toEqual([typeof text === 'string' ? text : expect.stringMatching(text)])
})

const ok = { success: true, errors: [], messages: [] }
const error = { code: 10000, message: 'Authentication error' }
const failed = { success: false, errors: [error], messages: [], result: null }

test.each<[string, string, string, number, unknown, string | undefined]>([
  ['a field that Cloudflare added', 'GET', USERS, 200, { ...ok, result: [{ age: 3 }] }, undefined],
  [
    'null for a time',
    'GET',
    USERS,
    200,
    { ...ok, result: [{ last_successful_login: null }] },
    'answer 200/result/0/last_successful_login: must be string',
  ],
  [
    'null for registrations',
    'GET',
    REGISTRATIONS,
    200,
    { ...ok, result: null },
    'answer 200/result: must be array',
  ],
  [
    'a code below 1000',
    'GET',
    USERS,
    429,
    { ...failed, errors: [{ ...error, code: 971 }] },
    'answer 429/errors/0/code: must be >= 1000',
  ],
  [
    'an unknown status',
    'POST',
    REVOKE,
    201,
    ok,
    'answer 201: is a status that the description does not have',
  ],
  ['an answer to nothing', 'GET', '/nowhere', 200, ok, 'request: GET /nowhere is not in the description'],
])('compares an answer: %s', (_, method, path, status, body, text) => {
  const violations = cloudflareDescription().answerViolations({ method, path }, status, body)
  expect(violations.map(violationText)).toEqual(text === undefined ? [] : [text])
})

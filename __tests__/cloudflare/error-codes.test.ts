import { expect, test } from '@jest/globals'
import { refusal, type RefusingAnswer } from '../../src/cloudflare/error-codes.ts'
import type { NoAnswer } from '../../src/cloudflare/http-exchange.ts'
import { type ApiError, type FailedAttempt, noAnswer } from '../../src/cloudflare/problem.ts'

const PERMISSION = '"Zero Trust Read"'

const refused = (
  status: number,
  error: Partial<ApiError>,
  more: Partial<RefusingAnswer> = {},
): FailedAttempt =>
  refusal({
    status,
    isCloudflares: true,
    errors: [{ message: '', ...error }],
    permission: PERMISSION,
    ...more,
  })

const MEANINGS = {
  refused: { failure: 'refused', scope: 'all_users' },
  'locked out': { failure: 'locked_out', scope: 'all_users' },
  blocked: { failure: 'blocked', scope: 'transient' },
  'may pass': { failure: 'transient', scope: 'transient' },
  'one user': { failure: 'other', scope: 'user' },
  'all users': { failure: 'other', scope: 'all_users' },
} as const
type Meaning = keyof typeof MEANINGS

const NONE = /^none$/

function expectMeaning(
  { failure, problem }: FailedAttempt,
  meaning: Meaning,
  what: RegExp,
  remedy: RegExp,
): void {
  expect({ failure, scope: problem.scope }).toEqual(MEANINGS[meaning])
  expect(problem.what).toMatch(what)
  expect(problem.remedy ?? 'none').toMatch(remedy)
}

// What is not in the table shows Cloudflare's words and nothing invented.
test.each<[number, number | string, string, Meaning, RegExp]>([
  [401, 1000, 'Invalid API Token', 'refused', /^Cloudflare does not know this token/],
  [401, 9109, 'Invalid access token', 'refused', /^Cloudflare does not know this token/],
  [403, 9109, 'Cannot use the access token from location: ::1', 'refused', /^The token is restricted to IP/],
  [
    403,
    9109,
    'Unauthorized to access requested resource',
    'refused',
    /this account and .*"Zero Trust Read"\.$/,
  ],
  [403, 9109, 'Max auth failures reached', 'locked out', /locked it out/],
  [403, 9109, 'Something new', 'refused', NONE],
  [400, 10502, 'Too many authentication failures', 'locked out', /locked it out/],
  [
    403,
    10000,
    'POST not allowed for the api_token authentication scheme',
    'refused',
    /^This call takes no API/,
  ],
  [405, 10405, 'Not allowed for this authentication scheme', 'all users', /use the other kind/],
  [403, 10001, 'Method not allowed for token', 'refused', NONE],
  [403, 10001, 'Unable to authenticate request', 'may pass', NONE],
  [403, 10000, 'Something new', 'refused', NONE],
  [403, 7403, 'The given account is not valid', 'refused', NONE],
  [403, 9103, 'Unknown X-Auth-Key or X-Auth-Email', 'refused', /`api-email` and `api-key`/],
  [400, 6003, 'Invalid request headers', 'all users', /could not read the credential's header/],
  [400, 6103, 'Invalid format for X-Auth-Key header', 'all users', /`X-Auth-Key` header/],
  [400, 1001, 'Missing', 'all users', /no credential that it takes/],
  [404, 7003, 'Could not route to …', 'all users', /account or zone ID is wrong/],
  [404, 7000, 'No route for that URI', 'all users', /account or zone ID is wrong/],
  [403, 9999, 'access.api.error.not_enabled: …', 'refused', /Zero Trust is not set up/],
  [404, 12135, 'access.api.error.not_found', 'one user', /no such object/],
  [400, 'access.api.error.not_found', '', 'one user', /no such object/],
  [400, 12130, 'access.api.error.invalid_request', 'one user', NONE],
  [500, 1, 'access.api.error.internal_server_error', 'may pass', /cloudflarestatus/],
  [400, 1, 'access.api.error.internal_server_error', 'may pass', NONE],
  [429, 10000, 'Authentication error', 'all users', /Check that the token/],
  [400, 'constructor', '', 'one user', NONE],
])('%d with %s %j', (status, code, message, meaning, remedy) => {
  expectMeaning(refused(status, { code, message }), meaning, /^Cloudflare answered/, remedy)
})

test.each([
  ['429', 429, {}],
  ['429 in another form', 429, { isCloudflares: false, errors: [] }],
  ['971 with 400', 400, { errors: [{ code: 971, message: 'Please wait' }] }],
  ['971 as a text', 403, { errors: [{ code: '971', message: 'Please wait' }] }],
  ['10013 with 500', 500, { errors: [{ code: 10013, message: '' }] }],
  ['429 with 200', 200, { errors: [{ code: 429, message: '' }] }],
])('the rate limit: %s', (_name, status, more) => {
  expect(refused(status, {}, more).failure).toBe('rate_limited')
})

test('a valid token that lacks a permission is told so, with the permission and Cloudflare’s link', () => {
  const documentationUrl = 'https://developers.cloudflare.com/fundamentals/api/'
  expect(refused(403, { code: 10000, message: 'Forbidden', documentationUrl }).problem).toMatchObject({
    permission: PERMISSION,
    remedy: `Cloudflare refers to ${documentationUrl} for details. The token is valid, but lacks a permission. Give it the account permission "Zero Trust Read".`,
  })
})

test('an authentication error names the causes that it can have', () => {
  const error = { code: 10000, message: 'Authentication error' }
  expect(refused(401, error).problem.remedy).toMatch(
    /wrong, expired, or disabled.*covers this account.*permission "Zero Trust Read".*IP addresses/,
  )
  // The token itself is fine, so the permission comes first.
  expect(refused(403, error, { isAccepted: true }).problem.remedy).toMatch(
    /^Cloudflare accepted the token for another call, so check first that it has the account permission "Zero Trust Read", then/,
  )
  expect(refused(403, error, { permission: undefined }).problem.permission).toBeUndefined()
})

test('the end of an error chain says more than its beginning', () => {
  const errors = [6003, 6111].map((code) => ({ code, message: 'Invalid' }))
  expect(refused(400, {}, { errors }).problem.remedy).toMatch(/`Authorization` header/)
})

test.each<[number, isCloudflares: boolean, Meaning, what: RegExp, remedy: RegExp]>([
  [200, true, 'one user', /^Cloudflare answered 200 OK with "success": false$/, NONE],
  [302, false, 'one user', /redirect \(302 Found\), which is not followed$/, /`api-base-url`.*login/],
  [400, true, 'one user', /^Cloudflare answered 400 Bad Request$/, NONE],
  [400, false, 'one user', /400 Bad Request$/, /proxy or firewall/],
  [401, true, 'refused', /^Cloudflare answered 401 Unauthorized$/, NONE],
  [401, false, 'all users', /401 Unauthorized$/, /`api-base-url`.*login/],
  [403, true, 'refused', /^Cloudflare answered 403 Forbidden$/, NONE],
  [
    403,
    false,
    'blocked',
    /^Something in front of Cloudflare's API answered 403 Forbidden$/,
    /runner's IP address/,
  ],
  [407, false, 'all users', /407 Proxy Authentication Required$/, /`HTTPS_PROXY`/],
  [404, true, 'one user', /404 Not Found$/, NONE],
  [404, false, 'all users', /404 Not Found$/, /This is not the API/],
  [408, true, 'may pass', /408 Request Timeout$/, NONE],
  [425, false, 'may pass', /425 Too Early$/, /proxy or firewall/],
  [599, true, 'may pass', /^Cloudflare answered 599$/, /cloudflarestatus/],
])('%d, in the form of the API: %s', (status, isCloudflares, meaning, what, remedy) => {
  expectMeaning(refused(status, {}, { isCloudflares, errors: [] }), meaning, what, remedy)
})

test('an answer of something in front of the API says nothing about the token', () => {
  const { problem } = refused(403, { code: 10000, message: 'Forbidden' }, { isCloudflares: false })
  expect(problem.permission).toBeUndefined()
  expect(problem.remedy).not.toMatch(/token|permission/i)
})

test.each([
  ['https://developers.cloudflare.com/a', true],
  ['https://cloudflare.com/a', true],
  ['http://developers.cloudflare.com/a', false],
  ['https://developers.cloudflare.com.example/a', false],
  ['https://notcloudflare.com/a', false],
  ['https://user@cloudflare.com/a', false],
  ['https://cloudflare.com:444/a', false],
  [`https://cloudflare.com/${'a'.repeat(300)}`, false],
  ['javascript:alert(1)', false],
  ['cloudflare.com', false],
])('a link to the documentation is repeated if it is one: %s', (documentationUrl, isOne) => {
  const { remedy } = refused(400, { documentationUrl }).problem
  expect(remedy).toBe(isOne ? `Cloudflare refers to ${documentationUrl} for details.` : undefined)
})

test.each<[NoAnswer['cause'], string | undefined, Meaning, RegExp, RegExp]>([
  ['timeout', undefined, 'may pass', /No complete answer arrived in time/, /`request-timeout`/],
  ['too_large', undefined, 'may pass', /larger than any/, /proxy or firewall/],
  ['cancelled', undefined, 'may pass', /The run was cancelled/, NONE],
  ['network', undefined, 'may pass', /^The connection failed$/, /HTTPS_PROXY/],
  ['network', 'ECONNRESET', 'may pass', /failed \(ECONNRESET\)$/, /HTTPS_PROXY/],
  ['network', 'EAI_AGAIN', 'may pass', /EAI_AGAIN/, /could not be resolved/],
  ['network', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'may pass', /ISSUER_CERT/, /NODE_EXTRA_CA_CERTS/],
  ['network', 'ERR_TLS_CERT_ALTNAME_INVALID', 'may pass', /ALTNAME/, /NODE_EXTRA_CA_CERTS/],
  ['proxy', '502', 'may pass', /^The proxy answered 502 Bad Gateway to CONNECT$/, /Check `HTTPS_PROXY`/],
  ['proxy', '407', 'all users', /^The proxy answered 407 Proxy .* to CONNECT$/, /user name and the password/],
])('no answer: %s %s', (cause, code, meaning, what, remedy) => {
  const given: NoAnswer = { kind: 'no_answer', cause, ...(code !== undefined && { code }) }
  expectMeaning(noAnswer(given), meaning, what, remedy)
})

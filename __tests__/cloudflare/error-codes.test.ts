import { expect, test } from '@jest/globals'
import { refusal, type RefusingAnswer } from '../../src/cloudflare/error-codes.ts'
import type { NoAnswer } from '../../src/cloudflare/http-exchange.ts'
import { type ApiError, type ApiProblem, type FailedAttempt, noAnswer } from '../../src/cloudflare/problem.ts'

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

test.each<
  [number, number | string, string, FailedAttempt['failure'], ApiProblem['scope'], RegExp | undefined]
>([
  [401, 1000, 'Invalid API Token', 'refused', 'all_users', /^Cloudflare does not know this token/],
  [401, 9109, 'Invalid access token', 'refused', 'all_users', /^Cloudflare does not know this token/],
  [
    403,
    9109,
    'Cannot use the access token from location: 203.0.113.7',
    'refused',
    'all_users',
    /^The token is restricted to IP addresses, and the runner's is not among them: add it to the token, or use a runner with an allowed address\.$/,
  ],
  [
    403,
    9109,
    'Unauthorized to access requested resource',
    'refused',
    'all_users',
    /covers this account and has the account permission "Zero Trust Read"\.$/,
  ],
  [403, 9109, 'Max auth failures reached', 'locked_out', 'all_users', /locked it out/],
  [403, 9109, 'Something new', 'refused', 'all_users', undefined],
  [400, 10502, 'Too many authentication failures', 'locked_out', 'all_users', /locked it out/],
  [
    403,
    10000,
    'POST method not allowed for the api_token authentication scheme',
    'refused',
    'all_users',
    /^This call takes no API token: use `api-email` and `api-key`\.$/,
  ],
  [
    405,
    10405,
    'Method not allowed for this authentication scheme',
    'other',
    'all_users',
    /use the other kind/,
  ],
  [403, 10001, 'Method not allowed for token', 'refused', 'all_users', undefined],
  [403, 10001, 'Unable to authenticate request', 'transient', 'transient', undefined],
  [403, 10000, 'Something new', 'refused', 'all_users', undefined],
  [403, 7403, 'The given account is not valid', 'refused', 'all_users', undefined],
  [403, 9103, 'Unknown X-Auth-Key or X-Auth-Email', 'refused', 'all_users', /`api-email` and `api-key`/],
  [400, 6003, 'Invalid request headers', 'other', 'all_users', /could not read the credential's header/],
  [400, 6103, 'Invalid format for X-Auth-Key header', 'other', 'all_users', /`X-Auth-Key` header/],
  [400, 1001, 'Missing', 'other', 'all_users', /no credential that it takes/],
  [404, 7003, 'Could not route to …', 'other', 'all_users', /account or zone ID is wrong/],
  [404, 7000, 'No route for that URI', 'other', 'all_users', /account or zone ID is wrong/],
  [403, 9999, 'access.api.error.not_enabled: …', 'refused', 'all_users', /Zero Trust is not set up/],
  [404, 12135, 'access.api.error.not_found', 'other', 'user', /no such object/],
  [400, 'access.api.error.not_found', '', 'other', 'user', /no such object/],
  [400, 12130, 'access.api.error.invalid_request', 'other', 'user', undefined],
  [500, 1, 'access.api.error.internal_server_error', 'transient', 'transient', undefined],
  [400, 1, 'access.api.error.internal_server_error', 'transient', 'transient', undefined],
  [429, 10000, 'Authentication error', 'other', 'all_users', /Check that the token/],
  [400, 'constructor', '', 'other', 'user', undefined],
])('%d with %s %j', (status, code, message, failure, scope, remedy) => {
  const attempt = refused(status, { code, message })
  expect(attempt).toMatchObject({ failure, problem: { scope } })
  // What is not in the table shows Cloudflare's words and nothing invented.
  if (status >= 500) return
  if (remedy === undefined) expect(attempt.problem.remedy).toBeUndefined()
  else expect(attempt.problem.remedy).toMatch(remedy)
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
  const errors = [
    { code: 6003, message: 'Invalid request headers' },
    { code: 6111, message: 'Invalid format for Authorization header' },
  ]
  expect(refusal({ status: 400, isCloudflares: true, errors }).problem.remedy).toMatch(
    /`Authorization` header/,
  )
})

test.each<[number, boolean, FailedAttempt['failure'], ApiProblem['scope'], RegExp, RegExp | undefined]>([
  [200, true, 'other', 'user', /^Cloudflare answered 200 OK with "success": false$/, undefined],
  [302, false, 'other', 'user', /redirect \(302 Found\), which is not followed$/, /`api-base-url`.*login/],
  [400, true, 'other', 'user', /^Cloudflare answered 400 Bad Request$/, undefined],
  [400, false, 'other', 'user', /400 Bad Request$/, /proxy or firewall/],
  [401, true, 'refused', 'all_users', /^Cloudflare answered 401 Unauthorized$/, undefined],
  [401, false, 'other', 'all_users', /401 Unauthorized$/, /`api-base-url`.*login/],
  [403, true, 'refused', 'all_users', /^Cloudflare answered 403 Forbidden$/, undefined],
  [
    403,
    false,
    'blocked',
    'transient',
    /^Something in front of Cloudflare's API answered 403 Forbidden$/,
    /runner's IP address/,
  ],
  [407, false, 'other', 'all_users', /407 Proxy Authentication Required$/, /`HTTPS_PROXY`/],
  [404, true, 'other', 'user', /404 Not Found$/, undefined],
  [404, false, 'other', 'all_users', /404 Not Found$/, /This is not the API/],
  [408, true, 'transient', 'transient', /408 Request Timeout$/, undefined],
  [425, false, 'transient', 'transient', /425 Too Early$/, /proxy or firewall/],
  [599, true, 'transient', 'transient', /^Cloudflare answered 599$/, /cloudflarestatus/],
])('%d, in the form of the API: %s', (status, isCloudflares, failure, scope, what, remedy) => {
  const attempt = refusal({ status, isCloudflares, errors: [], permission: PERMISSION })
  expect(attempt).toMatchObject({ failure, problem: { scope, what: expect.stringMatching(what) } })
  if (remedy === undefined) expect(attempt.problem.remedy).toBeUndefined()
  else expect(attempt.problem.remedy).toMatch(remedy)
})

test('an answer of something in front of the API says nothing about the token', () => {
  const errors = [{ code: 10000, message: 'Forbidden' }]
  const { problem } = refusal({ status: 403, isCloudflares: false, errors, permission: PERMISSION })
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

test.each<[NoAnswer, RegExp, RegExp | undefined]>([
  [{ kind: 'no_answer', cause: 'timeout' }, /No complete answer arrived in time/, /`request-timeout`/],
  [{ kind: 'no_answer', cause: 'too_large' }, /larger than any/, /proxy or firewall/],
  [{ kind: 'no_answer', cause: 'cancelled' }, /The run was cancelled/, undefined],
  [{ kind: 'no_answer', cause: 'network' }, /^The connection failed$/, /HTTPS_PROXY/],
  [{ kind: 'no_answer', cause: 'network', code: 'ECONNRESET' }, /failed \(ECONNRESET\)$/, /HTTPS_PROXY/],
  [{ kind: 'no_answer', cause: 'network', code: 'EAI_AGAIN' }, /EAI_AGAIN/, /could not be resolved/],
  [
    { kind: 'no_answer', cause: 'network', code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
    /ISSUER_CERT/,
    /NODE_EXTRA_CA_CERTS/,
  ],
  [
    { kind: 'no_answer', cause: 'network', code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    /ALTNAME/,
    /NODE_EXTRA_CA_CERTS/,
  ],
  [
    { kind: 'no_answer', cause: 'proxy', code: '502' },
    /^The proxy answered 502 Bad Gateway to CONNECT$/,
    /Check `HTTPS_PROXY`/,
  ],
])('%j', (exchange, what, remedy) => {
  const { failure, problem } = noAnswer(exchange)
  expect(failure).toBe('transient')
  expect(problem.scope).toBe('transient')
  expect(problem.what).toMatch(what)
  if (remedy === undefined) expect(problem.remedy).toBeUndefined()
  else expect(problem.remedy).toMatch(remedy)
})

test('a proxy that asks for a login is not asked again', () => {
  expect(noAnswer({ kind: 'no_answer', cause: 'proxy', code: '407' })).toMatchObject({
    failure: 'other',
    problem: {
      what: 'The proxy answered 407 Proxy Authentication Required to CONNECT',
      remedy: expect.stringMatching(/user name and the password/),
      scope: 'all_users',
    },
  })
})

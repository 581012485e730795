import { expect, test } from '@jest/globals'
import { proxyRefusal, refusal } from '../../src/cloudflare/http-status.ts'

test.each<[status: number, enveloped: boolean, scope: string, what: RegExp, remedy: RegExp | undefined]>([
  [200, true, 'user', /^Cloudflare answered 200 OK with "success": false$/, undefined],
  [302, false, 'user', /redirect \(302 Found\), which is not followed$/, /`api-base-url`.*login/],
  [400, true, 'user', /^Cloudflare answered 400 Bad Request$/, undefined],
  [400, false, 'user', /400 Bad Request$/, /proxy or firewall/],
  [401, true, 'all_users', /^Cloudflare answered 401 Unauthorized$/, /holds the whole token/],
  [403, true, 'all_users', /^Cloudflare answered 403 Forbidden$/, /may not do this.*the whole token/],
  [
    403,
    false,
    'transient',
    /^Something in front of Cloudflare's API answered 403 Forbidden$/,
    /runner's IP address/,
  ],
  [407, false, 'all_users', /407 Proxy Authentication Required$/, /`HTTPS_PROXY`/],
  [404, true, 'user', /404 Not Found$/, undefined],
  [404, false, 'all_users', /404 Not Found$/, /This is not the API/],
  [408, true, 'transient', /408 Request Timeout$/, undefined],
  [599, true, 'transient', /^Cloudflare answered 599$/, /cloudflarestatus/],
])('%d, in an envelope: %s', (status, enveloped, scope, what, remedy) => {
  const problem = refusal(status, enveloped, [])
  expect(problem.scope).toBe(scope)
  expect(problem.what).toMatch(what)
  if (remedy === undefined) expect(problem.remedy).toBeUndefined()
  else expect(problem.remedy).toMatch(remedy)
})

test.each([
  [403, [], 'Give the token the account permission "Zero Trust Read".'],
  [403, [{ code: 10000, message: '' }], 'Give the token the account permission "Zero Trust Read".'],
  [403, [{ code: 9109, message: '' }], 'Give the token the account permission "Zero Trust Read".'],
  [401, [{ code: 10000, message: '' }], undefined],
  [400, [{ code: 1000, message: '' }], undefined],
  [404, [{ code: 7003, message: '' }], undefined],
] as const)('%d with %j and the permission that may be missing', (status, errors, remedy) => {
  const problem = refusal(status, true, errors, 'Zero Trust Read')
  expect(problem.permission).toBe(remedy === undefined ? undefined : 'Zero Trust Read')
  if (remedy === undefined) expect(problem.remedy).not.toMatch(/Zero Trust Read/)
  else expect(problem.remedy).toContain(remedy)
})

test('a refusal by something in front of the API says nothing about the token', () => {
  const { remedy, permission } = refusal(403, false, [], 'Zero Trust Read')
  expect(permission).toBeUndefined()
  expect(remedy).not.toMatch(/token|permission/i)
})

test('a link to the documentation is repeated', () => {
  const documentationUrl = 'https://developers.cloudflare.com/fundamentals/api/'
  const { remedy } = refusal(
    403,
    true,
    [{ code: 10000, message: 'Forbidden', documentationUrl }],
    'Zero Trust Read',
  )
  expect(remedy).toBe(
    `The token is valid, but it lacks the permission, or the account is not one of its accounts. Cloudflare refers to ${documentationUrl} for details. Give the token the account permission "Zero Trust Read".`,
  )
})

test.each([
  [
    407,
    'all_users',
    /^The proxy answered 407 Proxy Authentication Required to CONNECT$/,
    /user name and the password/,
  ],
  [502, 'transient', /^The proxy answered 502 Bad Gateway to CONNECT$/, /Check `HTTPS_PROXY`/],
])('a proxy that answers %d to CONNECT', (status, scope, what, remedy) => {
  expect(proxyRefusal(status)).toMatchObject({
    scope,
    what: expect.stringMatching(what),
    remedy: expect.stringMatching(remedy),
  })
})

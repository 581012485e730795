import { expect, test } from '@jest/globals'
import { refusal } from '../../src/cloudflare/http-status.ts'

test.each<[status: number, enveloped: boolean, scope: string, what: RegExp, remedy: RegExp | undefined]>([
  [200, true, 'user', /^Cloudflare answered 200 OK with "success": false$/, undefined],
  [302, false, 'user', /redirect \(302 Found\), which is not followed$/, /`api-base-url`.*login/],
  [400, true, 'user', /^Cloudflare answered 400 Bad Request$/, undefined],
  [400, false, 'user', /400 Bad Request$/, /proxy or firewall/],
  [403, false, 'all_users', /403 Forbidden$/, /firewall refused the runner/],
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

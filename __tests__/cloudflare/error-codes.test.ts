import { expect, test } from '@jest/globals'
import { documentationAdvice, hintFor, permissionAdvice } from '../../src/cloudflare/error-hints.ts'

test.each<[number | string, RegExp, boolean]>([
  [10000, /lacks the permission or the account/, true],
  [1000, /does not know this token/, true],
  [9109, /does not accept this token/, true],
  [9106, /no usable credential/, true],
  [9103, /`api-email` and `api-key`/, true],
  [6003, /could not read the credential's header/, true],
  [6103, /could not read the `X-Auth-Key` header/, true],
  [1001, /no credential that it takes/, true],
  [7003, /account or zone ID is wrong/, true],
  [7000, /account or zone ID is wrong/, true],
  [10502, /locked it out/, true],
  [971, /1,200 calls in 5 minutes/, false],
  [10013, /1,200 calls in 5 minutes/, false],
  [429, /1,200 calls in 5 minutes/, false],
  ['access.api.error.not_enabled', /Zero Trust is not set up/, true],
  ['access.api.error.not_found', /no such object/, false],
])('code %s', (code, remedy, affectsAllUsers) => {
  const hint = hintFor([{ code, message: '' }])
  expect(hint?.remedy).toMatch(remedy)
  expect(hint?.affectsAllUsers).toBe(affectsAllUsers)
})

test('the end of an error chain says more than its beginning', () => {
  const hint = hintFor([
    { code: 6003, message: 'Invalid request headers' },
    { code: 6111, message: 'Invalid format for Authorization header' },
  ])
  expect(hint?.remedy).toMatch(/`Authorization` header/)
})

test('a code can stand in the message', () => {
  expect(hintFor([{ code: 9999, message: 'access.api.error.not_enabled: …' }])?.remedy).toMatch(
    /Zero Trust is not set up/,
  )
})

test('a token that is not accepted lacks no permission', () => {
  expect(hintFor([{ code: 9109, message: 'Invalid access token' }])?.permission).toBeUndefined()
  const unauthorized = { code: 9109, message: 'Unauthorized to access requested resource' }
  expect(hintFor([unauthorized])?.permission).toBe(true)
})

test('a valid token without a permission gets another hint than a wrong one', () => {
  const hint = hintFor([{ code: 10000, message: 'Forbidden' }])
  expect(hint).toMatchObject({ permission: true, affectsAllUsers: true })
  expect(hint?.remedy).toMatch(/^The token is valid/)
  expect(hintFor([{ code: 10000, message: 'Authentication error' }])?.remedy).toMatch(
    /^The token is wrong, or/,
  )
})

test('unknown codes carry no hint', () => {
  expect(hintFor([])).toBeUndefined()
  expect(hintFor([{ code: 'constructor', message: '' }, { message: '' }])).toBeUndefined()
})

test('a permission is named as the dashboard names it, too', () => {
  expect(permissionAdvice('Access: Organizations Revoke')).toBe(
    'Give the token the account permission "Access: Organizations Revoke" (the dashboard may call it "Access: Organizations, Identity Providers, and Groups Revoke").',
  )
  expect(permissionAdvice('Zero Trust Read')).toBe('Give the token the account permission "Zero Trust Read".')
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
  const advice = documentationAdvice([{ message: '' }, { message: '', documentationUrl }])
  expect(advice).toEqual(isOne ? [`Cloudflare refers to ${documentationUrl} for details.`] : [])
})

import { expect, test } from '@jest/globals'
import { hintFor } from '../../src/cloudflare/error-hints.ts'

test.each<[number, number | string, RegExp, boolean]>([
  [403, 10000, /lacks the permission or the account/, true],
  [401, 1000, /does not know this token/, true],
  [403, 9109, /does not accept this token/, true],
  [400, 9106, /no usable credential/, true],
  [403, 9103, /`api-email` and `api-key`/, true],
  [400, 6003, /could not read the credential's header/, true],
  [404, 7003, /account or zone ID is wrong/, true],
  [404, 7000, /account or zone ID is wrong/, true],
  [429, 10502, /locked it out/, true],
  [429, 971, /1,200 calls in 5 minutes/, false],
  [429, 10013, /1,200 calls in 5 minutes/, false],
  [429, 429, /1,200 calls in 5 minutes/, false],
  [400, 'access.api.error.not_enabled', /Zero Trust is not set up/, true],
  [404, 'access.api.error.not_found', /no such object/, false],
])('%d with code %s', (status, code, remedy, everyone) => {
  const hint = hintFor(status, [{ code, message: '' }])
  expect(hint?.remedy).toMatch(remedy)
  expect(hint?.affectsAllUsers).toBe(everyone)
})

test('the end of an error chain says more than its beginning', () => {
  const hint = hintFor(400, [
    { code: 6003, message: 'Invalid request headers' },
    { code: 6111, message: 'Invalid format for Authorization header' },
  ])
  expect(hint?.remedy).toMatch(/`Authorization` header/)
})

test('a code can stand in the message', () => {
  expect(hintFor(400, [{ code: 9999, message: 'access.api.error.not_enabled: …' }])?.remedy).toMatch(
    /Zero Trust is not set up/,
  )
})

test('a token that is not accepted lacks no permission', () => {
  expect(hintFor(403, [{ code: 9109, message: 'Invalid access token' }])?.permission).toBeUndefined()
  const unauthorized = { code: 9109, message: 'Unauthorized to access requested resource' }
  expect(hintFor(403, [unauthorized])?.permission).toBe(true)
})

test('unknown codes: 401 and 403 concern everyone, other statuses carry no hint', () => {
  expect(hintFor(401, [])?.affectsAllUsers).toBe(true)
  expect(hintFor(403, [{ code: 'constructor', message: '' }])?.affectsAllUsers).toBe(true)
  expect(hintFor(400, [{ message: '' }])).toBeUndefined()
  expect(hintFor(403, [{ code: 'access.api.error.not_found', message: '' }])?.affectsAllUsers).toBe(true)
})

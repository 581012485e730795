import { expect, test } from '@jest/globals'
import * as v from 'valibot'
import { readAttempt, type ReadAttempt } from '../../src/cloudflare/answer.ts'

const read = (status: number, body: string, headers: Record<string, string> = {}): ReadAttempt<boolean> =>
  readAttempt({ kind: 'answer', status, headers, body, receivedAt: 0 }, { result: v.boolean() }, 'secret')

const refusedWith = (...errors: object[]): string => JSON.stringify({ success: false, errors, result: null })
const error = (code: number | string, more: object = {}): object => ({ code, message: 'No.', ...more })

test.each<[string, number, string, boolean]>([
  ['971 with 200', 200, refusedWith(error(971)), true],
  ['971 in an error chain', 400, refusedWith(error(1, { error_chain: [error(971)] })), true],
  ['971 and success', 200, JSON.stringify({ success: true, errors: [error(971)], result: true }), false],
  ['success', 200, JSON.stringify({ success: true, result: true }), false],
])('the rate limit: %s', (_name, status, body, isRateLimited) => {
  expect(read(status, body).isRateLimited).toBe(isRateLimited)
})

test.each<[string, string, Readonly<Record<string, string>>]>([
  ['HTML', '<!DOCTYPE html><title>Just a moment...</title>', {}],
  ['a challenge', refusedWith(error(10000)), { 'cf-mitigated': 'challenge' }],
  ['an error code of the firewall', 'error code: 1020', {}],
  ['JSON of something else', '{"error":"blocked"}', {}],
])('403 with %s does not come from the API, and may pass', (_name, body, headers) => {
  const { answer } = read(403, body, headers)
  expect(answer).toMatchObject({ kind: 'problem', failure: 'blocked', problem: { scope: 'transient' } })
})

test('a link to the documentation is read, unless it is not text', () => {
  const link = 'https://developers.cloudflare.com/'
  const errors = [error(1, { documentation_url: link }), error(2, { documentation_url: 7 })]
  const { answer } = read(403, refusedWith(...errors))
  expect(answer.kind === 'problem' ? answer.problem.errors : []).toEqual([
    { code: 1, message: 'No.', documentationUrl: link },
    { code: 2, message: 'No.' },
  ])
})

test.each([
  ['Wed, 25 Nov 2026 08:00:00 GMT', Date.UTC(2026, 10, 25, 8)],
  ['Thu, 25 Nov 2026 08:00:00 GMT', undefined],
  ['Wednesday, 25-Nov-26 08:00:00 GMT', undefined],
  ['Wed Nov 25 08:00:00 2026', undefined],
  ['Wed, 25 Nov 2026 08:00:00 UTC', undefined],
  ['2026-11-25T08:00:00Z', undefined],
  ['', undefined],
])('the time of an answer: %s', (date, read_) => {
  const { answer } = read(200, JSON.stringify({ success: true, result: true }), { date })
  expect(answer.kind === 'result' ? answer.date : 0).toBe(read_)
})

import { expect, test } from '@jest/globals'
import * as v from 'valibot'
import { readAnswer } from '../../src/cloudflare/answer.ts'

test.each([
  ['<html>', "Something answered 200 OK, but not in the form of Cloudflare's API"],
  ['{"success":1}', "Something answered 200 OK, but not in the form of Cloudflare's API"],
  ['{"success":true}', 'Cloudflare answered 200 OK, but without the result that its API reference promises'],
  [
    '{"success":true,"result":"true"}',
    'Cloudflare answered 200 OK, but without the result that its API reference promises',
  ],
])('%s is no result', (body, what) => {
  const exchange = { kind: 'answer', status: 200, headers: {}, body, receivedAt: 0 } as const
  const answer = readAnswer(
    exchange,
    { result: v.boolean() },
    { kind: 'api-token', token: 'x', owner: 'user' },
  )
  expect(answer).toMatchObject({ kind: 'problem', problem: { what, scope: 'transient' } })
})

test('a status below 200 is that of no answer', () => {
  const body = '{"success":true,"result":true}'
  const exchange = { kind: 'answer', status: 101, headers: {}, body, receivedAt: 0 } as const
  expect(
    readAnswer(exchange, { result: v.boolean() }, { kind: 'api-token', token: 'x', owner: 'user' }),
  ).toMatchObject({
    kind: 'problem',
    problem: { what: expect.stringMatching(/HTTP status 101, which no answer can have/) },
  })
})

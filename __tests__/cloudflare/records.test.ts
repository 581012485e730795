import { expect, test } from '@jest/globals'
import * as v from 'valibot'
import { AccessUser, Registration, Session } from '../../src/cloudflare/records.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { AnsweringServer, httpAnswer, success } from './answering-server.ts'

const registration = (more: object): Registration => v.parse(Registration, { id: 'r', ...more })

test.each<[string, unknown, Registration['revokedAt']]>([
  ['a time', '2026-11-25T08:00:00Z', { at: Date.UTC(2026, 10, 25, 8) }],
  [
    'a time with an offset and a fraction',
    '2026-11-25T08:00:00.25+01:00',
    { at: Date.UTC(2026, 10, 25, 7, 0, 0, 250) },
  ],
  ["Go's time that is not set", '0001-01-01T00:00:00Z', { at: -62_135_596_800_000 }],
  ['null', null, 'absent'],
  ['an empty text', '', 'unreadable'],
  ['zero', '0', 'unreadable'],
  ['a number', 1_764_057_600, 'unreadable'],
  ['a year', '2020', 'unreadable'],
  ['a day', '2026-11-25', 'unreadable'],
  ['a time without its offset', '2026-11-25T08:00:00', 'unreadable'],
  ['a day that no calendar has', '2026-02-30T08:00:00Z', 'unreadable'],
  ['a month that no calendar has', '2026-13-01T08:00:00Z', 'unreadable'],
  ['an hour that no day has', '2026-11-25T24:00:00Z', 'unreadable'],
  ['the form of HTTP', 'Wed, 25 Nov 2026 08:00:00 GMT', 'unreadable'],
])('the times in a record: %s', (_name, given, read) => {
  const user = v.parse(AccessUser, { id: 'u', email: 'a@example.com', last_successful_login: given })
  expect(user.last_successful_login).toEqual(read)
  expect(registration({ revoked_at: given }).revokedAt).toEqual(read)
  expect(registration({ deleted_at: given }).deletedAt).toEqual(read)
  expect(registration({ created_at: given }).createdAt).toEqual(read)
})

test('a registration that says nothing of times has none', () => {
  expect(registration({})).toMatchObject({ createdAt: 'absent', revokedAt: 'absent', deletedAt: 'absent' })
})

test('a list that contradicts itself about a registration is not read', async () => {
  const active = { id: 'r', device: { id: 'd', name: 'laptop' } }
  const revoked = { ...active, revoked_at: '2026-11-25T08:00:00Z' }
  const answers = [
    [active, { ...active }],
    [active, revoked],
  ].map((result) => httpAnswer(200, success({ result, result_info: { cursor: null } })))
  await using server = new AnsweringServer(...answers)
  const endpoints = endpointsAt(await server.start())
  const read = async (): Promise<unknown> => endpoints.registrations(['u'], 'all', 'a user')
  expect(await read()).toMatchObject({ kind: 'result', result: [{ id: 'r', revokedAt: 'absent' }] })
  expect(await read()).toMatchObject({ kind: 'problem', problem: { scope: 'user' } })
})

test('white space around an address is removed', () => {
  expect(v.parse(AccessUser, { id: 'u', email: ' a@example.com\u00a0' }).email).toBe('a@example.com')
  expect(registration({ user: { email: '\ta@example.com ' } }).owner.email).toBe('a@example.com')
  expect(registration({ user: { email: ' ' } }).owner.email).toBeUndefined()
})

test.each<[string, unknown, Session]>([
  ['nonce and name', { name: 'n', metadata: { nonce: 'o', iat: 5 } }, { keys: ['o', 'n'], iat: 5 }],
  ['a nonce alone', { metadata: { nonce: 'o', iat: 5 } }, { keys: ['o'], iat: 5 }],
  ['a name alone', { name: 'n' }, { keys: ['n'], iat: undefined }],
  ['neither', 'session', { keys: [], iat: undefined }],
])('a session is known again by %s', (_name, given, session) => {
  expect(v.parse(Session, given)).toEqual(session)
})

const SINCE = Date.UTC(2026, 10, 25)

test('logins of a user are listed as far as Cloudflare says what they are', async () => {
  const login = {
    action: 'login',
    user_email: ' Ann@example.com',
    created_at: '2026-11-25T12:03:00Z',
    app_domain: 'grafana.example.com',
    connection: 'onetimepin',
    ip_address: '203.0.113.7',
    allowed: true,
    ray_id: '0123456789abcdef',
  }
  const bare = { user_email: 'ann@example.com', created_at: '2026-11-25T12:02:00Z', app_domain: 7 }
  const result = [
    login,
    bare,
    { ...login, app_domain: '::error::\n', created_at: '2026-11-25T12:01:00Z' },
    { ...login, user_email: 'joann@example.com' },
    { ...login, user_email: null },
    { ...login, created_at: '2026-11-24T23:59:59Z' },
    { ...login, created_at: '2026' },
    'a login',
  ]
  await using server = new AnsweringServer(httpAnswer(200, success({ result })))
  const endpoints = endpointsAt(await server.start())
  const call = await endpoints.logins('ann@example.com', SINCE)
  const unknown = { app: undefined, connection: undefined, ip: undefined, allowed: undefined }
  const seen = {
    email: 'Ann@example.com',
    at: Date.UTC(2026, 10, 25, 12, 3),
    app: 'grafana.example.com',
    connection: 'onetimepin',
    ip: '203.0.113.7',
    allowed: true,
  }
  expect(call).toMatchObject({
    kind: 'result',
    result: [
      seen,
      { email: 'ann@example.com', at: Date.UTC(2026, 10, 25, 12, 2), ...unknown },
      { ...seen, at: Date.UTC(2026, 10, 25, 12, 1), app: '::error::\n' },
    ],
  })
  expect(server.requests).toEqual([
    'GET /accounts/0123456789abcdef0123456789abcdef/access/logs/access_requests?since=2026-11-25T00%3A00%3A00.000Z&direction=desc&email=ann%40example.com&email_exact=true',
  ])
})

test.each([
  ['none', httpAnswer(200, success({ result: null })), { kind: 'result', result: [] }],
  [
    'a refusal',
    httpAnswer(403, '{"success":false,"errors":[{"code":10000,"message":"Forbidden"}]}'),
    { kind: 'problem' },
  ],
])('logins: %s', async (_name, answer, call) => {
  await using server = new AnsweringServer(answer)
  const endpoints = endpointsAt(await server.start())
  expect(await endpoints.logins('ann@example.com', SINCE)).toMatchObject(call)
})

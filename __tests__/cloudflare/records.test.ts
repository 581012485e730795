import { expect, test } from '@jest/globals'
import * as v from 'valibot'
import { AccessUser, Registration, Session } from '../../src/cloudflare/records.ts'
import { answering } from './answering-server.ts'

const registration = (more: object): Registration => v.parse(Registration, { id: 'r', ...more })

test.each<[string, unknown, Registration['revokedAt']]>([
  ['a time', '2026-11-25T08:00:00Z', { at: Date.UTC(2026, 10, 25, 8) }],
  ['an offset and a fraction', '2026-11-25T08:00:00.25+01:00', { at: Date.UTC(2026, 10, 25, 7, 0, 0, 250) }],
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
  const info = { result_info: { cursor: null } }
  await using server = await answering(
    { result: [active, { ...active }], ...info },
    { result: [active, revoked], ...info },
  )
  const read = async (): Promise<unknown> => server.endpoints.registrations(['u'], 'all', 'a user')
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
  ['a nonce whose time is none', { metadata: { nonce: 'o', iat: 'x' } }, { keys: ['o'], iat: undefined }],
  ['neither', 'session', { keys: [], iat: undefined }],
])('a session is known again by %s', (_name, given, session) => {
  expect(v.parse(Session, given)).toEqual(session)
})

test('logins of a user are listed as far as Cloudflare says what they are', async () => {
  const shown = { connection: 'onetimepin', allowed: true }
  const login = {
    ...shown,
    action: 'login',
    user_email: ' Ann@example.com',
    created_at: '2026-11-25T12:03:00Z',
    app_domain: 'grafana.example.com',
    ip_address: '203.0.113.7',
  }
  const result = [
    login,
    { user_email: 'ann@example.com', created_at: '2026-11-25T12:02:00Z', app_domain: 7 },
    { ...login, app_domain: '::error::\n', created_at: '2026-11-25T12:01:00Z' },
    { ...login, user_email: 'joann@example.com' },
    { ...login, user_email: null },
    { ...login, created_at: '2026-11-24T23:59:59Z' },
    { ...login, created_at: '2026' },
    'a login',
  ]
  await using server = await answering({ result })
  const call = await server.endpoints.logins('ann@example.com', Date.UTC(2026, 10, 25))
  const at = (minute: number): number => Date.UTC(2026, 10, 25, 12, minute)
  const seen = { ...shown, email: 'Ann@example.com', app: 'grafana.example.com', ip: '203.0.113.7' }
  const unknown = { app: undefined, connection: undefined, ip: undefined, allowed: undefined }
  expect(call.kind === 'result' ? call.result : []).toEqual([
    { ...seen, at: at(3) },
    { email: 'ann@example.com', at: at(2), ...unknown },
    { ...seen, at: at(1), app: '::error::\n' },
  ])
  expect(server.requests).toEqual([
    'GET /accounts/0123456789abcdef0123456789abcdef/access/logs/access_requests?since=2026-11-25T00%3A00%3A00.000Z&direction=desc&email=ann%40example.com&email_exact=true',
  ])
})

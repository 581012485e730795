import { readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { type Call, VERSION } from '../../src/cloudflare/client.ts'
import type { Endpoints } from '../../src/cloudflare/endpoints.ts'
import { type Exchange, HttpExchanger, type HttpRequest } from '../../src/cloudflare/http-exchange.ts'
import { Log } from '../../src/runner/log.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import { address } from '../support/address.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { Scene } from '../support/scene.ts'
import { success } from './answering-server.ts'

const KINDS = [
  ['revoke', '/revoke_user'],
  ['users', '/access/users?'],
  ['sessions', '/active_sessions'],
  ['devices', '/devices/registrations'],
  ['logins', '/access_requests'],
  ['seats', '/access/seats'],
] as const
type Kind = (typeof KINDS)[number][0]

interface Answer {
  readonly status: number
  readonly body: string
}

/** A refusal in Cloudflare's form. */
const refused = (message: string, status = 403, code = 10000): Answer => ({
  status,
  body: JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null }),
})
const AUTHENTICATION = refused('Authentication error')
const FORBIDDEN = refused('Forbidden')
/** Something in front of the API does not let the call through. */
const FIREWALL: Answer = { status: 403, body: 'error code: 1020' }

/** Answers after 5 ms, without a network. */
class Answers extends HttpExchanger {
  readonly sent: Kind[] = []
  readonly #answer: (kind: Kind, index: number) => Answer | undefined

  /** @param answer - by the kind of the call, and how many of its kind came before; undefined for a success */
  constructor(answer: (kind: Kind, index: number) => Answer | undefined) {
    super(1_000, new AbortController().signal)
    this.#answer = answer
  }

  override async attempt({ url }: HttpRequest): Promise<Exchange> {
    const kind = KINDS.find(([, path]) => url.includes(path))?.[0] ?? 'revoke'
    const index = this.count(kind)
    this.sent.push(kind)
    await after(5)
    const ok = { status: 200, body: success({ result: kind === 'revoke' ? true : [] }) }
    return { kind: 'answer', headers: {}, receivedAt: 0, ...(this.#answer(kind, index) ?? ok) }
  }

  count(kind: Kind): number {
    return this.sent.filter((each) => each === kind).length
  }
}

const USER = { email: address('a@example.com'), devices: false, warpSessionReauth: false }

/** Calls of each kind. */
const CALLS: Readonly<Record<Kind, (endpoints: Endpoints) => Promise<Call<unknown>>>> = {
  revoke: async (endpoints) => endpoints.revokeUser(USER, 'revocation'),
  users: async (endpoints) => endpoints.users({ email: 'a' }, 'a'),
  sessions: async (endpoints) => endpoints.activeSessions(crypto.randomUUID(), 'a', 'read'),
  devices: async (endpoints) => endpoints.registrations(['x'], 'all', 'a'),
  logins: async (endpoints) => endpoints.logins('a', 0),
  seats: async (endpoints) => endpoints.freeSeats(['x'], 'a'),
}

/** Endpoints whose calls get these answers, how to make one or several calls at once, and what stops them. */
function run(http: HttpExchanger, maxAttempts = 5) {
  const stop = new RunStop()
  const endpoints = endpointsAt('http://127.0.0.1', { http, stop, maxAttempts, concurrency: 10 })
  const call = async (kind: Kind): Promise<Call<unknown>> => CALLS[kind](endpoints)
  const several = async (kind: Kind, count: number): Promise<Call<unknown>[]> =>
    Promise.all(Array.from({ length: count }, async () => call(kind)))
  return { stop, call, several }
}

test.concurrent(
  'a refusal that contradicts the run is believed when it came three times, whatever max-attempts says',
  async () => {
    const { call } = run(new Answers((_kind, index) => (index === 0 ? undefined : AUTHENTICATION)), 1)
    await call('revoke')
    expect(await call('revoke')).toMatchObject({
      kind: 'problem',
      attempts: 3,
      problem: { scope: 'all_users' },
    })
  },
)

test.concurrent('other calls go on while one is tried again', async () => {
  const http = new Answers((_kind, index) => (index === 1 ? AUTHENTICATION : undefined))
  const { call } = run(http)
  const first = await call('revoke')
  const [second, third] = await Promise.all([
    call('revoke'),
    call('revoke').then((made) => ({ ...made, sent: http.sent.length })),
  ])
  expect([first, second, third]).toMatchObject([
    { kind: 'result', attempts: 1 },
    { kind: 'result', attempts: 2 },
    { kind: 'result', attempts: 1, sent: 3 },
  ])
})

test.concurrent(
  'a call that is refused three times concerns itself alone if another of its kind was accepted meanwhile',
  async () => {
    const http = new Answers((_kind, index) => ([1, 3, 4].includes(index) ? AUTHENTICATION : undefined))
    const { call, several } = run(http)
    await call('revoke')
    expect(await several('revoke', 2)).toMatchObject([
      { kind: 'problem', attempts: 3, problem: { scope: 'user' } },
      { kind: 'result', attempts: 1 },
    ])
  },
)

test.concurrent('a later success ends a refusal', async () => {
  // The second read is sent before the first is refused, and accepted after.
  const http = new Answers((kind, index) => (kind === 'devices' && index === 0 ? FORBIDDEN : undefined))
  const { call, several } = run(http)
  await call('users')
  expect((await several('devices', 3)).map(({ kind }) => kind)).toEqual(['problem', 'result', 'result'])
  expect((await call('devices')).kind).toBe('result')
})

test.concurrent.each<[string, Kind, Answer]>([
  ['404', 'sessions', refused('Not found', 404, 7003)],
  ['400', 'sessions', refused('Bad', 400, 10000)],
  ['404 in HTML', 'sessions', { status: 404, body: '<html>' }],
  ['401 in HTML', 'sessions', { status: 401, body: '<html>' }],
  ['404 in HTML, the first of its kind', 'seats', { status: 404, body: '<html>' }],
])('an odd answer about one user fails that call alone: %s', async (_name, kind, answer) => {
  const { call } = run(new Answers((each, index) => (each === kind && index === 0 ? answer : undefined)))
  await call('users')
  expect(await call(kind)).toMatchObject({ kind: 'problem', attempts: 1, problem: { scope: 'user' } })
  expect(await call(kind)).toMatchObject({ kind: 'result', attempts: 1 })
})

test.concurrent('an odd answer to a revocation concerns all users only before one was accepted', async () => {
  const { call } = run(
    new Answers((_kind, index) => (index === 1 ? undefined : { status: 404, body: '<html>' })),
  )
  expect(await call('revoke')).toMatchObject({ problem: { scope: 'all_users' } })
  expect(await call('revoke')).toMatchObject({ kind: 'result' })
  expect(await call('revoke')).toMatchObject({ problem: { scope: 'user' } })
})

test.concurrent(
  'the login log is never asked a second time, and its refusal concerns no other read',
  async () => {
    const http = new Answers((kind, index) => (kind === 'logins' && index > 0 ? AUTHENTICATION : undefined))
    const { call } = run(http)
    await call('users')
    expect(await call('logins')).toMatchObject({ kind: 'result' })
    expect(await call('logins')).toMatchObject({ kind: 'problem', attempts: 1 })
    expect(await call('logins')).toMatchObject({ kind: 'problem', attempts: 0 })
    expect(await call('users')).toMatchObject({ kind: 'result', attempts: 1 })
  },
)

test.concurrent.each([
  ['10502', refused('Too many authentication failures', 403, 10502)],
  ['10502 with 429', refused('Too many authentication failures', 429, 10502)],
  ['Max auth failures', refused('Max auth failures reached', 403, 9109)],
])('a credential that is locked out stops the run at once, on a read too: %s', async (_name, answer) => {
  const { call, stop } = run(new Answers((kind) => (kind === 'logins' ? answer : undefined)))
  await call('users')
  expect(await call('logins')).toMatchObject({ attempts: 1 })
  expect(stop.reason?.remedy).toMatch(/locked it out/)
  expect(await call('revoke')).toMatchObject({ kind: 'stopped', sent: false })
})

test.concurrent.each<[string, Kind, Answer, number]>([
  ['a permission that was never there', 'seats', FORBIDDEN, 10],
  ['a permission that another call of the kind had', 'sessions', FORBIDDEN, 12],
  ['a token that died', 'users', AUTHENTICATION, 12],
  ['a firewall', 'sessions', FIREWALL, 12],
  ['a firewall at first', 'devices', FIREWALL, 12],
])('500 optional calls are refused a few times: %s', async (_name, kind, answer, most) => {
  const http = new Answers((each, index) =>
    each === kind && (kind !== 'users' || index > 0) ? answer : undefined,
  )
  const { call, several, stop } = run(http)
  await call('users')
  const before = http.count(kind)
  const calls = await several(kind, 500)
  expect(http.count(kind) - before).toBeLessThanOrEqual(most)
  expect(calls.filter(({ attempts }) => attempts === 0).length).toBeGreaterThanOrEqual(490)
  expect(calls[499]).toMatchObject({ kind: 'problem', problem: { scope: 'all_users' } })
  expect(stop.reason).toBeUndefined()
})

test.concurrent('if one call in a hundred is refused by mistake, all users are revoked', async () => {
  const { several } = run(new Answers((_kind, index) => (index % 100 === 99 ? AUTHENTICATION : undefined)))
  const calls = await several('revoke', 500)
  expect(calls.filter(({ kind }) => kind === 'result')).toHaveLength(500)
})

class BrokenLog extends Log {
  override info(): never {
    throw new Error('the log is broken')
  }
}

test('an exception of the action itself is not retried', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'reset' } })
  const endpoints = endpointsAt(scene.api.baseUrl, { log: new BrokenLog() })
  await expect(endpoints.verifyToken('user')).rejects.toThrow('the log is broken')
  expect(scene.api.requests).toHaveLength(1)
})

test.each(['package.json', 'CHANGELOG.md'])('%s has the version that calls name', (file) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  expect(text).toContain(file === 'package.json' ? `"version": "${VERSION}"` : `## ${VERSION}`)
})

import { expect, test } from '@jest/globals'
import { Log } from '../../src/runner/log.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { Scene } from '../support/scene.ts'
import {
  type Answer,
  Answers,
  AUTHENTICATION,
  endpointsWith,
  FIREWALL,
  FORBIDDEN,
  ID,
  type Kind,
  refused,
  several,
  USER,
} from './answers.ts'

test.concurrent(
  'a refusal that contradicts the run is believed when it came three times, whatever max-attempts says',
  async () => {
    const http = new Answers((_kind, index) => (index === 0 ? undefined : AUTHENTICATION))
    const { endpoints } = endpointsWith(http, { maxAttempts: 1 })
    await endpoints.revokeUser(USER, 'revocation')
    expect(await endpoints.revokeUser(USER, 'revocation')).toMatchObject({
      kind: 'problem',
      attempts: 3,
      problem: { scope: 'all_users' },
    })
  },
)

test.concurrent('other calls go on while one is tried again', async () => {
  const http = new Answers((_kind, index) => (index === 1 ? AUTHENTICATION : undefined))
  const { endpoints } = endpointsWith(http)
  const [first] = await several(1, async () => endpoints.revokeUser(USER, 'revocation'))
  const [second, third] = await Promise.all([
    endpoints.revokeUser(USER, 'revocation'),
    endpoints.revokeUser(USER, 'revocation').then((call) => ({ ...call, sent: http.sent.length })),
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
    const { endpoints } = endpointsWith(http)
    await endpoints.revokeUser(USER, 'revocation')
    const calls = await several(2, async () => endpoints.revokeUser(USER, 'revocation'))
    expect(calls).toMatchObject([
      { kind: 'problem', attempts: 3, problem: { scope: 'user' } },
      { kind: 'result', attempts: 1 },
    ])
  },
)

test.concurrent('a later success ends a refusal', async () => {
  // The second read is sent before the first is refused, and accepted after.
  const http = new Answers((kind, index) => (kind === 'devices' && index === 0 ? FORBIDDEN : undefined))
  const { endpoints } = endpointsWith(http)
  await endpoints.users({}, 'users')
  const calls = await several(3, async () => endpoints.registrations(['x'], 'all', 'a'))
  expect(calls.map(({ kind }) => kind)).toEqual(['problem', 'result', 'result'])
  expect((await endpoints.registrations(['x'], 'all', 'a')).kind).toBe('result')
})

test.concurrent.each<[string, Kind, Answer]>([
  ['404', 'sessions', refused('Not found', 404, 7003)],
  ['400', 'sessions', refused('Bad', 400, 10000)],
  ['404 in HTML', 'sessions', { status: 404, body: '<html>' }],
  ['401 in HTML', 'sessions', { status: 401, body: '<html>' }],
  ['404 in HTML, the first of its kind', 'seats', { status: 404, body: '<html>' }],
])('an odd answer about one user fails that call alone: %s', async (_name, kind, answer) => {
  const http = new Answers((each, index) => (each === kind && index === 0 ? answer : undefined))
  const { endpoints } = endpointsWith(http)
  await endpoints.users({}, 'users')
  const call = async (): Promise<{ kind: string }> =>
    kind === 'seats' ? endpoints.freeSeats(['x'], 'a') : endpoints.activeSessions(ID, 'a', 'read')
  expect(await call()).toMatchObject({ kind: 'problem', attempts: 1, problem: { scope: 'user' } })
  expect(await call()).toMatchObject({ kind: 'result', attempts: 1 })
})

test.concurrent('an odd answer to a revocation concerns all users only before one was accepted', async () => {
  const http = new Answers((_kind, index) => (index === 1 ? undefined : { status: 404, body: '<html>' }))
  const { endpoints } = endpointsWith(http)
  const scopes: unknown[] = []
  for (let index = 0; index < 3; index += 1) {
    const call = await endpoints.revokeUser(USER, 'revocation')
    scopes.push(call.kind === 'problem' ? call.problem.scope : call.kind)
  }
  expect(scopes).toEqual(['all_users', 'result', 'user'])
})

test.concurrent(
  'the login log is never asked a second time, and its refusal concerns no other read',
  async () => {
    const http = new Answers((kind, index) => (kind === 'logins' && index > 0 ? AUTHENTICATION : undefined))
    const { endpoints } = endpointsWith(http)
    const logins = async (): Promise<unknown> => endpoints.logins('a', 0)
    await endpoints.users({}, 'users')
    expect(await logins()).toMatchObject({ kind: 'result' })
    expect(await logins()).toMatchObject({ kind: 'problem', attempts: 1 })
    expect(await logins()).toMatchObject({ kind: 'problem', attempts: 0 })
    expect(await endpoints.users({}, 'users')).toMatchObject({ kind: 'result', attempts: 1 })
  },
)

test.concurrent.each([
  ['10502', refused('Too many authentication failures', 403, 10502)],
  ['10502 with 429', refused('Too many authentication failures', 429, 10502)],
  ['Max auth failures', refused('Max auth failures reached', 403, 9109)],
])('a credential that is locked out stops the run at once, on a read too: %s', async (_name, answer) => {
  const http = new Answers((kind) => (kind === 'logins' ? answer : undefined))
  const { endpoints, stop } = endpointsWith(http)
  await endpoints.users({}, 'users')
  expect(await endpoints.logins('a', 0)).toMatchObject({ attempts: 1 })
  expect(stop.reason?.remedy).toMatch(/locked it out/)
  expect(await endpoints.revokeUser(USER, 'revocation')).toMatchObject({
    kind: 'stopped',
    sent: false,
  })
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
  const { endpoints, stop } = endpointsWith(http)
  await endpoints.users({}, 'users')
  const before = http.count(kind)
  const make = {
    seats: async () => endpoints.freeSeats(['x'], 'a'),
    sessions: async () => endpoints.activeSessions(ID, 'a', 'read'),
    devices: async () => endpoints.registrations(['x'], 'all', 'a'),
    users: async () => endpoints.users({ email: 'a' }, 'a'),
    logins: async () => endpoints.logins('a', 0),
    revoke: async () => endpoints.revokeUser(USER, 'revocation'),
  }[kind]
  const calls = await several<{ kind: string; attempts: number }>(500, make)
  expect(http.count(kind) - before).toBeLessThanOrEqual(most)
  expect(calls.filter(({ attempts }) => attempts === 0).length).toBeGreaterThanOrEqual(490)
  expect(calls[499]).toMatchObject({ kind: 'problem', problem: { scope: 'all_users' } })
  expect(stop.reason).toBeUndefined()
})

/** Revokes 500 users, each worker going on until the run is refused, as the run does. */
async function revokeMany(
  http: Answers,
  users: number,
): Promise<{ revoked: number; failed: number; skipped: number }> {
  const { endpoints, stop } = endpointsWith(http)
  const counts = { revoked: 0, failed: 0, skipped: 0 }
  let left = users
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const call = await endpoints.revokeUser(USER, 'revocation')
      if (call.kind === 'problem' && call.problem.scope === 'all_users')
        stop.stop({ what: 'Refused', remedy: '' })
      counts[({ result: 'revoked', problem: 'failed', stopped: 'skipped' } as const)[call.kind]] += 1
    }
  }
  await Promise.all(Array.from({ length: 10 }, worker))
  return counts
}

test.concurrent('if one call in a hundred is refused by mistake, all users are revoked', async () => {
  const http = new Answers((_kind, index) => (index % 100 === 99 ? AUTHENTICATION : undefined))
  expect(await revokeMany(http, 500)).toEqual({ revoked: 500, failed: 0, skipped: 0 })
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

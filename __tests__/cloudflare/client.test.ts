import { expect, test } from '@jest/globals'
import {
  type Answer,
  Answers,
  AUTHENTICATION,
  endpointsWith,
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

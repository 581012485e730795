import { expect, test } from '@jest/globals'
import {
  type Answer,
  Answers,
  AUTHENTICATION,
  endpointsWith,
  FIREWALL,
  FORBIDDEN,
  ID,
  type Kind,
  several,
  USER,
} from './answers.ts'

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

import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, Scene, type With } from '../support/scene.ts'

const FORBIDDEN = { kind: 'error', status: 403, code: 10000, message: 'Forbidden' } as const
const AUTHENTICATION = { ...FORBIDDEN, message: 'Authentication error' }
const UNLIMITED = { quota: 100_000, windowMs: 300_000 }

/** Revokes users who exist, ten calls at a time. */
async function revoke(
  users: number,
  inputs: With,
  rule: FaultRule,
): Promise<{ refused: number; exitCode: number | null; statuses: (string | undefined)[]; untold: number }> {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 5, rateLimit: UNLIMITED })
  const list = addresses(users)
  for (const email of list) scene.organization.addUser({ email })
  scene.inject(rule)
  const { exitCode, ...result } = await scene.run(
    { email: null, 'users-file': 'users.txt', concurrency: '10', 'max-users': `${users}`, ...inputs },
    { files: { 'users.txt': list.join('\n') } },
  )
  const { users: told } = reportOf({ exitCode, ...result })
  return {
    refused: scene.api.requests.filter(({ status }) => status === 403).length,
    exitCode,
    statuses: list.map((_, index) => told[index]?.status),
    untold: users - told.filter(({ status, errors }) => status === 'revoked' || errors.length > 0).length,
  }
}

test.concurrent.each<[string, number, With, FaultRule, number]>([
  ['a wrong token', 500, { verify: 'false' }, { fault: AUTHENTICATION }, 1],
  ['a wrong token, with proof', 500, { verify: 'sessions' }, { fault: AUTHENTICATION }, 2],
  [
    'a token that dies after 100 revocations',
    500,
    { verify: 'false' },
    { after: 100, fault: AUTHENTICATION },
    30,
  ],
  [
    'a token that dies after 100 calls, with proof',
    500,
    { verify: 'sessions' },
    { after: 100, fault: AUTHENTICATION },
    30,
  ],
  [
    'no permission to read sessions',
    150,
    { verify: 'sessions' },
    { operation: 'active_sessions', fault: FORBIDDEN },
    12,
  ],
  [
    'no permission to free seats',
    150,
    { verify: 'sessions', 'remove-seat': 'true' },
    { operation: 'update_seats', fault: FORBIDDEN },
    12,
  ],
])('few calls are refused: %s, %d users', async (_name, users, inputs, rule, most) => {
  const { refused, exitCode, untold } = await revoke(users, inputs, rule)
  expect(refused).toBeGreaterThan(0)
  expect(refused).toBeLessThanOrEqual(most)
  expect(exitCode).toBe(1)
  expect(untold).toBe(0)
})

test.concurrent.each<[string, number, FaultRule]>([
  ['every second call', 150, { after: 2, every: 2, fault: AUTHENTICATION }],
  ['every second call at random', 500, { after: 2, every: 2, seed: 1, fault: AUTHENTICATION }],
  ['every second call at random, even the first', 500, { every: 2, seed: 3, fault: AUTHENTICATION }],
])(
  'all users are revoked or told why not if refused by mistake: %s, %d users',
  async (_name, users, rule) => {
    const { exitCode, statuses, untold } = await revoke(users, { verify: 'sessions' }, rule)
    expect(untold).toBe(0)
    expect(exitCode === 0).toBe(statuses.every((status) => status === 'revoked'))
  },
)

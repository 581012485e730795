import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { addresses, REFUSED, Scene } from '../support/scene.ts'

const asInput = (count: number): { email: string } => ({ email: addresses(count).join('\n') })

test.concurrent.each([
  ['ignore', /^email: the list has no users\.$/m],
  ['warn', /^::warning::email: the list has no users\.$/m],
])('nothing to do: an empty list is green with if-empty: %s', async (word, line) => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ email: '[]', 'if-empty': word })
  expect(result.exitCode).toBe(0)
  expect(result.stdout).toMatch(line)
  expect(result.stdout.match(/the list has no users/g)).toHaveLength(1)
  expect(result.log.at(-1)).toBe('No one is due.')
  expect(result.outputs).toMatchObject({ revoked: 'false', 'revoked-count': '0', 'failed-count': '0' })
  expect(scene.api.requests).toHaveLength(0)
})

test.concurrent('nothing to do: a list whose users are not due yet is green', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({
    email: '[{"email": "a@example.com", "revoke_after": "2999-12-31"}]',
  })
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toMatchObject({ revoked: 'false', 'failed-count': '0' })
  expect(result.log.at(-1)).toBe('No one is due (1 not due yet).')
  expect(scene.api.requests).toHaveLength(0)
})

test.concurrent(
  'how a list is processed: the first request goes alone, then up to `concurrency` are in flight',
  async () => {
    await using scene = await Scene.open({ latencyMs: 20 })
    const result = await scene.runSource({ ...asInput(30), concurrency: '5' })
    expect(result.exitCode).toBe(0)
    const [first, second] = scene.api.requests
    expect(first?.answeredAt).toBeLessThanOrEqual(second?.receivedAt ?? 0)
    expect(Math.max(...scene.api.requests.map(({ inFlight }) => inFlight))).toBe(5)
    expect(
      result.log.filter((line) => /^user\d+@example\.com: accepted by Cloudflare \(ray ID/.test(line)),
    ).toHaveLength(30)
    expect(
      result.log.filter((line) => /^Progress: \d+ of 30 users; about \d+ s left\.$/.test(line)).length,
    ).toBeGreaterThanOrEqual(9)
  },
)

test.concurrent.each([
  ['401', { ...REFUSED, status: 401 }],
  ['403', { ...REFUSED, status: 403 }],
  ['an unknown account', { kind: 'error', status: 404, code: 7003, message: 'No route.' }],
  [
    'Zero Trust not enabled',
    { kind: 'error', status: 400, code: 9999, message: 'access.api.error.not_enabled' },
  ],
] as const)(
  'how a list is processed: %s stops the run at once, and the rest is skipped',
  async (_name, fault) => {
    await using scene = await Scene.open()
    const result = await scene.inject({ fault }).runSource(asInput(50))
    expect(result.exitCode).toBe(1)
    expect(scene.api.requests).toHaveLength(1)
    expect(result.outputs).toMatchObject({
      revoked: 'false',
      'revoked-count': '0',
      'failed-count': '50',
      'unknown-count': '0',
      failed: JSON.stringify(addresses(50)),
    })
    expect(reportOf(result).totals).toMatchObject({ failed: 1, skipped: 49 })
    expect(result.errors.join('\n')).toMatch(/all other users would fail too/)
    expect(result.log.join('\n')).toMatch(/^user49@example\.com: not revoked, skipped\.$/m)
  },
)

test.concurrent('how a list is processed: a refusal stops the run at any point', async () => {
  await using scene = await Scene.open({ latencyMs: 5 })
  scene.inject({
    after: 20,
    fault: { kind: 'error', status: 403, code: 10000, message: 'Authentication error' },
  })
  const result = await scene.runSource(asInput(60))
  // The 20 that were accepted, those in flight by then, and two that confirm the refusal.
  expect(scene.api.requests.length).toBeLessThanOrEqual(20 + 4 + 2)
  const { totals, users } = reportOf(result)
  expect(totals.revoked).toBe(20)
  expect(
    users.filter(({ status }) => status === 'skipped').every(({ revocation }) => revocation === 'not_sent'),
  ).toBe(true)
})

test.concurrent("how a list is processed: one user's failure does not stop the others", async () => {
  await using scene = await Scene.open()
  for (const index of [0, 3, 7])
    scene.inject({
      email: `user${index}@example.com`,
      fault: index === 3 ? { kind: 'answer', status: 200, body: { success: true, result: false } } : REFUSED,
    })
  const result = await scene.runSource(asInput(10))
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toMatchObject({ revoked: 'false', 'revoked-count': '7', 'failed-count': '3' })
  expect(JSON.parse(result.outputs['failed'] ?? '')).toEqual([
    'user0@example.com',
    'user3@example.com',
    'user7@example.com',
  ])
  expect(result.errors).toHaveLength(3 + 1)
})

test.concurrent(
  'how a list is processed: at most ten annotations, the last one with the result',
  async () => {
    await using scene = await Scene.open()
    const result = await scene.inject({ fault: REFUSED }).runSource(asInput(40))
    expect(result.errors).toHaveLength(10)
    expect(result.errors.at(-1)).toBe('40 users not revoked.')
    expect(result.log.filter((line) => line.startsWith('Error: user'))).toHaveLength(40 - 9)
    expect(result.log.join('\n')).toMatch(/Progress: \d+ of 40 users, \d+ of them with errors; about/)
  },
)

test.concurrent(
  'how a list is processed: when answers are lost and half the requests fail, the report still says what the server did',
  async () => {
    await using scene = await Scene.openWithoutWaits()
    for (const email of addresses(40)) scene.organization.addUser({ email })
    addresses(40).forEach((email, index) => {
      if (index % 4 === 1) scene.inject({ email, times: 1, fault: { kind: 'lost_answer' } })
      if (index % 4 === 2) scene.inject({ email, fault: { kind: 'drop_mid_body', applied: true } })
      if (index % 8 === 3)
        scene.inject({ email, times: 1, fault: { kind: 'error', status: 503, code: 1, message: 'Busy.' } })
    })
    const result = await scene.runSource({ ...asInput(40), 'max-attempts': '2', 'request-timeout': '300' })
    const { users } = reportOf(result)
    expect(users.map(({ email }) => email)).toEqual(addresses(40))
    const revokedOnServer = (email: string): boolean =>
      scene.organization.userByEmail(email)?.sessions.every(({ revokedAt }) => revokedAt !== undefined) ===
      true
    for (const { email, revocation } of users)
      if (revocation === 'confirmed') expect(revokedOnServer(email)).toBe(true)
    const answered = scene.api.requests.filter(({ status, accepted }) => status === 200 && accepted).length
    expect(users.filter(({ revocation }) => revocation === 'confirmed').length).toBe(30)
    expect(answered).toBeGreaterThanOrEqual(30)
  },
)

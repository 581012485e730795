import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { addresses, REFUSED, Scene } from '../support/scene.ts'

const asInput = (count: number): { email: string } => ({ email: addresses(count).join('\n') })

test.concurrent('nothing to do: an empty list is green with `if-empty: warn`', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ email: '[]', 'if-empty': 'warn' })
  expect(result.exitCode).toBe(0)
  expect(result.stdout).toMatch(/^::warning::email: the list has no users\.$/m)
  expect(result.stdout.match(/the list has no users/g)).toHaveLength(1)
  expect(result.log.at(-1)).toBe('No one is due.')
  expect(result.outputs).toMatchObject({ revoked: 'false', 'revoked-count': '0', 'failed-count': '0' })
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
  ['a refusal of the credential', { ...REFUSED, status: 403 }],
  ['an unknown account', { kind: 'error', status: 404, code: 7003, message: 'No route.' }],
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

import { expect, test } from '@jest/globals'
import { run } from './support/main-here.ts'

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the waiting for an answer after five seconds',
  async (signal) => {
    const faults = [{ fault: { kind: 'silence' } as const }]
    const running = run({ inputs: { email: 'user0@example.com,user1@example.com' }, faults })
    await new Promise((resolve) => setTimeout(resolve, 300))
    process.emit(signal, signal)
    const { passed, printed } = await running
    expect(passed).toBe(false)
    expect(printed).toMatch(
      /user0@example\.com may not be revoked\. The run was cancelled before the answer arrived\.[^]*user1@example\.com: skipped/,
    )
  },
)

test('a dry run that is cancelled is red', async () => {
  const running = run({
    inputs: { 'dry-run': 'true' },
    faults: [{ fault: { kind: 'rate_limited', retryAfter: '30' } }],
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  process.emit('SIGINT', 'SIGINT')
  const { passed, printed } = await running
  expect(passed).toBe(false)
  expect(printed).toMatch(/The run was cancelled \(SIGINT\)/)
})

test('a run that is cancelled while it watches', async () => {
  const running = run({ inputs: { verify: 'true' }, options: { propagationMs: 60_000 } })
  await new Promise((resolve) => setTimeout(resolve, 400))
  process.emit('SIGINT', 'SIGINT')
  const { passed, printed } = await running
  expect(passed).toBe(false)
  expect(printed).toMatch(/leaver@example\.com: Revoked, but not verified: The run was cancelled \(SIGINT\)/)
})

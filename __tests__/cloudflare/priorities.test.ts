import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import type { Attempt } from '../../src/cloudflare/rate-limit.ts'
import { type Priority, Throttle } from '../../src/cloudflare/throttle.ts'
import { RunStop } from '../../src/runner/run-stop.ts'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

const ANSWERED: Attempt = {
  exchange: { kind: 'answer', status: 200, headers: {}, body: '', receivedAt: 0 },
  isRateLimited: false,
}

/** A throttle that records in which order it sends calls, and how many are in flight at once. */
class RecordedThrottle extends Throttle {
  readonly sent: string[] = []
  most = 0
  #inFlight = 0

  constructor(concurrency: number) {
    super({ calls: 10, concurrency, stop: new RunStop(), log: { info: () => undefined } })
  }

  /** Sends a call that is answered after so many milliseconds. */
  async take(name: string, priority: Priority, length: number): Promise<void> {
    const attempt = async (): Promise<Attempt> => {
      this.sent.push(name)
      this.most = Math.max(this.most, (this.#inFlight += 1))
      await after(length)
      this.#inFlight -= 1
      return ANSWERED
    }
    await this.send(attempt, priority)
  }

  /** Sends the first call, which goes alone. */
  async probe(): Promise<void> {
    await Promise.all([this.take('probe', 'read', 0), jest.advanceTimersByTimeAsync(10)])
  }
}

test.each([
  ['beside a look-up that is slow', 'look_up', 1],
  ['beside the first call of the run', 'revocation', 2],
] as const)('a revocation that is overdue goes at once: %s', async (_name, slow, concurrency) => {
  const throttle = new RecordedThrottle(concurrency)
  const calls = {
    slow,
    read: 'read',
    'look-up': 'look_up',
    revocation: 'revocation',
    overdue: 'overdue',
  } as const
  const all = Promise.all(
    Object.entries(calls).map(([name, priority]) =>
      throttle.take(name, priority, name === 'slow' ? 60_000 : 10),
    ),
  )
  await jest.advanceTimersByTimeAsync(1)
  expect(throttle.sent).toEqual(['slow', 'overdue'])
  await jest.advanceTimersByTimeAsync(60_100)
  await all
  expect(throttle.sent.slice(-3)).toEqual(['revocation', 'look-up', 'read'])
})

test('only one revocation that is overdue goes beyond the concurrency', async () => {
  const throttle = new RecordedThrottle(2)
  await throttle.probe()
  const overdue = ['a', 'b', 'c', 'd'].map((name) => throttle.take(name, 'overdue', 10))
  await jest.advanceTimersByTimeAsync(100)
  await Promise.all(overdue)
  expect(throttle.most).toBe(3)
})

test('revocations go before look-ups, and those before other reads', async () => {
  const throttle = new RecordedThrottle(1)
  const calls = [
    throttle.take('first', 'read', 10),
    throttle.take('read', 'read', 10),
    throttle.take('look-up', 'look_up', 10),
    throttle.take('revocation', 'revocation', 10),
  ]
  await jest.advanceTimersByTimeAsync(100)
  await Promise.all(calls)
  expect(throttle.sent).toEqual(['first', 'revocation', 'look-up', 'read'])
  expect(throttle.most).toBe(1)
})

test('reads leave a place free for revocations', async () => {
  const throttle = new RecordedThrottle(3)
  await throttle.probe()
  const reads = ['a', 'b', 'c', 'd'].map((name) => throttle.take(name, 'read', 60_000))
  await jest.advanceTimersByTimeAsync(1_000)
  const revocation = throttle.take('revocation', 'revocation', 0)
  await jest.advanceTimersByTimeAsync(1_000)
  expect(throttle.sent).toEqual(['probe', 'a', 'b', 'revocation'])
  await jest.advanceTimersByTimeAsync(180_000)
  await Promise.all([...reads, revocation])
  expect(throttle.sent).toHaveLength(6)
})

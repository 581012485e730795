import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import type { Attempt } from '../../src/cloudflare/answer.ts'
import { CallQueue, type Priority } from '../../src/cloudflare/call-queue.ts'
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

/** A queue that records in which order it sends calls, and how many are in flight at once. */
class RecordedQueue extends CallQueue {
  readonly sent: string[] = []
  most = 0
  #inFlight = 0

  constructor(concurrency: number) {
    super({ calls: 10, concurrency, stop: new RunStop(), log: { info: () => undefined } })
  }

  /** Sends a call that is answered after so many milliseconds. */
  async take(name: string, priority: Priority | 'recheck', length: number): Promise<void> {
    const attempt = async (): Promise<Attempt> => {
      this.sent.push(name)
      this.most = Math.max(this.most, (this.#inFlight += 1))
      await after(length)
      this.#inFlight -= 1
      return ANSWERED
    }
    await this.send(attempt, () => undefined, priority)
  }

  /** Sends the first call, which goes alone. */
  async probe(): Promise<void> {
    await Promise.all([this.take('probe', 'read', 0), jest.advanceTimersByTimeAsync(10)])
  }
}

const ORDER = ['first', 'overdue', 'revocation', 'look-up', 'second']

test.each([
  [2, ['first', 'overdue', 'revocation']],
  // There are never two calls in flight.
  [1, ['first']],
])(
  'a revocation goes before look-ups, those before other reads, and one that is overdue also while the first is slow: concurrency %d',
  async (concurrency, early) => {
    const queue = new RecordedQueue(concurrency)
    const priorities = {
      first: 'read',
      second: 'read',
      'look-up': 'look_up',
      revocation: 'revocation',
      overdue: 'overdue',
    } as const
    const all = Promise.all(
      Object.entries(priorities).map(([name, priority]) =>
        queue.take(name, priority, name === 'first' ? 60_000 : 10),
      ),
    )
    await jest.advanceTimersByTimeAsync(1_000)
    expect(queue.sent).toEqual(early)
    await jest.advanceTimersByTimeAsync(60_000)
    await all
    expect(queue.sent).toEqual(ORDER)
    expect(queue.most).toBe(concurrency)
  },
)

test('reads leave a place free for revocations', async () => {
  const queue = new RecordedQueue(3)
  await queue.probe()
  const reads = ['a', 'b', 'c', 'd'].map((name) => queue.take(name, 'read', 60_000))
  await jest.advanceTimersByTimeAsync(1_000)
  const revocation = queue.take('revocation', 'revocation', 0)
  await jest.advanceTimersByTimeAsync(1_000)
  expect(queue.sent).toEqual(['probe', 'a', 'b', 'revocation'])
  await jest.advanceTimersByTimeAsync(180_000)
  await Promise.all([...reads, revocation])
  expect(queue.sent).toHaveLength(6)
})

test('while a call is rechecked all others wait, and the time does not count', async () => {
  const queue = new RecordedQueue(4)
  await queue.probe()
  const slow = queue.take('slow', 'read', 1_000)
  await jest.advanceTimersByTimeAsync(10)
  const before = queue.runningTime
  const recheck = (name: string): Promise<void> =>
    queue.recheck(async () => {
      await after(500)
      await queue.take(name, 'recheck', 100)
    })
  const rechecks = [recheck('one'), recheck('other')]
  const overdue = queue.take('overdue', 'overdue', 0)
  await jest.advanceTimersByTimeAsync(5_000)
  await Promise.all([slow, overdue, ...rechecks])
  expect(queue.sent).toEqual(['probe', 'slow', 'one', 'other', 'overdue'])
  expect(queue.most).toBe(1)
  // The slow call takes another 990 ms, each recheck 100 ms, and the second one waits for 500 ms first.
  expect(queue.runningTime - before).toBeCloseTo(5_000 - 1_690, -2)
  await expect(queue.recheck(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await queue.probe()
})

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

const answer = (headers: Record<string, string> = {}, status = 200): Attempt => ({
  exchange: { kind: 'answer', status, headers, body: '', receivedAt: 0 },
  isRateLimited: status === 429,
})

/** A throttle that records in which order it sends calls, how many are in flight, and at most. */
class RecordedThrottle extends Throttle {
  readonly sent: string[] = []
  inFlight = 0
  most = 0

  constructor(concurrency: number, calls = 10_000) {
    super({ calls, concurrency, stop: new RunStop(), log: { info: () => undefined } })
  }

  /** Sends a call that is answered after so many milliseconds. */
  async take(name: string, priority: Priority, length: number, made = answer()): Promise<boolean> {
    const turn = await this.send(async () => {
      this.sent.push(name)
      this.most = Math.max(this.most, (this.inFlight += 1))
      await after(length)
      this.inFlight -= 1
      return made
    }, priority)
    return 'made' in turn
  }

  /** Sends the first call, which goes alone. */
  async probe(): Promise<void> {
    await Promise.all([this.take('probe', 'read', 0), jest.advanceTimersByTimeAsync(10)])
  }
}

/** A server with a fixed window, as Cloudflare describes it; it counts a call when it arrives. */
class FixedWindow {
  refused = 0
  answered = 0
  most = 0
  #inFlight = 0
  #used = 0
  #endsAt = 0

  readonly quota: number
  readonly window: number

  /** @param window - milliseconds */
  constructor(quota: number, window: number) {
    this.quota = quota
    this.window = window
  }

  async call(there: number, back: number): Promise<Attempt> {
    this.#inFlight += 1
    this.most = Math.max(this.most, this.#inFlight)
    await after(there)
    const now = Date.now()
    if (now >= this.#endsAt) [this.#used, this.#endsAt] = [0, now + this.window]
    this.#used += 1
    const status = this.#used > this.quota ? 429 : 200
    if (status === 429) this.refused += 1
    const left = Math.max(0, this.quota - this.#used)
    const headers = { ratelimit: `"default";r=${left};t=${Math.ceil((this.#endsAt - now) / 1_000)}` }
    await after(back)
    this.#inFlight -= 1
    this.answered += 1
    return answer(headers, status)
  }
}

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

test('with any quota, window and order of answers: no 429 without other clients, and little time lost', async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = numbers(seed)
    const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1))
    const server = new FixedWindow(whole(2, 60), whole(1, 10) * 1_000)
    const concurrency = whole(1, 20)
    const calls = server.quota * 3 + whole(1, 20)
    const throttle = new RecordedThrottle(concurrency)
    const start = Date.now()
    for (let call = 0; call < calls; call += 1)
      void throttle.send(() => server.call(whole(0, 80), whole(0, 80)), 'read')
    while (server.answered < calls) await jest.advanceTimersByTimeAsync(10)
    expect(server.refused).toBe(0)
    expect(server.most).toBeLessThanOrEqual(concurrency)
    const windows = Math.ceil(calls / server.quota) - 1
    // The server rounds up to whole seconds, and calls take up to 160 ms each, one alone in every window.
    const least = Math.max(windows * server.window, (calls * 80) / concurrency)
    const most = least * 1.15 + (windows + 1) * 1_500 + (calls * 160) / concurrency
    expect(Date.now() - start).toBeLessThanOrEqual(most)
  }
})

test('without an answer for 15 minutes the run stops, and does not blame the rate limit', async () => {
  const throttle = new RecordedThrottle(2)
  const none: Attempt = { exchange: { kind: 'no_answer', cause: 'network' }, isRateLimited: false }
  const calls = Array.from({ length: 30 }, async () => throttle.take('', 'revocation', 60_000, none))
  await jest.advanceTimersByTimeAsync(20 * 60_000)
  expect((await Promise.all(calls)).filter((isMade) => isMade)).toHaveLength(15)
  expect(throttle.stop.reason?.what).toBe('No answer arrived for 15 min')
})

test('a server that answers now and then between its 429s does not prolong a run for hours', async () => {
  const throttle = new RecordedThrottle(1, 120)
  let sent = 0
  const attempt = async (): Promise<Attempt> => {
    sent += 1
    return Promise.resolve(sent % 2 === 1 ? answer({ 'retry-after': '240' }, 429) : answer())
  }
  const calls = Array.from({ length: 120 }, async () => throttle.send(attempt, 'revocation'))
  await jest.advanceTimersByTimeAsync(60 * 60_000)
  // 15 minutes, and twice the half minute that 120 calls need at the quota.
  expect((await Promise.all(calls)).filter((turn) => 'made' in turn)).toHaveLength(4)
  const waited = /and this run has waited for it long enough \(16 min in all\)/
  expect(throttle.stop.reason?.what).toMatch(waited)
})

test('when a window ends while calls are in flight, they are waited for, and the next goes alone', async () => {
  const throttle = new RecordedThrottle(3)
  const first = answer({ ratelimit: '"a";r=50;t=2' })
  const lengths = [100, 2_500, 3_000, 2_400, 100, 100]
  const calls = lengths.map(async (length, index) =>
    throttle.take('', 'revocation', length, index === 0 ? first : answer()),
  )
  // The window ends at 2,100 ms; the call of 3,000 ms is on its way for another second.
  await jest.advanceTimersByTimeAsync(3_050)
  expect([throttle.sent.length, throttle.inFlight]).toEqual([4, 1])
  await jest.advanceTimersByTimeAsync(100)
  expect([throttle.sent.length, throttle.inFlight]).toEqual([5, 1])
  await jest.advanceTimersByTimeAsync(100)
  expect([throttle.sent.length, throttle.inFlight]).toEqual([6, 1])
  await Promise.all([...calls, jest.advanceTimersByTimeAsync(1_000)])
})

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
  // Revocations go before look-ups, and those before other reads.
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

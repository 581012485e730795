import { expect, test } from '@jest/globals'
import type { Exchange } from '../../src/cloudflare/http-exchange.ts'
import { type NextCall, RateLimitWindows } from '../../src/cloudflare/rate-limit-windows.ts'

type Headers = Readonly<Record<string, string>>

const answer = (headers: Headers = {}, status = 200): Exchange => ({
  kind: 'answer',
  status,
  headers,
  body: '',
  receivedAt: 0,
})
const after = (wait: number, reason: 'limit' | 'unavailable' = 'limit'): NextCall => ({
  kind: 'after',
  wait,
  reason,
})
const NOW = after(0)
const FIVE_MINUTES = 300_000

const isHeld = (exchange: Exchange): boolean => exchange.kind === 'answer' && exchange.status === 429

/** What is known after calls that each took no time, sent and answered one after another. */
function windowsAfter(...calls: readonly [at: number, exchange: Exchange][]): RateLimitWindows {
  const windows = new RateLimitWindows()
  for (const [at, exchange] of calls) {
    windows.forgetPast(at)
    windows.send(at)
    windows.update(exchange, isHeld(exchange), at, at)
  }
  return windows
}

test('without headers, the calls of the last five minutes are what counts', () => {
  const windows = windowsAfter(
    ...Array.from({ length: 1_200 }, (_, at): [number, Exchange] => [at, answer()]),
  )
  expect(windows.next(1_200, 0)).toEqual(after(FIVE_MINUTES - 1_200))
  windows.forgetPast(FIVE_MINUTES)
  expect(windows.next(FIVE_MINUTES, 0)).toEqual(NOW)
})

test.each<[string, Headers[], number]>([
  ['room left', [{ ratelimit: '"a";r=1;t=60' }], 0],
  ['no room left', [{ ratelimit: '"a";r=0;t=60' }], 60_000],
  ['no room under one of several policies', [{ ratelimit: '"default";r=900;t=200, "burst";r=0;t=4' }], 4_000],
  ['no room under two of them', [{ ratelimit: '"default";r=0;t=200, "burst";r=0;t=4' }], 200_000],
  ['a quota, used up', Array<Headers>(5).fill({ 'ratelimit-policy': '"burst";q=5;w=10' }), 10_000],
  ['a quota, not used up', Array<Headers>(4).fill({ 'ratelimit-policy': '"burst";q=5;w=10' }), 0],
  [
    'a quota of a policy whose room it mentions',
    [{ 'ratelimit-policy': '"a";q=1;w=10', ratelimit: '"a";r=3;t=4' }],
    0,
  ],
  [
    'a quota beside room that cannot be read',
    Array<Headers>(2).fill({ 'ratelimit-policy': '"a";q=2;w=1', ratelimit: '"a";r=-1;t=1' }),
    1_000,
  ],
  ['a quota of nothing', [{ 'ratelimit-policy': '"a";q=0;w=1' }], 0],
  ['room that cannot be read', [{ ratelimit: '"default";r=x' }, { ratelimit: '((' }, { ratelimit: '' }], 0],
  ['room without its end', [{ ratelimit: '"default";r=0' }, { ratelimit: '"default";r=0;t=-1' }], 0],
  [
    'less room, then more: answers overtake each other',
    [{ ratelimit: '"a";r=0;t=60' }, { ratelimit: '"a";r=1;t=60' }],
    60_000,
  ],
  [
    'two ends of a window, a second apart',
    [{ ratelimit: '"a";r=0;t=3' }, { ratelimit: '"a";r=0;t=4' }],
    3_000,
  ],
  [
    'a window that began since and is used up by others',
    [{ ratelimit: '"a";r=5;t=3' }, { ratelimit: '"a";r=0;t=20' }],
    20_000,
  ],
])('an answer that mentions %s', (_name, headers, wait) => {
  const windows = windowsAfter(...headers.map((each): [number, Exchange] => [0, answer(each)]))
  expect(windows.next(0, 0)).toEqual(after(wait))
})

test('calls in flight take up room; where none is left, they are waited for', () => {
  const windows = windowsAfter([0, answer({ ratelimit: '"a";r=2;t=60' })])
  expect(windows.next(0, 1)).toEqual(NOW)
  expect(windows.next(0, 2)).toEqual({ kind: 'after_answers' })
})

test.each<[string, Exchange]>([
  ['no answer', { kind: 'no_answer', cause: 'timeout' }],
  ['an answer without headers', answer({}, 502)],
])('%s counts as a call made, until an answer to a later call has counted it', (_name, exchange) => {
  const windows = windowsAfter([0, answer({ ratelimit: '"a";r=2;t=60' })], [1, exchange], [2, exchange])
  expect(windows.next(2, 0)).toEqual(after(60_000 - 2))
  windows.update(answer({ ratelimit: '"a";r=1;t=59' }), false, 3, 4)
  expect(windows.next(4, 0)).toEqual(NOW)
})

test('calls go alone at first, after a window and after a hold, until one sent since is answered', () => {
  const windows = new RateLimitWindows()
  expect(windows.isProbing).toBe(true)
  windows.update(answer({ ratelimit: '"a";r=0;t=2' }), false, 0, 100)
  expect(windows.isProbing).toBe(false)
  windows.forgetPast(2_100)
  expect(windows.next(2_100, 0)).toEqual(NOW)
  expect(windows.isProbing).toBe(true)
  windows.update(answer(), false, 2_000, 2_200)
  expect(windows.isProbing).toBe(true)
  windows.update(answer(), false, 2_150, 2_300)
  expect(windows.isProbing).toBe(false)
  expect(windows.hold(3_000, 5_000, 'limit')).toBe(8_000)
  expect(windows.isProbing).toBe(true)
  expect(windows.next(4_000, 0)).toEqual(after(4_000))
})

test('where the headers fall away, the calls of five minutes count again', () => {
  const made: [number, Exchange][] = [[0, answer({ ratelimit: '"a";r=5000;t=2' })]]
  for (let call = 1; call < 1_200; call += 1) made.push([3_000, answer()])
  expect(windowsAfter(...made).next(3_000, 0)).toEqual(after(FIVE_MINUTES - 3_000))
})

test.each<[string, Headers, number]>([
  ['seconds', { 'retry-after': '20' }, 20_000],
  ['0', { 'retry-after': '0' }, 1_000],
  ['a date gone by', { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, 1_000],
  ['something malformed', { 'retry-after': 'soon' }, 1_000],
  ['a negative number', { 'retry-after': '-5' }, 1_000],
  ['nothing', {}, 1_000],
  ['the end of the window alone', { ratelimit: '"a";r=0;t=7' }, 7_000],
])('a 429 that names %s', (_name, headers, wait) => {
  expect(windowsAfter([0, answer(headers, 429)]).next(0, 0)).toEqual(after(wait))
})

test('where a 429 names no moment, each hold is twice as long as the last, up to a minute', () => {
  const windows = new RateLimitWindows()
  let now = 0
  const waits = Array.from({ length: 8 }, () => {
    windows.update(answer({}, 429), true, now, now)
    const next = windows.next(now, 0)
    const wait = next.kind === 'after' ? next.wait : 0
    now += wait
    return wait / 1_000
  })
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  windows.update(answer(), false, now, now)
  windows.update(answer({}, 429), true, now, now)
  expect(windows.next(now, 0)).toEqual(after(1_000))
})

test('a 503 holds for what it names, at most a minute; one that names nothing does not hold', () => {
  const held = (headers: Headers): NextCall => windowsAfter([0, answer(headers, 503)]).next(0, 0)
  expect(held({ 'retry-after': '5' })).toEqual(after(5_000, 'unavailable'))
  expect(held({ 'retry-after': '3600' })).toEqual(after(60_000, 'unavailable'))
  expect(held({})).toEqual(NOW)
})

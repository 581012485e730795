import { expect, test } from '@jest/globals'
import type { Exchange } from '../../src/cloudflare/http-exchange.ts'
import { RateLimit } from '../../src/cloudflare/rate-limit.ts'

type Headers = Readonly<Record<string, string>>

const answer = (headers: Headers = {}, status = 200): Exchange => {
  return { kind: 'answer', status, headers, body: '', receivedAt: 0 }
}
const FIVE_MINUTES = 300_000

/** What is known after calls that each took no time, sent and answered one after another. */
function limitAfter(...calls: readonly [at: number, exchange: Exchange][]): RateLimit {
  const limit = new RateLimit()
  for (const [at, exchange] of calls) {
    limit.opensAt(at, 0)
    limit.send(at)
    limit.learn({ exchange, isRateLimited: exchange.kind === 'answer' && exchange.status === 429 }, at, at)
  }
  return limit
}

test('without headers, the calls of the last five minutes are what counts', () => {
  const limit = limitAfter(...Array.from({ length: 1_200 }, (_, at): [number, Exchange] => [at, answer()]))
  expect(limit.opensAt(1_200, 0)).toBe(FIVE_MINUTES)
  expect(limit.opensAt(FIVE_MINUTES, 0)).toBeLessThanOrEqual(FIVE_MINUTES)
})

/** What answers mention: room, or a policy and room. */
type Mention = string | readonly [policy: string, room?: string]

test.each<[string, readonly Mention[], number]>([
  ['room left', ['"a";r=1;t=60'], 0],
  ['no room left', ['"a";r=0;t=60'], 60_000],
  ['no room under one of several policies', ['"default";r=900;t=200, "burst";r=0;t=4'], 4_000],
  ['no room under two of them', ['"default";r=0;t=200, "burst";r=0;t=4'], 200_000],
  ['a quota, used up', Array<Mention>(5).fill(['"burst";q=5;w=10']), 10_000],
  ['a quota, not used up', Array<Mention>(4).fill(['"burst";q=5;w=10']), 0],
  ['a quota of a policy whose room it mentions', [['"a";q=1;w=10', '"a";r=3;t=4']], 0],
  ['a quota beside room that cannot be read', Array<Mention>(2).fill(['"a";q=2;w=1', '"a";r=-1;t=1']), 1_000],
  ['a quota of nothing', [['"a";q=0;w=1']], 0],
  ['room that cannot be read', ['"default";r=x', '((', ''], 0],
  ['room of a policy that is a token', ['default;r=0;t=30'], 30_000],
  ['a policy that cannot be read beside one that can', ['"a";r=-1;t=2, "b";r=0;t=4;pk=:aa==:'], 4_000],
  ['room without its end', ['"default";r=0', '"default";r=0;t=-1'], 0],
  ['less room, then more: answers overtake each other', ['"a";r=0;t=60', '"a";r=1;t=60'], 60_000],
  ['two ends of a window, a second apart', ['"a";r=9;t=3', '"a";r=0;t=3', '"a";r=0;t=4'], 4_000],
  ['a window that began since and is used up by others', ['"a";r=5;t=3', '"a";r=0;t=20'], 20_000],
])('an answer that mentions %s', (_name, mentions, wait) => {
  const calls = mentions.map((mention): [number, Exchange] => {
    const [policy, ratelimit] = typeof mention === 'string' ? [undefined, mention] : mention
    return [0, answer({ ...(policy && { 'ratelimit-policy': policy }), ...(ratelimit && { ratelimit }) })]
  })
  expect(limitAfter(...calls).opensAt(0, 0)).toBe(wait)
})

test('calls in flight take up room; where none is left, they are waited for', () => {
  const limit = limitAfter([0, answer({ ratelimit: '"a";r=2;t=60' })])
  expect(limit.opensAt(0, 1)).toBeLessThanOrEqual(0)
  expect(limit.opensAt(0, 2)).toBeUndefined()
})

test.each<[string, Exchange]>([
  ['no answer', { kind: 'no_answer', cause: 'timeout' }],
  ['an answer without headers', answer({}, 502)],
])('%s counts as a call made', (_name, exchange) => {
  const limit = limitAfter([0, answer({ ratelimit: '"a";r=2;t=60' })], [1, exchange], [2, exchange])
  expect(limit.opensAt(2, 0)).toBe(60_000)
})

test('calls go alone at first, after a window and after a hold, until one sent since is answered', () => {
  const limit = new RateLimit()
  expect(limit.isProbing).toBe(true)
  limit.learn({ exchange: answer({ ratelimit: '"a";r=0;t=2' }), isRateLimited: false }, 0, 100)
  expect(limit.isProbing).toBe(false)
  expect(limit.opensAt(2_100, 0)).toBeLessThanOrEqual(2_100)
  expect(limit.isProbing).toBe(true)
  limit.learn({ exchange: answer(), isRateLimited: false }, 2_000, 2_200)
  expect(limit.isProbing).toBe(true)
  limit.learn({ exchange: answer(), isRateLimited: false }, 2_150, 2_300)
  expect(limit.isProbing).toBe(false)
  expect(limit.hold(3_000, 5_000)).toBe(8_000)
  expect(limit.isProbing).toBe(true)
  expect(limit.opensAt(4_000, 0)).toBe(8_000)
})

test('where the headers fall away, the calls of five minutes count again', () => {
  const made: [number, Exchange][] = [[0, answer({ ratelimit: '"a";r=5000;t=2' })]]
  for (let call = 1; call < 1_200; call += 1) made.push([3_000, answer()])
  expect(limitAfter(...made).opensAt(3_000, 0)).toBe(FIVE_MINUTES)
})

test.each<[string, Headers, number]>([
  ['seconds', { 'retry-after': '20' }, 20_000],
  ['0', { 'retry-after': '0' }, 1_000],
  ['a date gone by', { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, 1_000],
  ['something malformed', { 'retry-after': 'soon' }, 1_000],
  ['a fraction', { 'retry-after': '5.5' }, 1_000],
  ['a date in another form', { 'retry-after': 'Sunday, 06-Nov-94 08:49:37 GMT' }, 1_000],
  ['a negative number', { 'retry-after': '-5' }, 1_000],
  ['nothing', {}, 1_000],
  ['the end of the window alone', { ratelimit: '"a";r=0;t=7' }, 7_000],
])('a 429 that names %s', (_name, headers, wait) => {
  expect(limitAfter([0, answer(headers, 429)]).opensAt(0, 0)).toBe(wait)
})

test('a 429 that names a date to come holds until then', () => {
  const inTwentySeconds = new Date(Date.now() + 20_000).toUTCString()
  const wait = limitAfter([0, answer({ 'retry-after': inTwentySeconds }, 429)]).opensAt(0, 0)
  // Dates have whole seconds.
  expect(wait).toBeGreaterThan(15_000)
  expect(wait).toBeLessThanOrEqual(20_000)
})

test('where a 429 names no moment, each hold is twice as long as the last, up to a minute', () => {
  const limit = new RateLimit()
  let now = 0
  const waits = Array.from({ length: 8 }, () => {
    limit.learn({ exchange: answer({}, 429), isRateLimited: true }, now, now)
    const start = now
    now = limit.opensAt(now, 0) ?? 0
    return (now - start) / 1_000
  })
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  limit.learn({ exchange: answer(), isRateLimited: false }, now, now)
  limit.learn({ exchange: answer({}, 429), isRateLimited: true }, now, now)
  expect(limit.opensAt(now, 0)).toBe(now + 1_000)
})

test('if others use as much of a window as this run, room is left to them, up to a quarter', () => {
  const calls = (count: number): [number, Exchange][] =>
    Array.from({ length: count }, (_, at) => [at, answer({ ratelimit: `"a";r=${100 - 2 * at};t=60` })])
  expect(limitAfter(...calls(46)).opensAt(46, 2)).toBeLessThanOrEqual(46)
  // Eight calls of others are expected while four of this run are in flight.
  expect(limitAfter(...calls(46)).opensAt(46, 3)).toBeUndefined()
  expect(limitAfter(...calls(51)).opensAt(51, 0)).toBe(60_050)
})

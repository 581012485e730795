import { expect, test } from '@jest/globals'
import type { Session } from '../../src/cloudflare/records.ts'
import { agreedTimes } from '../../src/verify/clocks.ts'
import { isNewSession } from '../../src/verify/sessions.ts'

test.each([
  ['agree', { date: 1_000_000, receivedAt: 0 }, { date: 1_030_000, receivedAt: 30_000 }, true],
  ['differ by a minute', { date: 1_000_000, receivedAt: 0 }, { date: 1_060_000, receivedAt: 0 }, true],
  ['differ by more', { date: 1_000_000, receivedAt: 0 }, { date: 1_061_000, receivedAt: 0 }, false],
  [
    'differ by the time between the answers',
    { date: 1_000_000, receivedAt: 0 },
    { date: 1_000_000, receivedAt: 90_000 },
    false,
  ],
  ['are not known from the first', { date: undefined, receivedAt: 0 }, { date: 1, receivedAt: 0 }, false],
  ['are not known from the second', { date: 1, receivedAt: 0 }, { date: undefined, receivedAt: 0 }, false],
])('clocks that %s', (_name, one, other, agree) => {
  expect('confirmedAt' in agreedTimes(one, [other])).toBe(agree)
})

/** The second in which the revocation was confirmed; the answer comes ten seconds later. */
const CONFIRMED = 1_700_000_000
const TIMES = { confirmedAt: CONFIRMED * 1_000, answeredAt: (CONFIRMED + 10) * 1_000 }
const session = (iat: number | undefined, ...keys: string[]): Session => ({ keys, iat })

test.each<[string, Session, boolean]>([
  ['issued after the second of the confirmation', session(CONFIRMED + 1, 'new'), true],
  ['issued in that second', session(CONFIRMED, 'new'), false],
  ['issued a minute after the answer that shows it', session(CONFIRMED + 70, 'new'), true],
  ['issued later than that', session(CONFIRMED + 71, 'new'), false],
  ['with an iat in milliseconds', session(CONFIRMED * 1_000 + 5_000, 'new'), false],
  ['with an iat beyond any date', session(1.7e15, 'new'), false],
  ['without an iat', session(undefined, 'new'), false],
  ['without a name', session(CONFIRMED + 1), false],
  ['that was seen before', session(CONFIRMED + 1, 'before'), false],
  ['whose name was seen before', session(CONFIRMED + 1, 'another nonce', 'before'), false],
])('a session %s', (_name, each, isNew) => {
  const before = [session(CONFIRMED - 100, 'before'), session(CONFIRMED - 100)]
  expect(isNewSession(each, TIMES, { before, isNewAllowed: false })).toBe(isNew)
})

test('without a read before, a session is new only if that is a failure anyway', () => {
  const each = session(CONFIRMED + 1, 'new')
  expect(isNewSession(each, TIMES, { before: undefined, isNewAllowed: false })).toBe(true)
  expect(isNewSession(each, TIMES, { before: undefined, isNewAllowed: true })).toBe(false)
})

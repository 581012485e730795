import { expect, test } from '@jest/globals'
import type { Registration, Session } from '../../src/cloudflare/records.ts'
import { agreedTimes, type Reading, sortActive } from '../../src/verify/clocks.ts'
import { REGISTRATIONS } from '../../src/verify/devices.ts'
import { SESSIONS } from '../../src/verify/sessions.ts'

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
const reading = <T>(...items: readonly T[]): Reading<T> => ({ items, answers: [] })
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
  const before = reading(session(CONFIRMED - 100, 'before'), session(CONFIRMED - 100))
  const sorted = sortActive([each], TIMES, SESSIONS, { before, isNewAllowed: false })
  expect(sorted).toEqual(isNew ? { left: [], begun: [each] } : { left: [each], begun: [] })
})

const { confirmedAt: AT, answeredAt: NOW } = TIMES
const registration = (more: Partial<Registration>): Registration => ({
  id: 'r',
  name: undefined,
  type: 'warp',
  owner: { id: undefined, email: undefined },
  createdAt: { at: AT + 1_000 },
  revokedAt: 'absent',
  deletedAt: 'absent',
  ...more,
})

test.each<
  [
    string,
    Partial<Registration>,
    'left' | 'begun',
    { before: Reading<Registration> | undefined; isNewAllowed?: boolean }?,
  ]
>([
  ['made a second after the confirmation', {}, 'begun'],
  ['made in the second of the confirmation', { createdAt: { at: AT + 999 } }, 'left'],
  ['made before', { createdAt: { at: AT - 1 } }, 'left'],
  ['made at no time', { createdAt: 'absent' }, 'left'],
  ['made a minute after the answer that shows it', { createdAt: { at: NOW + 60_000 } }, 'begun'],
  ['made later than that', { createdAt: { at: NOW + 60_001 } }, 'left'],
  ['seen before', {}, 'left', { before: reading(registration({})) }],
  ['not read before, where a new one is a failure', {}, 'begun', { before: undefined }],
  ['not read before, where a new one is allowed', {}, 'left', { before: undefined, isNewAllowed: true }],
])('a registration %s', (_name, more, where, evidence = { before: reading() }) => {
  const shown = [registration(more)]
  const sorted = sortActive(shown, TIMES, REGISTRATIONS, { isNewAllowed: false, ...evidence })
  expect(sorted).toEqual({ left: [], begun: [], [where]: shown })
})

test.each<[string, Partial<Registration>, boolean, wasActive?: boolean]>([
  ['a moment after the confirmation', { revokedAt: { at: AT + 1_000 } }, false],
  ['within the tolerance before it', { revokedAt: { at: AT - 60_000 } }, false],
  ['earlier than that, on one that was active', { revokedAt: { at: AT - 60_001 } }, true],
  ['earlier than that, on one that was not', { revokedAt: { at: AT - 60_001 } }, false, false],
  ['within the tolerance after the answer', { revokedAt: { at: NOW + 60_000 } }, false],
  ['later than that', { revokedAt: { at: NOW + 60_001 } }, true],
  ['in the year 1', { revokedAt: { at: Date.UTC(1, 0) } }, true],
  ['that cannot be read', { revokedAt: 'unreadable' }, true],
  ['before it was made', { createdAt: { at: AT + 3_000 }, revokedAt: { at: AT + 2_000 } }, true],
  ['where it was made at an unreadable time', { createdAt: 'unreadable', revokedAt: { at: AT } }, true],
])('a registration with a time of revocation %s', (_name, more, isActive, wasActive = true) => {
  const old = registration({ createdAt: { at: AT - 90_000 }, ...more })
  expect(REGISTRATIONS.isActive(old, TIMES, wasActive)).toBe(isActive)
})

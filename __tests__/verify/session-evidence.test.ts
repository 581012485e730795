import { expect, test } from '@jest/globals'
import type { Session } from '../../src/cloudflare/records.ts'
import { finding } from '../../src/controls/control.ts'
import { clocksDisagree } from '../../src/controls/poll-until.ts'
import { judgeLogin, type SessionEvidence, sortSessions } from '../../src/controls/session-evidence.ts'
import { OPTIONS } from '../support/options.ts'

/** The second in which the revocation was confirmed. */
const CUTOFF = 1_700_000_000
const confirmation = { date: CUTOFF * 1_000, receivedAt: 500 }
const shown = { date: (CUTOFF + 10) * 1_000, receivedAt: 10_500 }
const evidence = (before: readonly Session[] | undefined, newSessionsAllowed = false): SessionEvidence => ({
  before,
  confirmation,
  newSessionsAllowed,
})
const session = (iat: number | undefined, ...keys: string[]): Session => ({
  keys: keys.length === 0 ? ['new'] : keys,
  iat,
})

test.each<[string, Session, boolean]>([
  ['issued after the second of the confirmation', session(CUTOFF + 1), true],
  ['issued in that second', session(CUTOFF), false],
  ['issued a minute after the answer that shows it', session(CUTOFF + 70), true],
  ['issued later than that', session(CUTOFF + 71), false],
  ['with an iat in milliseconds', session(CUTOFF * 1_000 + 5_000), false],
  ['with an iat beyond any date', session(1.7e15), false],
  ['without an iat', session(undefined), false],
  ['without a name', { keys: [], iat: CUTOFF + 1 }, false],
  ['that was seen before', session(CUTOFF + 1, 'before'), false],
  ['whose name was seen before', session(CUTOFF + 1, 'another nonce', 'before'), false],
])('a session %s', (_name, each, isNew) => {
  const before = [session(CUTOFF - 100, 'before'), { keys: [], iat: CUTOFF - 100 }]
  expect(sortSessions([each], shown, evidence(before))).toEqual(
    isNew ? { old: 0, newSessions: [each.iat] } : { old: 1, newSessions: [] },
  )
})

test.each([
  ['the answer that shows it', { date: undefined, receivedAt: 0 }, confirmation],
  ['the confirmation', shown, { date: undefined, receivedAt: 0 }],
])('without the Date of %s no session is new', (_name, answer, confirming) => {
  expect(sortSessions([session(CUTOFF + 1)], answer, { ...evidence([]), confirmation: confirming }).old).toBe(
    1,
  )
})

test('without a read before, a session is new only if that is a failure anyway', () => {
  expect(sortSessions([session(CUTOFF + 1)], shown, evidence(undefined)).old).toBe(0)
  expect(sortSessions([session(CUTOFF + 1)], shown, evidence(undefined, true)).old).toBe(1)
})

test.each([
  ['agree', { date: 1_000_000, receivedAt: 0 }, { date: 1_030_000, receivedAt: 30_000 }, false],
  ['differ by a minute', { date: 1_000_000, receivedAt: 0 }, { date: 1_060_000, receivedAt: 0 }, false],
  ['differ by more', { date: 1_000_000, receivedAt: 0 }, { date: 1_061_000, receivedAt: 0 }, true],
  [
    'differ by the time between the answers',
    { date: 1_000_000, receivedAt: 0 },
    { date: 1_000_000, receivedAt: 90_000 },
    true,
  ],
  ['are not both known', { date: undefined, receivedAt: 0 }, { date: 1_000_000, receivedAt: 0 }, false],
  ['are not both known', { date: 1_000_000, receivedAt: 0 }, { date: undefined, receivedAt: 0 }, false],
])('clocks that %s', (_name, one, other, disagree) => {
  expect(clocksDisagree(one, other)).toBe(disagree)
})

test.each(['verified', 'failed', 'not_known'] as const)(
  'a later login that is no failure leaves sessions %s',
  (state) => {
    const day = 86_400_000
    const later = { at: 10 * day, since: 2 * day, login: undefined }
    const now = { date: 10 * day + 1, receivedAt: 0 }
    const judged = judgeLogin(finding(state), later, now, { ...OPTIONS, signedInAgain: 'warn' })
    expect(judged).toMatchObject({ state, warnings: [expect.stringMatching(/still signed in/)] })
  },
)

test('an answer without Date does not show how long ago a login was', () => {
  const later = { at: 10, since: 5, login: undefined }
  const sessions = finding('verified')
  expect(judgeLogin(sessions, later, { date: undefined, receivedAt: 0 }, OPTIONS)).toBe(sessions)
})

test('a later login that the login log explains is a warning with the explanation', () => {
  const later = { at: 10, since: 5, login: '2030-01-31T12:03:00Z to grafana.example.com' }
  const { warnings } = judgeLogin(finding('verified'), later, { date: 10, receivedAt: 0 }, OPTIONS)
  expect(warnings).toEqual([`The user signed in at ${later.login}, after \`revoke_after\`.`])
})

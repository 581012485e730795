import { expect, test } from '@jest/globals'
import type { Options } from '../../src/inputs/options.ts'
import { type RunRecord, type Verdict, verdictOf } from '../../src/result/verdict.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { DRY_RUN, OFFLINE, OPTIONS, VERIFYING } from '../support/options.ts'
import { addresses } from '../support/scene.ts'
import * as given from './outcomes.ts'

const LATER = given.notProcessed('not_due', 'later@example.com', { text: '2999-01-01', at: 1 })
const LONG_AGO = given.notProcessed('past', 'past@example.com', { text: '2001-01-01', at: 1 })
const WOULD_FAIL = given.wouldRevoke('b@example.com', {}, given.PROBLEM)
const REVIEW: Options = { ...DRY_RUN, notListed: 'warn' }
const DELIVERED = { report: true, outputs: true }
const BAD_ROWS = given.listWith({ badRows: [given.badRow('l.csv:2'), given.badRow('l.csv:3')] })

function verdict(outcomes: readonly Outcome[], more: Parameters<typeof given.recordOf>[1] = {}): Verdict {
  return verdictOf(given.recordOf(outcomes, more), DELIVERED)
}

test.each<[string, Verdict['sign'], Outcome[], Options]>([
  ['1 user revoked and verified.', '✅', [given.verified()], VERIFYING],
  ['2 users revoked, not verified.', '⚠️', addresses(2).map((email) => given.accepted(email)), OPTIONS],
  ['1 user not revoked.', '❌', [given.notRevoked()], VERIFYING],
  ['1 user revoked, not verified.', '❌', [given.revokedBut('', { verification: 'failed' })], VERIFYING],
  ['1 user revoked, not verified.', '❌', [given.revokedBut('', { verification: 'not_done' })], VERIFYING],
  ['1 user revoked, with errors.', '❌', [given.revokedBut('Revoked, but …')], OPTIONS],
  [
    '1 user not revoked; 1,000 skipped; 2 revoked and verified.',
    '❌',
    [
      ...addresses(2).map((email) => given.verified(email)),
      given.notRevoked(),
      ...addresses(1_000).map((email) => given.skipped(email)),
    ],
    VERIFYING,
  ],
  [
    '1 user unknown to the organization; 1 revoked and verified.',
    '⚠️',
    [given.unknown(), given.verified()],
    VERIFYING,
  ],
  ['No one is due (1 not due yet, 1 due more than 30 days ago).', '✅', [LATER, LONG_AGO], VERIFYING],
  ['Dry run: 1 user would be revoked.', '🔍', [given.wouldRevoke()], DRY_RUN],
  ['Dry run: 1 user would fail; 1 would be revoked.', '❌', [given.wouldRevoke(), WOULD_FAIL], DRY_RUN],
  ['Dry run: 1 user not checked.', '❌', [given.skipped()], DRY_RUN],
  ['Offline check: 1 user would be revoked (1 not due yet).', '🔍', [given.wouldRevoke(), LATER], OFFLINE],
])('%s', (headline, sign, outcomes, options) => {
  expect(verdict(outcomes, { options })).toMatchObject({ headline, sign })
})

test.each<[string, Parameters<typeof given.recordOf>[1], Outcome[]]>([
  ['1 user revoked and verified (1 stays).', { list: given.listWith({ staying: 1 }) }, [given.verified()]],
  ['No one is due (2,990 stay).', { list: given.listWith({ staying: 2_990 }) }, []],
  ['1 user revoked and verified; 2 rows could not be used.', { list: BAD_ROWS }, [given.verified()]],
  ['No one was revoked; 2 rows could not be used.', { list: BAD_ROWS }, []],
  ['Dry run: 2 rows could not be used.', { list: BAD_ROWS, options: DRY_RUN }, []],
])('people who stay, and rows that could not be used: %s', (headline, more, outcomes) => {
  const { level, ...others } = verdict(outcomes, more)
  expect(others).toMatchObject({ headline, remarks: [] })
  expect(level).toBe(headline.includes('rows') ? 'error' : 'info')
})

test('seats are counted by their IDs, since a user may have several', () => {
  const seat = (...ids: string[]): Outcome =>
    given.verified('a@example.com', {
      seat: { state: 'removed', seats: ids.map((seat_uid) => ({ seat_uid, access_seat: false })) },
    })
  const none = given.verified('b@example.com', { seat: { state: 'none', seats: [] } })
  const options = { ...VERIFYING, removeSeat: true }
  expect(verdict([seat('1', '2'), seat('3'), none], { options }).headline).toBe(
    '3 users revoked and verified; 3 seats freed.',
  )
  const holder = given.wouldRevoke('a@example.com', {
    seat: { state: 'not_done', seats: [], wouldFree: true },
  })
  expect(verdict([holder], { options: { ...DRY_RUN, removeSeat: true } }).headline).toBe(
    'Dry run: 1 user would be revoked; 1 has a seat to free.',
  )
})

test.each<[string, Partial<RunRecord>, typeof DELIVERED, RegExp]>([
  ['without a report', {}, { report: false, outputs: true }, /^The report .* \(RUNNER_TEMP\)\.$/],
  ['without outputs', {}, { report: true, outputs: false }, /^The outputs .* \(GITHUB_OUTPUT\)/],
  ['that was stopped', { stopped: { what: 'Cancelled', remedy: '' } }, DELIVERED, /^Cancelled\.$/],
])('a run %s is red, with the same headline', (_name, more, delivered, remark) => {
  expect(verdictOf(given.recordOf([given.verified()], more), delivered)).toMatchObject({
    level: 'error',
    headline: '1 user revoked and verified.',
    remarks: [expect.stringMatching(remark)],
  })
})

test('a warning about a user changes the sign, and the user has the annotation', () => {
  const warned = given.verified('a@example.com', { warnings: [{ what: 'Mind this' }] })
  expect(verdict([warned])).toMatchObject({ level: 'info', sign: '⚠️' })
})

test.each<[string, Partial<RunRecord>, Outcome[], Verdict['level']]>([
  ['everyone is unknown', {}, [given.unknown()], 'warning'],
  ['some are unknown', {}, [given.unknown(), given.verified('b@example.com')], 'info'],
  ['everyone was due long ago', {}, [LONG_AGO], 'warning'],
  ['some were due long ago', {}, [LONG_AGO, LATER], 'info'],
  ['users are due in a scheduled dry run', scheduled(DRY_RUN), [given.wouldRevoke()], 'warning'],
  ['users are due in a scheduled check', scheduled(OFFLINE), [given.wouldRevoke()], 'warning'],
  ['no one is due in a scheduled dry run', scheduled(DRY_RUN), [LATER], 'info'],
  ['users are due in a scheduled review', scheduled(REVIEW), [given.wouldRevoke()], 'info'],
  ['users are due in a dry run', { options: DRY_RUN }, [given.wouldRevoke()], 'info'],
])('the run ends with a warning if %s', (_name, more, outcomes, level) => {
  const result = verdict(outcomes, more)
  expect(result.level).toBe(level)
  expect(result.remarks).toHaveLength(level === 'warning' ? 1 : 0)
})

function scheduled(options: Options): Partial<RunRecord> {
  return { options, workflowRun: { event: 'schedule' } }
}

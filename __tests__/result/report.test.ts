import { expect, test } from '@jest/globals'
import * as v from 'valibot'
import type { Options } from '../../src/inputs/options.ts'
import { Report } from '../../src/result/report-schema.ts'
import { reportOf, reportOfProblems } from '../../src/result/report.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { parseUuid } from '../../src/users/user.ts'
import { DRY_RUN, OFFLINE, VERIFYING } from '../support/options.ts'
import * as given from './outcomes.ts'

/** The report as a reader gets it, without the options, which are those of no step. */
function written(report: Report): Report {
  return v.parse(Report, JSON.parse(JSON.stringify({ ...report, options: undefined })))
}

function userIn(outcome: Outcome, options: Options = VERIFYING): unknown {
  return written(reportOf(given.recordOf([outcome], { options }))).users[0]
}

const userUid = parseUuid('0123456789abcdef0123456789abcdef')
const EPOCH = '1970-01-01T00:00:00.000Z'

// The example in docs/report.md, which is compared with a report, has the other fields.
test('a user has what the list gives, and what was found out about devices and the seat', () => {
  const registrations = [{ id: 'd1', name: 'laptop', status: 'revoked', revokedAt: 0 }] as const
  const outcome = given.verified('a@example.com', {
    accountUserIds: ['u1'],
    devices: { before: 1, after: 0, registrations: [...registrations, { id: 'd2', status: 'deleted' }] },
    seat: { state: 'removed', seats: [{ seat_uid: 's1', access_seat: false, gateway_seat: false }] },
    warnings: [{ what: 'Mind this', remedy: 'Do that.' }],
  })
  const row = { source: 'l.csv:2', reference: 'HR-1', revokeAfter: { text: '1969-12-31', at: 0 } }
  expect(userIn(given.of(outcome, { ...row, ...(userUid && { userUid }) }))).toMatchObject({
    email: 'a@example.com',
    source: 'l.csv:2',
    reference: 'HR-1',
    user_uid: userUid,
    revoke_after: '1969-12-31',
    due_at: EPOCH,
    status: 'revoked',
    started_at: EPOCH,
    finished_at: '1970-01-01T00:00:00.001Z',
    account_user_ids: ['u1'],
    sessions_before: 3,
    sessions_after: 0,
    devices: [
      { id: 'd1', name: 'laptop', status: 'revoked', revoked_at: EPOCH },
      { id: 'd2', status: 'deleted', revoked_at: null },
    ],
    seat: 'removed',
    seat_flags_after: [{ seat_uid: 's1', access_seat: false, gateway_seat: false }],
    warnings: ['Mind this. Do that.'],
  })
})

test('what does not apply to a user is absent', () => {
  const fields = v.parse(v.record(v.string(), v.unknown()), userIn(given.accepted()))
  expect(Object.keys(fields).toSorted().join(' ')).toBe(
    'attempts controls email errors finished_at http_status ray_id revocation source started_at status',
  )
})

const ANSWER = { ...given.PROBLEM, errors: [{ code: 1, message: 'No.' }], httpStatus: 400, rayId: 'ray-1' }

test.each<[Outcome, object, Options?]>([
  [
    given.notRevoked('a@example.com', ANSWER),
    {
      status: 'failed',
      revocation: 'unconfirmed',
      reason: 'Not revoked: Something happened: 1 "No." (ray ID ray-1). Do this.',
      errors: [{ code: 1, message: 'No.', http_status: 400, ray_id: 'ray-1' }],
    },
  ],
  [
    given.revokedBut('Revoked, but not verified: 1 session is left'),
    {
      status: 'failed',
      revocation: 'confirmed',
      reason: 'Revoked, but not verified: 1 session is left. Do this.',
      http_status: 200,
      errors: [{ message: 'Revoked, but not verified: 1 session is left' }],
    },
  ],
  [given.unknown(), { reason: 'Not revoked: the organization knows no such user.', errors: [] }],
  [
    given.skipped(),
    {
      reason: expect.stringMatching(
        /^Not revoked: The run was stopped before .* Everyone else would fail\.$/,
      ),
      errors: [{ message: 'Everyone else would fail.' }],
      attempts: 0,
    },
  ],
  [
    given.skipped(),
    { reason: 'Not checked, because the run was stopped. Everyone else would fail.' },
    DRY_RUN,
  ],
  [
    given.wouldRevoke('a@example.com', { sessions: { before: 3 }, seat: { state: 'not_done', seats: [] } }),
    { status: 'would_revoke', sessions_before: 3, seat: 'not_done', errors: [] },
    DRY_RUN,
  ],
  [
    given.wouldRevoke('a@example.com', {}, ANSWER),
    {
      reason: 'Would fail: Something happened: 1 "No." (ray ID ray-1). Do this.',
      http_status: 400,
      ray_id: 'ray-1',
    },
    DRY_RUN,
  ],
  [
    given.notProcessed('not_due', 'a@example.com', { text: '1969-12-31', at: 0 }),
    { status: 'not_due', due_at: EPOCH, controls: given.checks('not_requested').controls },
  ],
])('why a user is not revoked, or would not be (%#)', (outcome, fields, options = VERIFYING) => {
  expect(userIn(outcome, options)).toMatchObject(fields)
})

test('the totals count every user and row once, and people who stay are only counted', () => {
  const outcomes = [
    given.verified(),
    given.notRevoked('b@example.com'),
    given.unknown('c@example.com'),
    given.skipped('d@example.com'),
    given.notProcessed('not_due', 'e@example.com', { text: '', at: 0 }),
    given.notProcessed('past', 'f@example.com', { text: '', at: 0 }),
  ]
  const list = given.listWith({ badRows: [given.badRow('l.csv:2')], staying: 2_990 })
  const { totals, users } = written(reportOf(given.recordOf(outcomes, { list })))
  expect(users).toHaveLength(6)
  expect(totals).toEqual({
    requested: 2_997,
    revoked: 1,
    failed: 2,
    unknown: 1,
    skipped: 1,
    not_due: 1,
    past: 1,
    staying: 2_990,
    would_revoke: 0,
  })
})

test('the target is null in a check without one', () => {
  const record = given.recordOf([], { options: { ...OFFLINE, target: undefined } })
  expect(written(reportOf(record))).toMatchObject({ target: null, dry_run: true })
})

test('inputs that cannot be used leave their problems, and no values', () => {
  const problems = [
    { what: '`devices` is "yes"', remedy: 'Use `true`.' },
    { what: '"x" is wrong', at: { source: 'l.csv:3', file: 'l.csv', line: 3 } },
  ]
  const report = reportOfProblems(problems, { ...given.PROVENANCE, workflowRun: { actor: 'octocat' } })
  expect(written(report)).toEqual({
    version: 1,
    action: { version: expect.any(String) },
    started_at: EPOCH,
    finished_at: '1970-01-01T00:00:01.000Z',
    run: { actor: 'octocat' },
    problems: [
      { message: '`devices` is "yes". Use `true`.' },
      { message: 'l.csv:3: "x" is wrong.', file: 'l.csv', line: 3 },
    ],
    users: [],
  })
})

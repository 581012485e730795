import { expect, test } from '@jest/globals'
import * as v from 'valibot'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import type { Options } from '../../src/inputs/options.ts'
import { Report } from '../../src/result/report-schema.ts'
import { reportOf, reportOfProblems } from '../../src/result/report.ts'
import type { RunRecord } from '../../src/result/verdict.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { parseUuid } from '../../src/users/user.ts'
import {
  accepted,
  badRow,
  checks,
  DRY_RUN,
  notProcessed,
  notRevoked,
  of,
  OFFLINE,
  PROBLEM,
  recordOf,
  revokedBut,
  skipped,
  unknown,
  verified,
  VERIFYING,
  wouldRevoke,
} from './outcomes.ts'

/** The report as a reader gets it, without the options, which are those of no step. */
function written(record: RunRecord): v.InferOutput<typeof Report> {
  return v.parse(Report, JSON.parse(JSON.stringify({ ...reportOf(record), options: undefined })))
}

function userIn(outcome: Outcome, options: Options = VERIFYING): unknown {
  return written(recordOf([outcome], { options })).users[0]
}

const userUid = parseUuid('0123456789abcdef0123456789abcdef')
const EPOCH = '1970-01-01T00:00:00.000Z'

test('a verified user has all that was found out', () => {
  const outcome = verified('a@example.com', {
    accountUserIds: ['u1'],
    sessions: { before: 3, after: 0 },
    devices: {
      before: 1,
      after: 0,
      registrations: [
        { id: 'd1', name: 'laptop', registrationType: 'device', status: 'revoked', revokedAt: 0 },
        { id: 'd2', status: 'deleted' },
      ],
    },
    seat: { state: 'removed', seats: [{ seat_uid: 's1', access_seat: false, gateway_seat: false }] },
    verifiedAt: 0,
    warnings: [{ what: 'Mind this', remedy: 'Do that.' }],
  })
  const listed = of(outcome, {
    ...(userUid && { userUid }),
    source: 'l.csv:2',
    reference: 'HR-1',
    revokeAfter: { text: '1969-12-31', at: 0 },
  })
  expect(userIn(listed)).toEqual({
    email: 'a@example.com',
    source: 'l.csv:2',
    reference: 'HR-1',
    user_uid: userUid,
    revoke_after: '1969-12-31',
    due_at: EPOCH,
    status: 'revoked',
    revocation: 'confirmed',
    controls: {
      access_tokens: 'confirmed',
      sessions: 'verified',
      seat: 'not_requested',
      devices: 'not_requested',
      warp_session: 'not_requested',
    },
    attempts: 1,
    started_at: EPOCH,
    finished_at: '1970-01-01T00:00:00.001Z',
    http_status: 200,
    ray_id: '8d1f0c3b5a7e9264-FRA',
    errors: [],
    account_user_ids: ['u1'],
    verification: 'passed',
    sessions_before: 3,
    sessions_after: 0,
    devices_before: 1,
    devices_after: 0,
    devices: [
      { id: 'd1', name: 'laptop', registration_type: 'device', status: 'revoked', revoked_at: EPOCH },
      { id: 'd2', status: 'deleted', revoked_at: null },
    ],
    seat: 'removed',
    seat_flags_after: [{ seat_uid: 's1', access_seat: false, gateway_seat: false }],
    verified_at: EPOCH,
    warnings: ['Mind this. Do that.'],
  })
})

test('what does not apply to a user is absent', () => {
  const fields = v.parse(v.record(v.string(), v.unknown()), userIn(accepted()))
  expect(Object.keys(fields).toSorted().join(' ')).toBe(
    'attempts controls email errors finished_at http_status ray_id revocation source started_at status',
  )
})

const ANSWER = { ...PROBLEM, errors: [{ code: 1, message: 'No.' }], httpStatus: 400, rayId: 'ray-1' }

test.each<[Outcome, object, Options?]>([
  [
    notRevoked('a@example.com', ANSWER),
    {
      status: 'failed',
      revocation: 'unconfirmed',
      reason: 'Not revoked: Something happened: 1 "No." (ray ID ray-1). Do this.',
      errors: [{ code: 1, message: 'No.', http_status: 400, ray_id: 'ray-1' }],
    },
  ],
  [
    revokedBut('Revoked, but not verified: 1 session is left'),
    {
      status: 'failed',
      revocation: 'confirmed',
      reason: 'Revoked, but not verified: 1 session is left. Do this.',
      http_status: 200,
      errors: [{ message: 'Revoked, but not verified: 1 session is left' }],
    },
  ],
  [unknown(), { reason: 'Not revoked: the organization knows no such user.', errors: [] }],
  [
    skipped(),
    {
      reason: expect.stringMatching(
        /^Not revoked: The run was stopped before .* Everyone else would fail\.$/,
      ),
      errors: [{ message: 'Everyone else would fail.' }],
      attempts: 0,
    },
  ],
  [skipped(), { reason: 'Not checked, because the run was stopped. Everyone else would fail.' }, DRY_RUN],
  [
    wouldRevoke('a@example.com', { sessions: { before: 3 }, seat: { state: 'not_done', seats: [] } }),
    { status: 'would_revoke', sessions_before: 3, seat: 'not_done', errors: [] },
    DRY_RUN,
  ],
  [
    wouldRevoke('a@example.com', {}, ANSWER),
    {
      reason: 'Would fail: Something happened: 1 "No." (ray ID ray-1). Do this.',
      http_status: 400,
      ray_id: 'ray-1',
    },
    DRY_RUN,
  ],
  [
    notProcessed('not_due', 'a@example.com', { text: '1969-12-31', at: 0 }),
    { status: 'not_due', due_at: EPOCH, controls: checks('not_requested').controls },
  ],
])('why a user is not revoked, or would not be (%#)', (outcome, fields, options = VERIFYING) => {
  expect(userIn(outcome, options)).toMatchObject(fields)
})

test('the totals count every user and row once, and people who stay are only counted', () => {
  const lists = [{ name: 'l.csv', sha256: 'abc', users: 4 }]
  const report = written(
    recordOf(
      [
        verified(),
        notRevoked('b@example.com'),
        unknown('c@example.com'),
        skipped('d@example.com'),
        notProcessed('not_due', 'e@example.com', { text: '', at: 0 }),
        notProcessed('past', 'f@example.com', { text: '', at: 0 }),
      ],
      { list: { badRows: [badRow('l.csv:2')], lists, staying: 2_990 } },
    ),
  )
  expect(report.totals).toEqual({
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
  expect(report).toMatchObject({ lists, users: { length: 6 } })
  expect(report.bad_rows).toEqual([
    { source: 'l.csv:2', value: 'nobody', problems: ['"nobody" is not an email address.'] },
  ])
})

test.each([
  [VERIFYING, { target: { type: 'account', id: DEMO_ACCOUNT_ID }, dry_run: false }],
  [
    { ...OFFLINE, target: undefined },
    { target: null, dry_run: true },
  ],
] as const)('the target is null in a check without one (%#)', (options, fields) => {
  expect(written(recordOf([], { options }))).toMatchObject(fields)
})

test('inputs that cannot be used leave their problems, and no values', () => {
  const at = { source: 'l.csv:3', file: 'l.csv', line: 3 }
  const problems = [
    { what: '`devices` is "yes"', remedy: 'Use `true`.' },
    { what: '"x" is wrong', at },
  ]
  const provenance = { startedAt: 0, finishedAt: 1, workflowRun: { actor: 'octocat' }, action: {} }
  const report = v.parse(Report, JSON.parse(JSON.stringify(reportOfProblems(problems, provenance))))
  expect(report).toEqual({
    version: 1,
    action: { version: expect.any(String) },
    started_at: EPOCH,
    finished_at: '1970-01-01T00:00:00.001Z',
    run: { actor: 'octocat' },
    problems: [
      { message: '`devices` is "yes". Use `true`.' },
      { message: 'l.csv:3: "x" is wrong.', file: 'l.csv', line: 3 },
    ],
    users: [],
  })
})

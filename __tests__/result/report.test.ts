import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import * as v from 'valibot'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import { REPORT_SCHEMA, reportSchema } from '../../scripts/report-schema.ts'
import { Report } from '../../src/result/report-schema.ts'
import { reportOf, reportOfProblems } from '../../src/result/report.ts'
import type { RunRecord } from '../../src/result/verdict.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { user } from '../support/address.ts'
import {
  accepted,
  badRow,
  DRY_RUN,
  notProcessed,
  notRevoked,
  of,
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

function userIn(outcome: Outcome, more: Partial<RunRecord> = {}): unknown {
  return written(recordOf([outcome], more)).users[0]
}

const EPOCH = '1970-01-01T00:00:00.000Z'

test('docs/report.schema.json is current: `npm run schema` writes it', () => {
  expect(readFileSync(REPORT_SCHEMA, 'utf8')).toBe(reportSchema())
})

test('every field of the schema has a description', () => {
  const undescribed = (schema: unknown, path: string): string[] => {
    if (typeof schema !== 'object' || schema === null) return []
    return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
      if (key !== 'properties' || typeof value !== 'object' || value === null)
        return undescribed(value, `${path}/${key}`)
      return Object.entries(value).flatMap(([name, field]: [string, unknown]) => [
        ...(JSON.stringify(field).includes('"description":') ? [] : [`${path}/${name}`]),
        ...undescribed(field, `${path}/${name}`),
      ])
    })
  }
  expect(undescribed(JSON.parse(reportSchema()), '')).toEqual([])
})

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
    source: 'l.csv:2',
    reference: 'HR-1',
    revokeAfter: { text: '1969-12-31', at: 0 },
  })
  expect(userIn(listed)).toEqual({
    email: 'a@example.com',
    source: 'l.csv:2',
    reference: 'HR-1',
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
  const fields = v.parse(v.record(v.string(), v.unknown()), userIn(accepted('a@example.com')))
  expect(Object.keys(fields).toSorted()).toEqual([
    'attempts',
    'controls',
    'email',
    'errors',
    'finished_at',
    'http_status',
    'ray_id',
    'revocation',
    'source',
    'started_at',
    'status',
  ])
})

const ANSWER = { ...PROBLEM, errors: [{ code: 1, message: 'No.' }], httpStatus: 400, rayId: 'ray-1' }

test.each<[string, Outcome, object, Partial<RunRecord>]>([
  [
    'who is not revoked',
    notRevoked('a@example.com', ANSWER),
    {
      status: 'failed',
      revocation: 'unconfirmed',
      reason: 'Not revoked: Something happened: 1 "No." (ray ID ray-1). Do this.',
      errors: [{ code: 1, message: 'No.', http_status: 400, ray_id: 'ray-1' }],
    },
    {},
  ],
  [
    'who is revoked, but not verified',
    revokedBut('a@example.com', 'Revoked, but not verified: 1 session is left', { verification: 'failed' }),
    {
      status: 'failed',
      revocation: 'confirmed',
      reason: 'Revoked, but not verified: 1 session is left. Do this.',
      http_status: 200,
      errors: [{ message: 'Revoked, but not verified: 1 session is left' }],
    },
    {},
  ],
  [
    'whom the organization does not know',
    unknown('a@example.com'),
    { status: 'unknown', reason: 'Not revoked: the organization knows no such user.', errors: [] },
    {},
  ],
  [
    'whose revocation was not sent before the run stopped',
    skipped('a@example.com'),
    {
      status: 'skipped',
      revocation: 'not_sent',
      reason: 'Not revoked: The run was stopped before the revocation was sent. Everyone else would fail.',
      errors: [{ message: 'Everyone else would fail.' }],
      attempts: 0,
    },
    {},
  ],
  [
    'whose revocation was not confirmed before the run stopped',
    skipped('a@example.com', 'unconfirmed'),
    { reason: expect.stringMatching(/^Not revoked: The run was stopped before Cloudflare confirmed/) },
    {},
  ],
  [
    'who was not checked before the dry run stopped',
    skipped('a@example.com'),
    { reason: 'Not checked, because the run was stopped. Everyone else would fail.' },
    { options: DRY_RUN },
  ],
  [
    'who would be revoked',
    wouldRevoke('a@example.com', { sessions: { before: 3 }, seat: { state: 'not_done', seats: [] } }),
    { status: 'would_revoke', revocation: 'not_sent', sessions_before: 3, seat: 'not_done', errors: [] },
    { options: DRY_RUN },
  ],
  [
    'who would fail',
    wouldRevoke('a@example.com', {}, ANSWER),
    {
      status: 'would_revoke',
      reason: 'Would fail: Something happened: 1 "No." (ray ID ray-1). Do this.',
      http_status: 400,
      ray_id: 'ray-1',
    },
    { options: DRY_RUN },
  ],
  [
    'who is not due yet',
    notProcessed('not_due', 'a@example.com', { text: '1969-12-31', at: 0 }),
    {
      status: 'not_due',
      due_at: EPOCH,
      attempts: 0,
      controls: expect.objectContaining({ access_tokens: 'not_requested' }),
    },
    {},
  ],
])('a user %s', (_name, outcome, fields, more) => {
  expect(userIn(outcome, more)).toMatchObject(fields)
})

test('the totals count every user and row once, and people who stay are only counted', () => {
  const lists = [{ name: 'l.csv', sha256: 'abc', users: 4 }]
  const report = written(
    recordOf(
      [
        verified('a@example.com'),
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
  expect(report.users.map(({ email }) => email[0]).join('')).toBe('abcdef')
  expect(report.lists).toEqual(lists)
  expect(report.bad_rows).toEqual([
    { source: 'l.csv:2', value: 'nobody', problems: ['"nobody" is not an email address.'] },
  ])
})

test('the target is null in a check without one', () => {
  const { target, dry_run, ...others } = written(recordOf([]))
  expect({ target, dry_run }).toEqual({ target: { type: 'account', id: DEMO_ACCOUNT_ID }, dry_run: false })
  expect(others).not.toHaveProperty('bad_rows')
  const offline = { ...VERIFYING, dryRun: 'offline', target: undefined } as const
  expect(written(recordOf([], { options: offline }))).toMatchObject({ target: null, dry_run: true })
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

test('the UUID of a user is in the report if the list gives one', () => {
  const userUid = v.parse(v.pipe(v.string(), v.brand('Uuid')), '0123456789abcdef0123456789abcdef')
  expect(userIn({ ...accepted('a@example.com'), user: { ...user('a@example.com'), userUid } })).toMatchObject(
    {
      user_uid: userUid,
    },
  )
})

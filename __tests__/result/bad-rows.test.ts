import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { Scene, type With } from '../support/scene.ts'

const SKIP: With = {
  email: null,
  'users-file': 'leavers.csv',
  'reference-column': 'ticket',
  'bad-rows': 'skip',
}
const CSV = `email,revoke_after,ticket
leaver@example.com,2020-01-01,HR-1
nobody,now,HR-2
<b>x</b>,now,HR-3
intern@example.com,now,HR-4
contractor@example.com,2999-01-01,HR-5
`

test('rows that are left out count as failed, each reported with its place, and the others go ahead', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource(SKIP, { files: { 'leavers.csv': CSV } })
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toMatchObject({
    revoked: 'false',
    'revoked-count': '1',
    'failed-count': '2',
    failed: '[]',
  })
  expect(reportOf(result)).toMatchObject({
    totals: { requested: 5, revoked: 1, failed: 2, not_due: 1, past: 1 },
    users: [
      { email: 'leaver@example.com', status: 'past', source: 'leavers.csv:2', reference: 'HR-1' },
      { email: 'intern@example.com', status: 'revoked', source: 'leavers.csv:5' },
      { status: 'not_due', due_at: '2999-01-02T00:00:00.000Z' },
    ],
    bad_rows: [
      {
        source: 'leavers.csv:3',
        value: 'nobody',
        problems: [expect.stringMatching(/is not an email address/)],
      },
      { source: 'leavers.csv:4', value: '<b>x</b>', problems: [expect.anything()] },
    ],
  })
  expect(result.errors.at(-1)).toMatch(/^1 user revoked, .* 2 rows could not be used: see the log\.$/)
  expect(result.summary).toMatch(/<code>leavers\.csv:3<\/code><br>❌&nbsp;not used/)
  expect(result.summary).not.toMatch(/<b>x/)
  expect(result.stdout).toMatch(/^::error file=leavers\.csv,line=3::/m)
})

test('a user without a date in a list of the whole staff is not due', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource(
    { email: null, 'users-file': 'staff.csv', 'blank-date': 'not-due' },
    { files: { 'staff.csv': 'email,revoke_after\nleaver@example.com,now\ncolleague@example.com,\n' } },
  )
  expect(result.exitCode).toBe(0)
  expect(reportOf(result).users).toMatchObject([{ status: 'revoked' }, { status: 'not_due' }])
  expect(result.summary).toMatch(
    /colleague@example\.com<\/code><br>📅&nbsp;not due yet<\/td><td><\/td><td>no date</,
  )
})

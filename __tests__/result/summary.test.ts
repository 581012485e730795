import { expect, test } from '@jest/globals'
import { userProblem, type ApiProblem } from '../../src/cloudflare/problem.ts'
import type { Options } from '../../src/inputs/options.ts'
import { summaryOf } from '../../src/result/summary.ts'
import { type ControlResult, type ControlState, finding, type Seen } from '../../src/controls/control.ts'
import { SESSIONS } from '../../src/controls/sessions.ts'
import { type RunRecord, verdictLine, verdictOf } from '../../src/result/verdict.ts'
import type { Failed, Outcome, Revoked, WouldRevoke } from '../../src/revocation/outcome.ts'
import { user } from '../support/address.ts'
import { OPTIONS } from '../support/options.ts'

const SENT = { attempts: 1, startedAt: 0, finishedAt: 1 }
const PROBLEM = userProblem('Something happened', 'Do this. '.repeat(100).trim())
const DELIVERED = { report: true, outputs: true }

const sessions = (counts: NonNullable<Seen['counts']>, state: ControlState = 'verified'): ControlResult => ({
  control: SESSIONS,
  ...finding(state, { facts: {}, counts, phrase: '', detail: '' }),
})
const failed = (email: string, problem: ApiProblem, controls: readonly ControlResult[] = []): Failed => ({
  ...SENT,
  status: 'failed',
  revocation: 'unconfirmed',
  user: user(email),
  problem,
  ...(problem.rayId !== undefined && { rayId: problem.rayId }),
  controls,
  warnings: [],
})
const revoked = (email: string, warnings: readonly string[] = []): Revoked => ({
  ...SENT,
  status: 'revoked',
  revocation: 'confirmed',
  user: user(email),
  httpStatus: 200,
  time: { date: undefined, receivedAt: 0 },
  verification: 'passed',
  controls: [sessions({ before: 3, after: 0 })],
  warnings,
})
const wouldRevoke = (email: string, more: Partial<WouldRevoke> = {}): WouldRevoke => ({
  status: 'would_revoke',
  revocation: 'not_sent',
  user: user(email),
  controls: [],
  warnings: [],
  ...more,
})

function recordOf(outcomes: readonly Outcome[], options: Partial<RunRecord> = {}): RunRecord {
  return {
    options: OPTIONS,
    outcomes,
    badRows: [],
    stopped: undefined,
    startedAt: 0,
    finishedAt: 1,
    workflowRun: {},
    action: {},
    lists: [],
    ...options,
  }
}

function summary(outcomes: readonly Outcome[], options: Options = OPTIONS, more = {}): string {
  const record = recordOf(outcomes, { options, ...more })
  return summaryOf(record, verdictOf(record, DELIVERED))
}

/** What stands in the summary before anything that is folded away. */
const unfolded = (text: string): string => text.replace(/<details>[^]*<\/details>/, '')

const MANY = Array.from({ length: 21 }, (_, index) => `user${index}@example.com`)

test('what failed for several in the same way is shown once, with their number and names', () => {
  const problems = ['ray-1', 'ray-2'].map((rayId) => ({ ...PROBLEM, rayId }))
  const text = summary([
    ...problems.map((problem, index) => failed(`same${index}@example.com`, problem)),
    failed('other@example.com', { ...PROBLEM, errors: [{ code: 1, message: 'Else.' }] }),
  ])
  expect(text).toContain(
    '<tr valign="top"><td><b>2 users</b><br>❌&nbsp;failed</td><td>Not revoked: Something happened.<br>Do this.',
  )
  expect(text).toContain(
    '<tr><td colspan="2"><code>same0@example.com</code>, <code>same1@example.com</code></td></tr>',
  )
  expect(text.match(/<td>Not revoked: Something happened\./g)).toHaveLength(2)
  expect(text).toContain('ray ID <code>ray-1</code> (the first of them)')
})

test('in a dry run, too, whatever the dates', () => {
  const due = (email: string, at: number): WouldRevoke => ({
    ...wouldRevoke(email, { problem: PROBLEM }),
    user: { ...user(email), revokeAfter: { text: '', at } },
  })
  const text = summary([due('a@example.com', 1), due('b@example.com', 2)], { ...OPTIONS, dryRun: true })
  expect(text.match(/Something happened\./g)).toHaveLength(1)
})

test('failed users come before skipped ones, even if those are newly due', () => {
  const skipped: Outcome = {
    status: 'skipped',
    revocation: 'not_sent',
    user: { ...user('skipped@example.com'), revokeAfter: { text: '', at: 0 } },
    reason: { what: '', remedy: '' },
  }
  const text = summary([skipped, failed('failed@example.com', PROBLEM)])
  expect(text).toMatch(/failed@example\.com[^]*skipped@example\.com.*newly due/)
})

test('what to do is never cut', () => {
  const { remedy = '' } = PROBLEM
  expect(summary([failed('a@example.com', PROBLEM)])).toContain(remedy)
  const badRow = { source: 'l.csv:2', email: '', problems: [`"x" is wrong. ${remedy}`] }
  expect(summary([], OPTIONS, { badRows: [badRow] })).toContain(`<code>x</code> is wrong. ${remedy}`)
})

test('failures and warnings are never folded away', () => {
  const text = summary([
    ...MANY.map((email) => revoked(email)),
    revoked('warned@example.com', ['Mind this.']),
    failed('failed@example.com', PROBLEM),
  ])
  expect(unfolded(text)).toMatch(/failed@example\.com[^]*warned@example\.com[^]*⚠️ Mind this\./)
  expect(unfolded(text)).not.toContain(MANY[0])
  expect(text).toMatch(/<summary>21 users without failures or warnings<\/summary>[^]*user20@example\.com/)
})

test('nor are they in a dry run', () => {
  const warned = { controls: [sessions({ before: 2 }, 'not_requested')], warnings: ['Mind this.'] }
  const text = summary(
    [
      ...MANY.map((email) => wouldRevoke(email)),
      wouldRevoke('warned@example.com', warned),
      wouldRevoke('failing@example.com', { problem: PROBLEM }),
    ],
    { ...OPTIONS, dryRun: true },
  )
  expect(unfolded(text)).toMatch(
    /failing@example\.com[^]*would fail[^]*warned@example\.com[^]*⚠️ Mind this\./,
  )
  expect(unfolded(text)).toMatch(/<th align="left">Active now<\/th>[^]*<td>Sessions:&nbsp;2<\/td>/)
  expect(unfolded(text)).not.toContain(MANY[0])
})

test('numbers of sessions are explained by the legend, which is there only if something was read', () => {
  const read = [sessions({ before: 3 }, 'not_known')]
  const text = summary([failed('a@example.com', PROBLEM, read), failed('b@example.com', PROBLEM)])
  expect(text).toContain('<td>❓&nbsp;Sessions&nbsp;3&nbsp;→&nbsp;<b>?</b></td>')
  expect(text).toContain(
    '<p>❓&nbsp;not&nbsp;known · →&nbsp;from&nbsp;before&nbsp;the&nbsp;revocation&nbsp;to&nbsp;after&nbsp;it</p>',
  )
  expect(summary([failed('b@example.com', PROBLEM)])).not.toContain('Sessions')
})

test('why the run stopped is shown once', () => {
  const { remedy = '' } = PROBLEM
  const why = { what: 'Everybody else would fail', remedy }
  const skipped = MANY.map((email): Outcome => ({
    status: 'skipped',
    revocation: 'not_sent',
    user: user(email),
    reason: why,
  }))
  const text = summary([failed('a@example.com', PROBLEM), ...skipped], OPTIONS, { stopped: why })
  expect(text.split(remedy)).toHaveLength(2)
  expect(text.match(/Everybody else would fail/g)).toHaveLength(1)
  expect(text).toMatch(/<b>21 users<\/b><br>⏭️&nbsp;skipped<\/td><td>Not sent\.<\/td>/)
  expect(summary(skipped, OPTIONS, { stopped: why })).toContain(`${why.what}</code> ${remedy}`)
})

test('users who left long ago are shown as such, with the remedy', () => {
  const left = (email: string): Outcome => ({ status: 'past', revocation: 'not_sent', user: user(email) })
  const text = summary([left('a@example.com'), left('b@example.com')], { ...OPTIONS, dueWithinDays: 7 })
  expect(text).toContain(
    '<h3>⚠️ Cloudflare Access – Nobody is due, nothing was revoked (2 left more than 7 days ago, left alone). Every user of the list left long ago: check the years of the dates.</h3>',
  )
  const later: Outcome = { status: 'not_due', revocation: 'not_sent', user: user('c@example.com') }
  expect(verdictOf(recordOf([left('a@example.com'), later]), DELIVERED).level).toBe('success')
  expect(text).toContain(
    '<p>2 users left more than 7 days ago and were left alone; raise <code>due-within-days</code> to include them.</p>',
  )
})

test('a revocation that was sent before the run stopped says so', () => {
  const why = { what: 'Stopped', remedy: '' }
  const skipped = {
    status: 'skipped',
    revocation: 'unconfirmed',
    user: user('a@example.com'),
    reason: why,
  } as const
  expect(summary([skipped], OPTIONS, { stopped: why })).toContain('Sent, but not confirmed')
})

test.each([true, 'offline'] as const)('a scheduled dry run (%s) with due users is a warning', (dryRun) => {
  const options: Options = dryRun === true ? { ...OPTIONS, dryRun } : { ...OPTIONS, dryRun }
  const levelOf = (event: string, outcomes: Outcome[]): string =>
    verdictOf(recordOf(outcomes, { options, workflowRun: { event } }), DELIVERED).level
  const due = wouldRevoke('a@example.com')
  const later = { status: 'not_due', revocation: 'not_sent', user: user('b@example.com') } as const
  expect(levelOf('schedule', [due])).toBe('warning')
  expect(levelOf('schedule', [later])).toBe('success')
  expect(levelOf('workflow_dispatch', [due])).toBe('success')
  expect(levelOf('schedule', [{ ...due, problem: PROBLEM }])).toBe('failure')
  const record = recordOf([due], { options, workflowRun: { event: 'schedule' } })
  expect(verdictLine(verdictOf(record, DELIVERED))).toMatch(/If `dry-run` was left on by mistake/)
})

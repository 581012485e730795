import { expect, test } from '@jest/globals'
import { UserNames } from '../../src/result/display.ts'
import { summaryOf } from '../../src/result/summary.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import type { Moment } from '../../src/users/dates.ts'
import { user } from '../support/address.ts'
import { OPTIONS } from '../support/options.ts'
import { REFUSED, Scene, type With } from '../support/scene.ts'

const HOUR = 3_600_000
const LIST: With = { email: null, 'users-file': 'l.csv', 'reference-column': 'ticket' }

/** A list in which one fell due an hour ago, one earlier, and one has a reference that is anything but plain. */
const CSV = [
  'email,revoke_after,ticket',
  `earlier@example.com,${new Date(Date.now() - 25 * HOUR).toISOString()},HR-1`,
  `newly@example.com,${new Date(Date.now() - HOUR).toISOString()},team/HR#2`,
  'hostile@example.com,now,"::error::""x"" @octocat <b>Ann</b> ##[group]"',
  'bare@example.com,now,',
  '',
].join('\n')

test('the reference and what is newly due stand beside the address, in log and summary', async () => {
  await using scene = await Scene.open()
  scene.inject({ email: 'bare@example.com', fault: REFUSED })
  const result = await scene.runSource(LIST, { files: { 'l.csv': CSV } })
  const log = result.log.join('\n')
  expect(log).toMatch(/^earlier@example\.com \(HR-1\): revoked/m)
  expect(log).toMatch(/^newly@example\.com \(team\/HR#2, newly due\): revoked/m)
  expect(log).toContain(
    'hostile@example.com ("::error::\\u{0022}x\\u{0022} @octocat <b>Ann</b> ## [group]"): revoked',
  )
  expect(result.errors[0]).toMatch(/^bare@example\.com: Not revoked: Cloudflare answered 400/)
  expect(result.summary).toMatch(
    /<code>newly@example\.com<\/code><br>✅&nbsp;[^<]*<br><code>team\/HR#2<\/code><br>🆕&nbsp;newly due<\/td>/,
  )
  expect(result.summary).toContain('@octocat &#60;b&#62;Ann&#60;/b&#62; ## [group]</code>')
  expect(result.summary.indexOf('newly@')).toBeLessThan(result.summary.indexOf('earlier@'))
})

test('where addresses are masked, the place in the list is shown, and only plain references are shown', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ ...LIST, 'mask-emails': 'true' }, { files: { 'l.csv': CSV } })
  const log = result.log.join('\n')
  expect(log).toMatch(/^e\*\*\*@example\.com \(l\.csv:2, HR-1\): revoked/m)
  expect(log).toMatch(/^n\*\*\*@example\.com \(l\.csv:3, newly due\): revoked/m)
  expect(log).toMatch(/^h\*\*\*@example\.com \(l\.csv:4\): revoked/m)
  expect(result.summary).toMatch(
    /<code>h\*\*\*@example\.com<\/code><br>[^<]*<br><code>l\.csv:4<\/code><\/td>/,
  )
  expect(`${result.stdout}${result.summary}`).not.toMatch(/octocat|Ann/)
})

test('of a long reference the log and the summary show the beginning', () => {
  const reference = `https://tickets.example.com/browse/HR-1041?${'x'.repeat(200)}`
  const names = new UserNames(false, 0)
  const long = { ...user('a@example.com'), reference }
  expect(names.inLog(long)).toBe(`a@example.com ("${reference.slice(0, 199)}…")`)
  expect(names.inSummary(long)).toContain(`<code>${reference.slice(0, 199)}…</code>`)
})

test.each([
  ['HR-1041', true],
  ['INC0012345', true],
  ['A1B2-C3', true],
  ['Jane.Roe', false],
  ['Jane.Roe2', false],
  ['Jane Roe 2', false],
  ['HR', false],
])('where addresses are masked, the reference %s is shown: %s', (reference, isShown) => {
  const name = new UserNames(true, 0).inLog({ ...user('a@example.com'), reference })
  expect(name).toBe(isShown ? `a@example.com (${reference})` : 'a@example.com')
})

test('a single user of a masked list is named with the place in the plan, too; one in `email` has none', async () => {
  await using scene = await Scene.open()
  const inputs = { ...LIST, 'mask-emails': 'true', 'dry-run': 'true', 'reference-column': '' }
  const listed = await scene.runSource(inputs, { files: { 'l.csv': 'email\na@example.com\n' } })
  expect(listed.log.join('\n')).toContain('the Access tokens of a***@example.com (l.csv:2) in account')
  const alone = await scene.runSource({ 'mask-emails': 'true', 'dry-run': 'true' })
  expect(alone.log.join('\n')).toContain('the Access tokens of l***@example.com in account')
})

test('users who fell due within the last 24 hours come first among their kind', () => {
  const at = (hours: number): Moment => ({ text: '', at: hours * HOUR })
  const skipped = (email: string, revokeAfter: Moment): Outcome => ({
    status: 'skipped',
    revocation: 'not_sent',
    user: { ...user(email), revokeAfter },
    reason: { what: '', remedy: '' },
  })
  const outcomes = [
    skipped('older@example.com', at(75.9)),
    skipped('newly@example.com', at(76)),
    skipped('newest@example.com', at(100)),
  ]
  const [startedAt, finishedAt] = [100 * HOUR, 100 * HOUR]
  const record = { options: OPTIONS, outcomes, badRows: [], stopped: undefined, startedAt, finishedAt }
  const verdict = { level: 'failure', mode: undefined, text: '' } as const
  expect(summaryOf({ ...record, workflowRun: {}, action: {}, lists: [] }, verdict)).toContain(
    '<code>newly@example.com</code> 🆕&nbsp;newly due, <code>newest@example.com</code> 🆕&nbsp;newly due, <code>older@example.com</code></td>',
  )
})

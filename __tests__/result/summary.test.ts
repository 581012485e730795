import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { summaryOfProblems } from '../../src/result/summary.ts'
import { verdictOnInputs } from '../../src/result/verdict.ts'
import {
  accepted,
  BLIND,
  cellsOf,
  DRY_RUN,
  many,
  notProcessed,
  notRevoked,
  of,
  OFFLINE,
  PROBLEM,
  revokedBut,
  skipped,
  summary,
  unknown,
  verified,
  VERIFYING,
  wouldRevoke,
} from './outcomes.ts'

/** What stands in the summary before anything that is folded away. */
function unfolded(text: string): string {
  return text.replace(/<details>[^]*<\/details>/, '')
}

test('without verification, the summary says what that means, and has no tick', () => {
  const text = summary([accepted('a@example.com')], BLIND)
  expect(text).toMatch(
    /^<h3>⚠️ Cloudflare Access – 1 user revoked, not verified\.<\/h3>\n\n<p>Accepted by Cloudflare, not verified: a misspelled address would look the same\.<\/p>/,
  )
  expect(cellsOf(text)).toEqual(['<code>a@example.com</code>', '☁️&nbsp;accepted by Cloudflare'])
  expect(text).not.toContain('✅')
})

test('with `remove-seat`, users were looked up, so a misspelled address would not look the same', () => {
  const text = summary([accepted('a@example.com')], { ...BLIND, removeSeat: true })
  expect(text).toContain('<p>Accepted by Cloudflare, not verified.</p>')
})

test.each([
  [
    { ...DRY_RUN, removeSeat: true },
    'A dry run cannot check whether the credential may revoke users, or free seats.',
  ],
  [DRY_RUN, 'A dry run cannot check whether the credential may revoke users.'],
  [{ ...DRY_RUN, verify: false }, 'With `verify: false`, users were not looked up'],
  [OFFLINE, 'This check did not contact Cloudflare'],
])('a run that revokes no one says what it could not check (%#)', (options, sentence) => {
  expect(summary([wouldRevoke('a@example.com')], options).replaceAll(/<\/?code>/g, '`')).toContain(sentence)
})

test('what failed for several in the same way is shown once, with their number and names', () => {
  const [first = '', second = ''] = many(2)
  const text = summary([
    notRevoked(first, { ...PROBLEM, rayId: 'ray-1' }),
    notRevoked(second, { ...PROBLEM, rayId: 'ray-2' }),
    notRevoked('other@example.com', { ...PROBLEM, what: 'Something else happened' }),
  ])
  expect(cellsOf(text)).toEqual([
    '<b>2 users</b>',
    '❌&nbsp;not revoked',
    'Something happened.<br>Do this.<br>Ray ID of the first: <code>ray-1</code>',
    `<code>${first}</code>, <code>${second}</code>`,
    '<code>other@example.com</code>',
    '❌&nbsp;not revoked',
    'Something else happened.<br>Do this.',
  ])
})

test('users come in this order, newly due ones first', () => {
  const [newly, earlier] = [
    { text: '', at: 0 },
    { text: '', at: -25 * 3_600_000 },
  ]
  const text = summary([
    notProcessed('past', 'past@example.com', { text: '', at: 0 }),
    verified('verified@example.com'),
    skipped('skipped@example.com'),
    of(notRevoked('earlier@example.com'), { revokeAfter: earlier }),
    of(notRevoked('newly@example.com'), { revokeAfter: newly }),
    unknown('unknown@example.com'),
    verified('warned@example.com', { warnings: [{ what: 'Mind this' }] }),
    revokedBut('unverified@example.com', 'Revoked, but …', { verification: 'failed' }),
  ])
  expect(Array.from(text.matchAll(/<code>(\w+)@/g), ([, name]) => name)).toEqual([
    'newly',
    'earlier',
    'unverified',
    'skipped',
    'unknown',
    'warned',
    'verified',
    'past',
  ])
  expect(text).toContain('<code>newly@example.com</code> 🆕&nbsp;newly due, <code>earlier@example.com</code>')
  expect(text).toContain('⚠️ Mind this.<br>')
})

test('failures and warnings are never folded away, and many others are', () => {
  const text = summary([
    ...many(21).map((email) => verified(email)),
    verified('warned@example.com', { warnings: [{ what: 'Mind this' }] }),
    notRevoked('failed@example.com'),
  ])
  expect(unfolded(text)).toMatch(/failed@example\.com[^]*warned@example\.com/)
  expect(unfolded(text)).not.toContain('user0@')
  expect(text).toMatch(/<summary>21 users without failures or warnings<\/summary>[^]*user20@example\.com/)
})

test('why the run stopped is shown once', () => {
  const { remedy = '' } = PROBLEM
  const stopped = { what: 'Everyone else would fail', remedy }
  const users = many(21).map((email) => skipped(email))
  const text = summary([notRevoked('a@example.com'), ...users], VERIFYING, { stopped })
  expect(text).toContain('<p>Stopped: Everyone else would fail.</p>')
  expect(text.split(remedy)).toHaveLength(2)
  expect(text).toMatch(/<b>21 users<\/b><\/td><td>⏭️&nbsp;not revoked, skipped<\/td>/)
  expect(summary(users, VERIFYING, { stopped })).toContain(
    `<p>Stopped: Everyone else would fail. ${remedy}</p>`,
  )
  expect(summary([skipped('a@example.com', 'unconfirmed')], VERIFYING, { stopped })).toContain(
    'Sent, but not confirmed before the run stopped.',
  )
})

test('below the users stands what was left as it is', () => {
  const past = notProcessed('past', 'past@example.com', { text: '2001-01-31', at: Date.UTC(2001, 1) })
  const url = 'https://github.com/o/r/blob/v1'
  const text = summary([verified('a@example.com'), past], VERIFYING, { action: { url } })
  const paragraphs = Array.from(text.matchAll(/<p>(.*?)<\/p>/g), ([, content]) => content)
  expect(paragraphs.slice(1)).toEqual([
    '1 user was due more than 30 days ago and was skipped (<code>due-within-days</code>). To revoke one of these users at once, write <code>now</code> for the date.',
    'Devices were left untouched and may still reach private networks; to revoke them, set <code>devices: true</code>. The WARP session was left untouched; to end it, set <code>warp-session-reauth: true</code>.',
    `This does not end SaaS sessions, open SSH, VNC, or RDP sessions, or access with service tokens. <a href="${url}/docs/security.md#what-a-green-run-does-not-cover">What a green run does not cover</a>`,
  ])
  expect(summary([verified('a@example.com'), notRevoked('b@example.com')])).not.toContain('does not end')
  expect(summary([wouldRevoke('a@example.com')], DRY_RUN)).not.toMatch(/does not end|untouched/)
})

test('what a green run does not cover is a chapter of docs/security.md', () => {
  const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
  expect(page).toMatch(/^## What a green run does not cover$/m)
})

test('inputs that cannot be used: every problem, masked if that was requested', () => {
  const problems = ['`devices` is "<b>": use `true` or `false`.', 'ann@example.com.csv:2: "ann@" is wrong.']
  const text = summaryOfProblems(verdictOnInputs(2), problems, true)
  expect(text).toMatch(
    /^<h3>❌ Cloudflare Access – Nothing was sent\. There are problems with the inputs\.<\/h3>/,
  )
  expect(Array.from(text.matchAll(/<li>(.*)<\/li>/g), ([, item]) => item)).toEqual([
    '<code>devices</code> is <code>&#60;b&#62;</code>: use <code>true</code> or <code>false</code>.',
    'a***@example.com.csv:2: <code>a***@</code> is wrong.',
  ])
  expect(summaryOfProblems(verdictOnInputs(1), problems, false)).toContain('ann@example.com.csv:2')
})

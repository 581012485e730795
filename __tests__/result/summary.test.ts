import { expect, test } from '@jest/globals'
import type { Options } from '../../src/inputs/options.ts'
import { summaryOf } from '../../src/result/summary.ts'
import { verdictOf } from '../../src/result/verdict.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { sameStates } from '../../src/verify/controls.ts'
import { DRY_RUN, OFFLINE, OPTIONS, VERIFYING } from '../support/options.ts'
import { addresses } from '../support/scene.ts'
import * as given from './outcomes.ts'

const WIDE: Options = { ...VERIFYING, devices: true, warpSessionReauth: true }
const DEVICES = [
  { id: '1', name: "Ann's laptop", status: 'revoked' },
  { id: '2', status: 'revoked' },
] as const
const STATES = { ...sameStates(WIDE, 'confirmed'), sessions: 'verified', devices: 'verified' } as const
const MANY_DEVICES = { before: 2, after: 0, registrations: DEVICES }
const NEW_YEAR = { text: '2029-12-31', at: Date.UTC(2029, 11, 31, 23) }
const DUE_FROM = '<code>2029-12-31</code>: due from 2030-01-01 00:00 (Europe/Berlin)'
const CODE = { ...given.PROBLEM, errors: [{ code: 12130, message: 'access.api.<b>' }], rayId: 'ray-1' }
const TOO_OLD = {
  verification: 'failed',
  controls: { ...sameStates(VERIFYING, 'confirmed'), sessions: 'failed' },
} as const

/** The job summary of a run with these outcomes. */
function summary(outcomes: readonly Outcome[], options = VERIFYING, more = {}): string {
  const record = given.recordOf(outcomes, { options, ...more })
  return summaryOf(record, verdictOf(record, { report: true, outputs: true }))
}

/** The cells of the tables of a summary, in their order. */
function cellsOf(text: string): string[] {
  return Array.from(text.matchAll(/<td[^>]*>(.*?)<\/td>/g), ([, cell = '']) => cell)
}

test.each<[string, Outcome, Options, string[]]>([
  [
    'of a verified user: what was read has a tick, and what was only accepted has none',
    given.verified(undefined, { controls: STATES, devices: MANY_DEVICES }),
    WIDE,
    [
      '✅&nbsp;revoked and verified',
      '✅ 3 sessions before, none left<br>✅ 2 devices revoked: <code>Ann&#39;s laptop</code>, <code>2</code><br>☁️ Access tokens, WARP session: accepted by Cloudflare',
    ],
  ],
  [
    'of a user who is not revoked: the reason, in the words of Cloudflare, and what to do',
    given.notRevoked(undefined, CODE),
    VERIFYING,
    [
      '❌&nbsp;not revoked',
      'Something happened.<br><code>12130 &#34;access.api.&#60;b&#62;&#34;</code><br>Do this.<br>Ray ID <code>ray-1</code>',
    ],
  ],
  [
    'of a user who is revoked, but not verified: what was read is marked',
    given.revokedBut('1 session is left', { ...TOO_OLD, sessions: { before: 3, after: 1 } }),
    VERIFYING,
    [
      '❌&nbsp;revoked, not verified',
      '1 session is left.<br>Do this.<br>❌ 3 sessions before, 1 left<br>☁️ Access tokens: accepted by Cloudflare<br>Ray ID <code>8d1f0c3b5a7e9264-FRA</code>',
    ],
  ],
  ['of a user who is only accepted', given.accepted(), OPTIONS, ['☁️&nbsp;accepted by Cloudflare']],
  [
    'of a dry run: what is active now, and since when the user is due in the time zone of the step',
    given.of(given.wouldRevoke(undefined, { sessions: { before: 3 } }), { revokeAfter: NEW_YEAR }),
    { ...DRY_RUN, timezone: 'Europe/Berlin' },
    ['🔍&nbsp;would be revoked', `${DUE_FROM}<br>Now: 3 active sessions`],
  ],
  [
    'of a user who is not due yet',
    given.notProcessed('not_due', 'a@example.com', NEW_YEAR),
    { ...VERIFYING, timezone: 'Europe/Berlin' },
    ['📅&nbsp;not due yet', DUE_FROM],
  ],
  [
    'of a user whose revocation was sent before the run stopped',
    given.skipped(undefined, 'unconfirmed'),
    VERIFYING,
    ['⏭️&nbsp;not revoked, skipped', 'Sent, but not confirmed before the run stopped.'],
  ],
])('the row %s', (_name, outcome, options, cells) => {
  expect(cellsOf(summary([outcome], options))).toEqual(['<code>a@example.com</code>', ...cells])
})

test('a row that could not be used is shown with its place', () => {
  const badRows = [given.badRow('l.csv:2', '"<b>x</b>" is not an email address.')]
  expect(cellsOf(summary([], VERIFYING, { list: given.listWith({ badRows }) }))).toEqual([
    '<code>l.csv:2</code>',
    '❌&nbsp;not used',
    '<code>&#60;b&#62;x&#60;/b&#62;</code> is not an email address.',
  ])
})

test('where addresses are masked, the place names the user; references and names of devices are not shown', () => {
  const user = given.of(given.verified('ann@example.com', { controls: STATES, devices: MANY_DEVICES }), {
    source: 'ann@example.com.csv:12',
    reference: '1041',
  })
  const text = summary([user], { ...WIDE, maskEmails: true })
  expect(cellsOf(text)[0]).toBe(
    '<code>a***@example.com</code><br><code>a***@<wbr>example.<wbr>com.<wbr>csv:12</code>',
  )
  expect(text).toContain('✅ 2 devices revoked<br>')
  expect(text).not.toMatch(/ann@|1041|laptop/i)
})

test('a reference stands below the address, which can be broken into lines if it is long', () => {
  const users = [given.verified(), given.verified('a.rather.long.name@example.com')]
  const text = summary(users.map((outcome) => given.of(outcome, { reference: 'HR-<1>' })))
  expect(cellsOf(text).filter((cell) => cell.includes('@'))).toEqual([
    '<code>a@example.com</code><br><code>HR-&#60;1&#62;</code>',
    '<code>a.<wbr>rather.<wbr>long.<wbr>name@<wbr>example.<wbr>com</code><br><code>HR-&#60;1&#62;</code>',
  ])
})

test.each<[Options, Outcome, string]>([
  [
    OPTIONS,
    given.accepted(),
    '<p>Accepted by Cloudflare, not verified: a misspelled address would look the same.</p>',
  ],
  // Users were looked up.
  [{ ...OPTIONS, removeSeat: true }, given.accepted(), '<p>Accepted by Cloudflare, not verified.</p>'],
  [
    { ...DRY_RUN, removeSeat: true },
    given.wouldRevoke(),
    '<p>A dry run cannot check whether the credential may revoke users, or free seats.</p>',
  ],
  [DRY_RUN, given.wouldRevoke(), '<p>A dry run cannot check whether the credential may revoke users.</p>'],
  [
    { ...DRY_RUN, verify: false },
    given.wouldRevoke(),
    'With <code>verify: false</code>, users were not looked up',
  ],
  [OFFLINE, given.wouldRevoke(), 'This check did not contact Cloudflare'],
])('it says how far the result can be trusted, without a tick (%#)', (options, outcome, sentence) => {
  const text = summary([outcome], options)
  expect(text).toContain(sentence)
  expect(text).not.toContain('✅')
})

test('what failed for several in the same way is shown once, with their number and names', () => {
  const text = summary([
    given.notRevoked('a@example.com', { ...given.PROBLEM, rayId: 'ray-1' }),
    given.notRevoked('b@example.com', { ...given.PROBLEM, rayId: 'ray-2' }),
    given.notRevoked('other@example.com', { ...given.PROBLEM, what: 'Something else happened' }),
  ])
  expect(cellsOf(text)).toEqual([
    '<b>2 users</b>',
    '❌&nbsp;not revoked',
    'Something happened.<br>Do this.<br>Ray ID of the first: <code>ray-1</code>',
    '<code>a@example.com</code>, <code>b@example.com</code>',
    '<code>other@example.com</code>',
    '❌&nbsp;not revoked',
    'Something else happened.<br>Do this.',
  ])
})

test('users come in this order, newly due ones first', () => {
  const text = summary([
    given.notProcessed('past', 'past@example.com', { text: '', at: 0 }),
    given.verified('verified@example.com'),
    given.skipped('skipped@example.com'),
    given.of(given.notRevoked('earlier@example.com'), { revokeAfter: { text: '', at: -25 * 3_600_000 } }),
    given.of(given.notRevoked('newly@example.com'), { revokeAfter: { text: '', at: 0 } }),
    given.unknown('unknown@example.com'),
    given.verified('warned@example.com', { warnings: [{ what: 'Mind this' }] }),
    given.revokedBut('Revoked, but …', { verification: 'failed' }),
  ])
  expect(Array.from(text.matchAll(/<code>(\w+)@/g), ([, name]) => name).join(' ')).toBe(
    'newly earlier a skipped unknown warned verified past',
  )
  expect(text).toContain('<code>newly@example.com</code> 🆕&nbsp;newly due, <code>earlier@example.com</code>')
  expect(text).toContain('⚠️ Mind this.<br>')
})

test('failures and warnings are never folded away, and many others are', () => {
  const text = summary([
    ...addresses(21).map((email) => given.verified(email)),
    given.verified('warned@example.com', { warnings: [{ what: 'Mind this' }] }),
    given.notRevoked('failed@example.com'),
  ])
  const unfolded = text.replace(/<details>[^]*<\/details>/, '')
  expect(unfolded).toMatch(/failed@example\.com[^]*warned@example\.com/)
  expect(unfolded).not.toContain('user0@')
  expect(text).toMatch(/<summary>21 users without failures or warnings<\/summary>[^]*user20@example\.com/)
})

test('why the run stopped is shown once', () => {
  const { remedy = '' } = given.PROBLEM
  const stopped = { what: 'Everyone else would fail', remedy }
  const users = addresses(21).map((email) => given.skipped(email))
  const text = summary([given.notRevoked(), ...users], VERIFYING, { stopped })
  expect(text).toContain('<p>Everyone else would fail.</p>')
  expect(text.split(remedy)).toHaveLength(2)
  expect(text).toMatch(/<b>21 users<\/b><\/td><td>⏭️&nbsp;not revoked, skipped<\/td>/)
  expect(summary(users, VERIFYING, { stopped })).toContain(`<p>Everyone else would fail. ${remedy}</p>`)
})

test('below the users stands what was left as it was', () => {
  const past = given.notProcessed('past', 'past@example.com', { text: '2001-01-31', at: Date.UTC(2001, 1) })
  const paragraphs = Array.from(
    summary([given.verified(), past]).matchAll(/<p>(.*?)<\/p>/g),
    ([, text]) => text,
  )
  expect(paragraphs.slice(1)).toEqual([
    '1 user was due more than 30 days ago and was skipped (<code>due-within-days</code>). To revoke one of these users at once, write <code>now</code> for the date.',
    'Devices were left untouched and may still reach private networks; to revoke them, set <code>devices: true</code>.',
    'The WARP session was left untouched; to end it, set <code>warp-session-reauth: true</code>.',
    'This does not end SaaS sessions, open SSH, VNC, or RDP sessions, or access with service tokens: see docs/security.md#what-a-green-run-does-not-cover in the repository of this action.',
  ])
  expect(summary([given.wouldRevoke()], DRY_RUN)).not.toMatch(/does not end|untouched/)
})

import { expect, test } from '@jest/globals'
import type { Options } from '../../src/inputs/options.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { sameStates } from '../../src/verify/controls.ts'
import {
  accepted,
  badRow,
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

const WIDE: Options = { ...VERIFYING, devices: true, warpSessionReauth: true }
const BERLIN = { ...VERIFYING, timezone: 'Europe/Berlin' }
const DEVICES = [
  { id: '1', name: "Ann's laptop", status: 'revoked' },
  { id: '2', status: 'revoked' },
] as const
const STATES = { ...sameStates(WIDE, 'confirmed'), sessions: 'verified', devices: 'verified' } as const
const MANY_DEVICES = { before: 2, after: 0, registrations: DEVICES }
const NEW_YEAR = { text: '2029-12-31', at: Date.UTC(2029, 11, 31, 23) }
const DUE_FROM = '<code>2029-12-31</code>: due from 2030-01-01 00:00 (Europe/Berlin)'
const CODE = { ...PROBLEM, errors: [{ code: 12130, message: 'access.api.<b>' }], rayId: 'ray-1' }
const TOO_OLD = {
  verification: 'failed',
  controls: { ...sameStates(VERIFYING, 'confirmed'), sessions: 'failed' },
} as const

test.each<[string, Outcome, Options, string[]]>([
  [
    'of a verified user: what was read has a tick, and what was only accepted has none',
    verified(undefined, { controls: STATES, devices: MANY_DEVICES }),
    WIDE,
    [
      '✅&nbsp;revoked and verified',
      '✅ 3 sessions before, none left<br>✅ 2 devices revoked: <code>Ann&#39;s laptop</code>, <code>2</code><br>☁️ Access tokens, WARP session: accepted by Cloudflare',
    ],
  ],
  [
    'of a user who is not revoked: the reason, in the words of Cloudflare, and what to do',
    notRevoked(undefined, CODE),
    VERIFYING,
    [
      '❌&nbsp;not revoked',
      'Something happened.<br><code>12130 &#34;access.api.&#60;b&#62;&#34;</code><br>Do this.<br>Ray ID <code>ray-1</code>',
    ],
  ],
  [
    'of a user who is revoked, but not verified: what was read is marked',
    revokedBut('1 session is left', { ...TOO_OLD, sessions: { before: 3, after: 1 } }),
    VERIFYING,
    [
      '❌&nbsp;revoked, not verified',
      '1 session is left.<br>Do this.<br>❌ 3 sessions before, 1 left<br>☁️ Access tokens: accepted by Cloudflare<br>Ray ID <code>8d1f0c3b5a7e9264-FRA</code>',
    ],
  ],
  ['of a user who is only accepted', accepted(), BLIND, ['☁️&nbsp;accepted by Cloudflare']],
  [
    'of a dry run: what is active now, and since when the user is due in the time zone of the step',
    of(wouldRevoke(undefined, { sessions: { before: 3 } }), { revokeAfter: NEW_YEAR }),
    { ...DRY_RUN, timezone: 'Europe/Berlin' },
    ['🔍&nbsp;would be revoked', `${DUE_FROM}<br>Now: 3 active sessions`],
  ],
  [
    'of a user who is not due yet',
    notProcessed('not_due', 'a@example.com', NEW_YEAR),
    BERLIN,
    ['📅&nbsp;not due yet', DUE_FROM],
  ],
  [
    'of a user whose revocation was sent before the run stopped',
    skipped(undefined, 'unconfirmed'),
    VERIFYING,
    ['⏭️&nbsp;not revoked, skipped', 'Sent, but not confirmed before the run stopped.'],
  ],
])('the row %s', (_name, outcome, options, cells) => {
  expect(cellsOf(summary([outcome], options))).toEqual(['<code>a@example.com</code>', ...cells])
})

test('a row that could not be used is shown with its place', () => {
  const badRows = [badRow('l.csv:2', '"<b>x</b>" is not an email address.')]
  expect(cellsOf(summary([], VERIFYING, { list: { badRows, lists: [], staying: 0 } }))).toEqual([
    '<code>l.csv:2</code>',
    '❌&nbsp;not used',
    '<code>&#60;b&#62;x&#60;/b&#62;</code> is not an email address.',
  ])
})

test('where addresses are masked, the place names the user; references and names of devices are not shown', () => {
  const user = of(verified('ann@example.com', { controls: STATES, devices: MANY_DEVICES }), {
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

test.each([
  [
    'a reference stands below the address',
    verified(),
    '<code>a@example.com</code><br><code>HR-&#60;1&#62;</code>',
  ],
  [
    'a long address can be broken into lines',
    verified('a.rather.long.name@example.com'),
    '<code>a.<wbr>rather.<wbr>long.<wbr>name@<wbr>example.<wbr>com</code><br><code>HR-&#60;1&#62;</code>',
  ],
])('%s', (_name, outcome, cell) => {
  expect(cellsOf(summary([of(outcome, { source: 'l.csv:2', reference: 'HR-<1>' })]))[0]).toBe(cell)
})

test.each<[Options, Outcome, string]>([
  [
    BLIND,
    accepted(),
    '<p>Accepted by Cloudflare, not verified: a misspelled address would look the same.</p>',
  ],
  // Users were looked up.
  [{ ...BLIND, removeSeat: true }, accepted(), '<p>Accepted by Cloudflare, not verified.</p>'],
  [
    { ...DRY_RUN, removeSeat: true },
    wouldRevoke(),
    '<p>A dry run cannot check whether the credential may revoke users, or free seats.</p>',
  ],
  [DRY_RUN, wouldRevoke(), '<p>A dry run cannot check whether the credential may revoke users.</p>'],
  [{ ...DRY_RUN, verify: false }, wouldRevoke(), 'With <code>verify: false</code>, users were not looked up'],
  [OFFLINE, wouldRevoke(), 'This check did not contact Cloudflare'],
])('it says how far the result can be trusted, without a tick (%#)', (options, outcome, sentence) => {
  const text = summary([outcome], options)
  expect(text).toContain(sentence)
  expect(text).not.toContain('✅')
})

test('what failed for several in the same way is shown once, with their number and names', () => {
  const text = summary([
    notRevoked('a@example.com', { ...PROBLEM, rayId: 'ray-1' }),
    notRevoked('b@example.com', { ...PROBLEM, rayId: 'ray-2' }),
    notRevoked('other@example.com', { ...PROBLEM, what: 'Something else happened' }),
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
    notProcessed('past', 'past@example.com', { text: '', at: 0 }),
    verified('verified@example.com'),
    skipped('skipped@example.com'),
    of(notRevoked('earlier@example.com'), { revokeAfter: { text: '', at: -25 * 3_600_000 } }),
    of(notRevoked('newly@example.com'), { revokeAfter: { text: '', at: 0 } }),
    unknown('unknown@example.com'),
    verified('warned@example.com', { warnings: [{ what: 'Mind this' }] }),
    revokedBut('Revoked, but …', { verification: 'failed' }),
  ])
  expect(Array.from(text.matchAll(/<code>(\w+)@/g), ([, name]) => name).join(' ')).toBe(
    'newly earlier a skipped unknown warned verified past',
  )
  expect(text).toContain('<code>newly@example.com</code> 🆕&nbsp;newly due, <code>earlier@example.com</code>')
  expect(text).toContain('⚠️ Mind this.<br>')
})

test('failures and warnings are never folded away, and many others are', () => {
  const text = summary([
    ...many(21).map((email) => verified(email)),
    verified('warned@example.com', { warnings: [{ what: 'Mind this' }] }),
    notRevoked('failed@example.com'),
  ])
  const unfolded = text.replace(/<details>[^]*<\/details>/, '')
  expect(unfolded).toMatch(/failed@example\.com[^]*warned@example\.com/)
  expect(unfolded).not.toContain('user0@')
  expect(text).toMatch(/<summary>21 users without failures or warnings<\/summary>[^]*user20@example\.com/)
})

test('why the run stopped is shown once', () => {
  const { remedy = '' } = PROBLEM
  const stopped = { what: 'Everyone else would fail', remedy }
  const users = many(21).map((email) => skipped(email))
  const text = summary([notRevoked(), ...users], VERIFYING, { stopped })
  expect(text).toContain('<p>Everyone else would fail.</p>')
  expect(text.split(remedy)).toHaveLength(2)
  expect(text).toMatch(/<b>21 users<\/b><\/td><td>⏭️&nbsp;not revoked, skipped<\/td>/)
  expect(summary(users, VERIFYING, { stopped })).toContain(`<p>Everyone else would fail. ${remedy}</p>`)
})

test('below the users stands what was left as it was', () => {
  const past = notProcessed('past', 'past@example.com', { text: '2001-01-31', at: Date.UTC(2001, 1) })
  const paragraphs = Array.from(summary([verified(), past]).matchAll(/<p>(.*?)<\/p>/g), ([, text]) => text)
  expect(paragraphs.slice(1)).toEqual([
    '1 user was due more than 30 days ago and was skipped (<code>due-within-days</code>). To revoke one of these users at once, write <code>now</code> for the date.',
    'Devices were left untouched and may still reach private networks; to revoke them, set <code>devices: true</code>.',
    'The WARP session was left untouched; to end it, set <code>warp-session-reauth: true</code>.',
    'This does not end SaaS sessions, open SSH, VNC, or RDP sessions, or access with service tokens: see docs/security.md#what-a-green-run-does-not-cover.',
  ])
  expect(summary([wouldRevoke()], DRY_RUN)).not.toMatch(/does not end|untouched/)
})

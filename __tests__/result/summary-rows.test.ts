import { expect, test } from '@jest/globals'
import type { Options } from '../../src/inputs/options.ts'
import { sameStates } from '../../src/verify/controls.ts'
import {
  badRow,
  cellsOf,
  DRY_RUN,
  notRevoked,
  of,
  PROBLEM,
  revokedBut,
  summary,
  verified,
  VERIFYING,
  wouldRevoke,
} from './outcomes.ts'

const WIDE: Options = { ...VERIFYING, devices: true, warpSessionReauth: true }
const DEVICES = [
  { id: '1', name: "Ann's laptop", status: 'revoked' },
  { id: '2', status: 'revoked' },
] as const

test('a verified user: what was read has a tick, and what was only accepted has none', () => {
  const user = verified('a@example.com', {
    controls: { ...sameStates(WIDE, 'confirmed'), sessions: 'verified', devices: 'verified' },
    devices: { before: 2, after: 0, registrations: DEVICES },
  })
  expect(cellsOf(summary([user], WIDE))).toEqual([
    '<code>a@example.com</code>',
    '✅&nbsp;revoked and verified',
    '✅ 3 sessions before, none left<br>✅ 2 devices revoked: <code>Ann&#39;s laptop</code>, <code>2</code><br>☁️ Access tokens, WARP session: accepted by Cloudflare',
  ])
})

test('a user who is not revoked: the reason, in the words of Cloudflare, and what to do', () => {
  const problem = {
    ...PROBLEM,
    errors: [{ code: 12130, message: 'access.api.<b>' }],
    rayId: '8d1f0c3b5a7e9264-FRA',
  }
  expect(cellsOf(summary([notRevoked('a@example.com', problem)]))).toEqual([
    '<code>a@example.com</code>',
    '❌&nbsp;not revoked',
    'Something happened.<br><code>12130 &#34;access.api.&#60;b&#62;&#34;</code><br>Do this.<br>Ray ID <code>8d1f0c3b5a7e9264-FRA</code>',
  ])
})

test('a user who is revoked, but not verified: what was read is marked', () => {
  const controls = { ...sameStates(VERIFYING, 'confirmed'), sessions: 'failed' } as const
  const user = revokedBut('a@example.com', 'Revoked, but not verified: 1 session is left', {
    verification: 'failed',
    controls,
    sessions: { before: 3, after: 1 },
  })
  expect(
    cellsOf(summary([user]))
      .slice(1)
      .join(),
  ).toMatch(
    /^❌&nbsp;revoked, not verified,Revoked, but not verified: 1 session is left\.<br>Do this\.<br>❌ 3 sessions before, 1 left<br>/,
  )
})

test('a dry run shows what is active now, and since when a user is due in the time zone of the step', () => {
  const at = Date.UTC(2029, 11, 31, 23)
  const user = of(wouldRevoke('a@example.com', { sessions: { before: 3 } }), {
    revokeAfter: { text: '2029-12-31', at },
  })
  const text = summary([user], { ...DRY_RUN, timezone: 'Europe/Berlin' })
  expect(cellsOf(text).at(-1)).toBe(
    '<code>2029-12-31</code>: due since 2030-01-01 00:00 (Europe/Berlin)<br>Now: 3 active sessions',
  )
})

test('a row that could not be used is shown with its place', () => {
  const badRows = [badRow('l.csv:2', '"<b>x</b>" is not an email address.')]
  const text = summary([], VERIFYING, { list: { badRows, lists: [], staying: 0 } })
  expect(cellsOf(text)).toEqual([
    '<code>l.csv:2</code>',
    '❌&nbsp;not used',
    '<code>&#60;b&#62;x&#60;/b&#62;</code> is not an email address.',
  ])
})

test('where addresses are masked, the place names the user, and references are not shown', () => {
  const masked: Options = { ...WIDE, maskEmails: true }
  const user = of(verified('ann@example.com'), { source: 'ann@example.com.csv:12', reference: '1041' })
  const devices = { before: 2, after: 0, registrations: DEVICES }
  const controls = { ...sameStates(WIDE, 'verified') }
  const text = summary([{ ...user, checks: { ...user.checks, controls, devices } }], masked)
  expect(cellsOf(text)[0]).toBe(
    '<code>a***@example.com</code><br><code>a***@<wbr>example.<wbr>com.<wbr>csv:12</code>',
  )
  expect(text).toContain('2 devices revoked: device 1 of 2, device 2 of 2')
  expect(text).not.toMatch(/ann@|1041|laptop/i)
})

test('a long address can be broken into lines', () => {
  expect(cellsOf(summary([verified('a.rather.long.name@example.com')]))[0]).toBe(
    '<code>a.<wbr>rather.<wbr>long.<wbr>name@<wbr>example.<wbr>com</code>',
  )
})

test('without a mask, the reference stands below the address', () => {
  const user = of(verified('a@example.com'), { source: 'l.csv:2', reference: 'HR-<1>' })
  expect(cellsOf(summary([user]))[0]).toBe('<code>a@example.com</code><br><code>HR-&#60;1&#62;</code>')
})

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { outcomeLogger, plannedLines } from '../../src/result/run-log.ts'
import type { DueOutcome } from '../../src/revocation/outcome.ts'
import type { Options } from '../../src/inputs/options.ts'
import { Log } from '../../src/runner/log.ts'
import type { User } from '../../src/users/user.ts'
import { sameStates } from '../../src/verify/controls.ts'
import { user } from '../support/address.ts'
import { StepHere } from '../support/environment.ts'
import {
  accepted,
  BLIND,
  DRY_RUN,
  notRevoked,
  of,
  OFFLINE,
  PROBLEM,
  revokedBut,
  skipped,
  unknown,
  verified,
  VERIFYING,
  wouldRevoke,
} from './outcomes.ts'

const HOUR = 3_600_000
const NOW = 100 * HOUR

/** What the log has of an outcome, without the last line break. */
function logged(outcome: DueOutcome, options: Options = VERIFYING): string {
  using step = new StepHere()
  outcomeLogger(new Log(), 1, options, NOW)(outcome)
  return step.printed.trimEnd()
}

function planned(users: readonly User[], options: Options = VERIFYING, more = {}): string[] {
  return plannedLines({ users, staying: 0, repeated: 0, notes: [], ...more }, options, NOW)
}

function later(email: string, text: string, at: number): User {
  return { ...user(email), timing: 'not_due', revokeAfter: { text, at } }
}

test('the plan says whom the run revokes, and what happens to all others', () => {
  const users = [
    { ...user('a@example.com'), reference: 'HR-1' },
    later('b@example.com', '2027-01-31', 3 * NOW),
    later('c@example.com', '2026-12-01', 2 * NOW),
    { ...later('d@example.com', '2001-01-31', 0), timing: 'past' as const },
  ]
  expect(planned(users, VERIFYING, { staying: 2_990, repeated: 1, notes: ['A note.'] })).toEqual([
    'A note.',
    '1 entry names a user that an earlier entry names. Each user counts once.',
    '2,990 people stay.',
    '2 not due yet, the next on 2026-12-01. To revoke one of these users at once, write `now` for the date.',
    'Revoking the Access tokens of a@example.com (HR-1) in account 0123456789abcdef0123456789abcdef.',
  ])
})

test.each([
  [{ ...VERIFYING, devices: true }, 'Revoking the Access tokens and devices of 2 users in'],
  [
    { ...VERIFYING, devices: true, warpSessionReauth: true },
    'Revoking the Access tokens, devices, and WARP session of 2 users in',
  ],
  [DRY_RUN, 'Dry run, nothing is revoked. It would revoke the Access tokens of 2 users in'],
  [OFFLINE, 'Offline check, nothing is sent. A run would revoke the Access tokens of 2 users in'],
])('the plan names what is revoked (%#)', (options, start) => {
  const lines = planned([user('a@example.com'), user('b@example.com')], options)
  expect(lines).toEqual([`${start} account 0123456789abcdef0123456789abcdef.`])
})

test('if no one is due, there is no plan', () => {
  expect(planned([])).toEqual([])
})

const ROW = { controls: { ...sameStates({ ...VERIFYING, devices: true }, 'verified') } }

test.each<[string, DueOutcome, Options]>([
  [
    'a@example.com: revoked and verified (3 sessions before, none left; ray ID 8d1f0c3b5a7e9264-FRA).',
    verified(),
    VERIFYING,
  ],
  [
    'a@example.com: revoked and verified (0 sessions left; seat freed; 1 device active: "b"; 1 device revoked: "a"; ray ID 8d1f0c3b5a7e9264-FRA).',
    verified('a@example.com', {
      ...ROW,
      sessions: { after: 0 },
      seat: { state: 'removed', seats: [] },
      devices: {
        registrations: [
          { id: '2', name: 'b', status: 'active' },
          { id: '1', name: 'a', status: 'revoked' },
        ],
      },
    }),
    VERIFYING,
  ],
  [
    'a@example.com: accepted by Cloudflare (ray ID 8d1f0c3b5a7e9264-FRA).',
    accepted('a@example.com', { devices: { before: 2 } }),
    BLIND,
  ],
  ['::error::a@example.com: Not revoked: Something happened. Do this.', notRevoked(), VERIFYING],
  [
    '::error::a@example.com: Revoked, but the seat was not freed. Do this.',
    revokedBut('Revoked, but the seat was not freed'),
    VERIFYING,
  ],
  ['::warning::a@example.com: Not revoked: the organization knows no such user.', unknown(), VERIFYING],
  ['a@example.com: not revoked, skipped.', skipped(), VERIFYING],
  ['a@example.com: not checked.', skipped(), DRY_RUN],
  [
    'a@example.com: would be revoked (3 active sessions; a seat to free; 2 active devices).',
    wouldRevoke('a@example.com', {
      sessions: { before: 3 },
      devices: { before: 2 },
      seat: { state: 'not_done', seats: [], wouldFree: true },
    }),
    DRY_RUN,
  ],
  [
    '::error::a@example.com: Would fail: Something happened. Do this.',
    wouldRevoke('a@example.com', {}, PROBLEM),
    DRY_RUN,
  ],
])('each user has one line: %s', (line, outcome, options) => {
  expect(logged(outcome, options)).toBe(line)
})

test.each([
  [{ before: 3, after: 1 }, '3 sessions before, 1 left'],
  [{ after: 1 }, '1 session left'],
  [{ before: 3 }, '3 sessions before, not known after'],
])('counts of sessions: %j', (sessions, text) => {
  expect(logged(verified('a@example.com', { sessions }))).toContain(`(${text};`)
})

test.each([
  ['none', 'no seat to free'],
  ['failed', 'seat not freed'],
  ['not_done', 'seat left as it is'],
] as const)('a seat that is %s', (state, text) => {
  expect(logged(verified('a@example.com', { seat: { state, seats: [] } }))).toContain(`; ${text};`)
})

test('of many devices a few are named', () => {
  const registrations = Array.from({ length: 12 }, (_, index) => ({
    id: `${index}`,
    status: 'revoked' as const,
  }))
  const line = logged(verified('a@example.com', { ...ROW, devices: { registrations } }))
  expect(line).toMatch(/; 12 devices revoked: "0", .*, "9", 2 more;/)
})

test('warnings follow the line of the user', () => {
  const warnings = [{ what: 'Mind this', remedy: 'Do that.' }]
  expect(logged(verified('a@example.com', { warnings }))).toMatch(
    /^a@example\.com: revoked and verified .*\n::warning::a@example\.com: Mind this\. Do that\.$/,
  )
})

test.each([
  ['HR-1041', 'a@example.com (HR-1041): accepted'],
  ['Ann "x" ##[group]', 'a@example.com ("Ann \\u{0022}x\\u{0022} ## [group]"): accepted'],
])('the reference %s stands beside the address', (reference, start) => {
  expect(logged(of(accepted(), { source: 'l.csv:2', reference }), BLIND)).toContain(start)
})

test('a user who fell due within the last 24 hours is marked', () => {
  const due = (at: number): string => logged(of(accepted(), { revokeAfter: { text: '', at } }), BLIND)
  expect(due(NOW - 24 * HOUR)).toContain('a@example.com (newly due): ')
  expect(due(NOW - 25 * HOUR)).toContain('a@example.com: ')
})

test('with `mask-emails`, the place names the user, and references and names of devices are not shown', () => {
  const masked = { ...VERIFYING, maskEmails: true }
  const registrations = [{ id: '1', name: "Ann's laptop", status: 'revoked' }] as const
  const outcome = of(verified('ann@example.com', { ...ROW, devices: { registrations } }), {
    source: 'l.csv:2',
    reference: '1041',
  })
  expect(logged(outcome, masked)).toMatch(/^ann@example\.com \(l\.csv:2\): .*; 1 device revoked;/)
  // The only user of the input has no place.
  expect(logged(verified('ann@example.com'), masked)).toMatch(/^ann@example\.com: /)
})

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

test('a long list has a line at every tenth, with the time left in seconds, or minutes', () => {
  using step = new StepHere()
  const log = outcomeLogger(new Log(), 1_000, VERIFYING, 0)
  log(notRevoked())
  for (let index = 2; index <= 1_000; index += 1) {
    if (index === 100) jest.advanceTimersByTime(20_000)
    log(verified())
  }
  expect(step.printed.match(/Progress/g)).toHaveLength(9)
  expect(step.printed).toMatch(/Progress: 100 of 1,000 users, 1 of them with errors; about 3 min left\./)
  expect(step.printed).toMatch(/Progress: 900 of 1,000 users, 1 of them with errors; about 3 s left\./)
})

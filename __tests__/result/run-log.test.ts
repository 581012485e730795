import { afterEach, expect, jest, test } from '@jest/globals'
import { outcomeLogger, plannedLines } from '../../src/result/run-log.ts'
import type { DueOutcome } from '../../src/revocation/outcome.ts'
import type { Options } from '../../src/inputs/options.ts'
import { Log } from '../../src/runner/log.ts'
import type { User } from '../../src/users/user.ts'
import { type Counts, type DeviceRecord, sameStates, type SeatChecks } from '../../src/verify/controls.ts'
import { user } from '../support/address.ts'
import { StepHere } from '../support/environment.ts'
import { DRY_RUN, OPTIONS, VERIFYING } from '../support/options.ts'
import * as given from './outcomes.ts'

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
  [{ devices: true }, 'Revoking the Access tokens and devices'],
  [{ warpSessionReauth: true }, 'Revoking the Access tokens and WARP session'],
  [{ devices: true, warpSessionReauth: true }, 'Revoking the Access tokens, devices, and WARP session'],
  [{ dryRun: true }, 'Dry run, nothing is revoked. It would revoke the Access tokens'],
  [{ dryRun: 'offline' }, 'Offline check, nothing is sent. A run would revoke the Access tokens'],
] as const)('the plan names what is revoked (%j)', (more, start) => {
  const lines = planned([user('a@example.com'), user('b@example.com')], { ...OPTIONS, ...more })
  expect(lines).toEqual([`${start} of 2 users in account 0123456789abcdef0123456789abcdef.`])
})

test('if no one is due, there is no plan', () => {
  expect(planned([])).toEqual([])
})

const controls = sameStates({ ...VERIFYING, devices: true }, 'verified')
const [active, revoked] = [
  { id: '2', name: 'b', status: 'active' },
  { id: '1', name: 'a', status: 'revoked' },
] as const
const TWELVE = Array.from({ length: 12 }, (_, index) => ({ ...revoked, name: `${index}` }))
const RAY = 'ray ID 8d1f0c3b5a7e9264-FRA'

test.each<[string, DueOutcome, Options?]>([
  [`revoked and verified (3 sessions before, none left; ${RAY}).`, given.verified()],
  [`revoked and verified (3 sessions before, 1 left; ${RAY}).`, counted({ before: 3, after: 1 })],
  [`revoked and verified (1 session left; ${RAY}).`, counted({ after: 1 })],
  [`revoked and verified (3 sessions before, not known after; ${RAY}).`, counted({ before: 3 })],
  [`revoked and verified (seat freed; ${RAY}).`, seated('removed')],
  [`revoked and verified (no seat to free; ${RAY}).`, seated('none')],
  [`revoked and verified (seat not freed; ${RAY}).`, seated('failed')],
  [`revoked and verified (seat left as it is; ${RAY}).`, seated('not_done')],
  [`revoked and verified (1 device active: "b"; 1 device revoked: "a"; ${RAY}).`, having([active, revoked])],
  [
    `revoked and verified (12 devices revoked: "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", 2 more; ${RAY}).`,
    having(TWELVE),
  ],
  [`accepted by Cloudflare (${RAY}).`, given.accepted(undefined, { devices: { before: 2 } }), OPTIONS],
  ['::error::Not revoked: Something happened. Do this.', given.notRevoked()],
  [
    '::error::Revoked, but the seat was not freed. Do this.',
    given.revokedBut('Revoked, but the seat was not freed'),
  ],
  ['::warning::Not revoked: the organization knows no such user.', given.unknown()],
  ['not revoked, skipped.', given.skipped()],
  ['not checked.', given.skipped(), DRY_RUN],
  [
    'would be revoked (3 active sessions; a seat to free; 2 active devices).',
    given.wouldRevoke(undefined, {
      sessions: { before: 3 },
      devices: { before: 2 },
      seat: { state: 'not_done', seats: [], wouldFree: true },
    }),
    DRY_RUN,
  ],
  [
    '::error::Would fail: Something happened. Do this.',
    given.wouldRevoke(undefined, {}, given.PROBLEM),
    DRY_RUN,
  ],
])('each user has one line: %s', (line, outcome, options = VERIFYING) => {
  expect(logged(outcome, options).replace('a@example.com: ', '')).toBe(line)
})

function counted(sessions: Counts): DueOutcome {
  return given.verified(undefined, { sessions })
}

function seated(state: SeatChecks['state']): DueOutcome {
  return given.verified(undefined, { sessions: {}, seat: { state, seats: [] } })
}

function having(registrations: readonly DeviceRecord[]): DueOutcome {
  return given.verified(undefined, { controls, sessions: {}, devices: { registrations } })
}

test('warnings follow the line of the user', () => {
  const warnings = [{ what: 'Mind this', remedy: 'Do that.' }]
  expect(logged(given.verified('a@example.com', { warnings }))).toMatch(
    /^a@example\.com: revoked and verified .*\n::warning::a@example\.com: Mind this\. Do that\.$/,
  )
})

test.each([
  ['HR-1041', 'a@example.com (HR-1041): accepted'],
  ['Ann "x" ##[group]', 'a@example.com ("Ann \\u{0022}x\\u{0022} ## [group]"): accepted'],
])('the reference %s stands beside the address', (reference, start) => {
  expect(logged(given.of(given.accepted(), { source: 'l.csv:2', reference }), OPTIONS)).toContain(start)
})

test('a user who fell due within the last 24 hours is marked', () => {
  const due = (at: number): string =>
    logged(given.of(given.accepted(), { revokeAfter: { text: '', at } }), OPTIONS)
  expect(due(NOW - 24 * HOUR)).toContain('a@example.com (newly due): ')
  expect(due(NOW - 25 * HOUR)).toContain('a@example.com: ')
})

test('with `mask-emails`, the place names the user, and references and names of devices are not shown', () => {
  const outcome = given.of(having([revoked]), { source: 'l.csv:2', reference: '1041' })
  expect(logged(outcome, { ...VERIFYING, maskEmails: true })).toBe(
    `a@example.com (l.csv:2): revoked and verified (1 device revoked; ${RAY}).`,
  )
  // The only user of the input has no place.
  expect(logged(given.verified(), { ...VERIFYING, maskEmails: true })).toMatch(/^a@example\.com: /)
})

afterEach(() => {
  jest.useRealTimers()
})

test('a long list has a line at every tenth, with the time left in seconds, or minutes', () => {
  jest.useFakeTimers()
  using step = new StepHere()
  const log = outcomeLogger(new Log(), 1_000, VERIFYING, 0)
  log(given.notRevoked())
  for (let index = 2; index <= 1_000; index += 1) {
    if (index === 100) jest.advanceTimersByTime(20_000)
    log(given.verified())
  }
  expect(step.printed.match(/Progress/g)).toHaveLength(9)
  expect(step.printed).toMatch(/Progress: 100 of 1,000 users, 1 of them with errors; about 3 min left\./)
  expect(step.printed).toMatch(/Progress: 900 of 1,000 users, 1 of them with errors; about 3 s left\./)
})

import { userProblem } from '../../src/cloudflare/problem.ts'
import type { RunRecord } from '../../src/result/verdict.ts'
import type {
  Failed,
  NotProcessed,
  Outcome,
  Revoked,
  Skipped,
  WouldRevoke,
} from '../../src/revocation/outcome.ts'
import type { BadRow, User } from '../../src/users/user.ts'
import { type ControlState, sameStates, type UserChecks } from '../../src/verify/controls.ts'
import { user } from '../support/address.ts'
import { OPTIONS, VERIFYING } from '../support/options.ts'

/** The user of an outcome that names none. */
const LEAVER = 'a@example.com'

const TIMES = { attempts: 1, startedAt: 0, finishedAt: 1 }
const CONFIRMED = {
  ...TIMES,
  revocation: 'confirmed',
  httpStatus: 200,
  rayId: '8d1f0c3b5a7e9264-FRA',
  time: { date: 0, receivedAt: 0 },
} as const

export const PROBLEM = userProblem('Something happened', 'Do this.')

/** What is known of a user whose controls all went the same way. */
export function checks(state: ControlState, more: Partial<UserChecks> = {}): UserChecks {
  return { controls: sameStates(OPTIONS, state), warnings: [], ...more }
}

/** Cloudflare confirmed the revocation, and nothing was verified. */
export function accepted(email = LEAVER, more: Partial<UserChecks> = {}): Revoked {
  return { ...CONFIRMED, status: 'revoked', user: user(email), checks: checks('confirmed', more) }
}

export function verified(email = LEAVER, more: Partial<UserChecks> = {}): Revoked {
  const controls = { ...sameStates(OPTIONS, 'confirmed'), sessions: 'verified' } as const
  return accepted(email, { verification: 'passed', controls, sessions: { before: 3, after: 0 }, ...more })
}

/** The revocation was not confirmed. */
export function notRevoked(email = LEAVER, problem: Failed['problem'] = PROBLEM): Failed {
  const sending = { ...TIMES, revocation: 'unconfirmed', rayId: problem.rayId } as const
  return { ...sending, status: 'failed', user: user(email), problem, checks: checks('failed') }
}

/** The user is revoked, and something else failed. */
export function revokedBut(what: string, more: Partial<UserChecks> = {}): Failed {
  const problem = { ...PROBLEM, what }
  return { ...CONFIRMED, status: 'failed', user: user(LEAVER), problem, checks: checks('confirmed', more) }
}

export function unknown(email = LEAVER): Revoked {
  const warnings = [{ what: 'Not revoked: the organization knows no such user' }]
  const known = checks('not_known', { warnings, verification: 'not_done' })
  return { ...CONFIRMED, status: 'unknown', user: user(email), checks: known }
}

export function skipped(email = LEAVER, revocation: Skipped['revocation'] = 'not_sent'): Skipped {
  const reason = { what: 'Everyone else would fail', remedy: 'Do that.' }
  return { status: 'skipped', revocation, user: user(email), reason, checks: checks('failed') }
}

export function wouldRevoke(
  email = LEAVER,
  more: Partial<UserChecks> = {},
  problem?: WouldRevoke['problem'],
): WouldRevoke {
  const outcome = { status: 'would_revoke', revocation: 'not_sent', problem } as const
  return { ...outcome, user: user(email), checks: checks('not_requested', more) }
}

export function notProcessed(
  status: NotProcessed['status'],
  email: string,
  revokeAfter: NonNullable<User['revokeAfter']>,
): NotProcessed {
  return { status, revocation: 'not_sent', user: { ...user(email), timing: status, revokeAfter } }
}

/** The same outcome for a user with more than an address. */
export function of<Kind extends Outcome>(outcome: Kind, more: Partial<User>): Kind {
  return { ...outcome, user: { ...outcome.user, ...more } }
}

/** Who ran a step, and when. */
export const PROVENANCE = { startedAt: 0, finishedAt: 1_000, workflowRun: {}, action: {} }

/** What there is to report of a run with these outcomes. */
export function recordOf(outcomes: readonly Outcome[], more: Partial<RunRecord> = {}): RunRecord {
  return { ...PROVENANCE, options: VERIFYING, outcomes, list: listWith(), stopped: undefined, ...more }
}

/** What there is to report of lists besides their users. */
export function listWith(more: Partial<RunRecord['list']> = {}): RunRecord['list'] {
  return { badRows: [], lists: [], staying: 0, ...more }
}

/** A row that could not be used. */
export function badRow(source: string, problem = '"nobody" is not an email address.'): BadRow {
  const [file = '', line = ''] = source.split(':')
  return { source, file, line: Number(line), email: 'nobody', problems: [problem] }
}

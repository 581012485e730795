import { userProblem } from '../../src/cloudflare/problem.ts'
import type { Options } from '../../src/inputs/options.ts'
import { summaryOf } from '../../src/result/summary.ts'
import { type RunRecord, verdictOf } from '../../src/result/verdict.ts'
import type {
  Failed,
  NotProcessed,
  Outcome,
  Revoked,
  Skipped,
  WouldRevoke,
} from '../../src/revocation/outcome.ts'
import type { BadRow, User } from '../../src/users/user.ts'
import { sameStates, type UserChecks } from '../../src/verify/controls.ts'
import { user } from '../support/address.ts'
import { OPTIONS } from '../support/options.ts'

/** The user of an outcome that names none. */
const LEAVER = 'a@example.com'

/** A step that says nothing of its options, and verifies. */
export const VERIFYING: Options = { ...OPTIONS, verify: true }

/** A step that does not verify. */
export const BLIND: Options = { ...OPTIONS, verify: false }

export const DRY_RUN: Options = { ...OPTIONS, verify: true, dryRun: true }

export const OFFLINE = { ...OPTIONS, verify: true, dryRun: 'offline' } as const satisfies Options

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
export function checks(
  state: Parameters<typeof sameStates>[1],
  more: Partial<UserChecks> = {},
  options = OPTIONS,
): UserChecks {
  return { controls: sameStates(options, state), warnings: [], ...more }
}

/** A user of whom Cloudflare confirmed the revocation, and nothing was verified. */
export function accepted(email = LEAVER, more: Partial<UserChecks> = {}): Revoked {
  return { ...CONFIRMED, status: 'revoked', user: user(email), checks: checks('confirmed', more) }
}

/** A user who is revoked and verified. */
export function verified(email = LEAVER, more: Partial<UserChecks> = {}): Revoked {
  const controls = { ...sameStates(OPTIONS, 'confirmed'), sessions: 'verified' } as const
  return accepted(email, { verification: 'passed', controls, sessions: { before: 3, after: 0 }, ...more })
}

/** A user whose revocation was not confirmed. */
export function notRevoked(email = LEAVER, problem: Failed['problem'] = PROBLEM): Failed {
  const { rayId } = problem
  return {
    ...TIMES,
    status: 'failed',
    revocation: 'unconfirmed',
    user: user(email),
    problem,
    ...(rayId !== undefined && { rayId }),
    checks: checks('failed'),
  }
}

/** A user who is revoked, and of whom something else failed. */
export function revokedBut(what: string, more: Partial<UserChecks> = {}): Failed {
  const problem = { ...PROBLEM, what }
  return { ...CONFIRMED, status: 'failed', user: user(LEAVER), problem, checks: checks('not_known', more) }
}

/** A user whom the organization does not know. */
export function unknown(email = LEAVER): Revoked {
  const warnings = [{ what: 'Not revoked: the organization knows no such user' }]
  const known = checks('not_known', { warnings, verification: 'not_done' })
  return { ...CONFIRMED, status: 'unknown', user: user(email), checks: known }
}

/** A user whose revocation was not sent because the run was stopped. */
export function skipped(email = LEAVER, revocation: Skipped['revocation'] = 'not_sent'): Skipped {
  const reason = { what: 'Everyone else would fail', remedy: 'Do that.' }
  return { status: 'skipped', revocation, user: user(email), reason, checks: checks('failed') }
}

/** A user of a dry run. */
export function wouldRevoke(
  email = LEAVER,
  more: Partial<UserChecks> = {},
  problem?: WouldRevoke['problem'],
): WouldRevoke {
  return {
    status: 'would_revoke',
    revocation: 'not_sent',
    user: user(email),
    ...(problem !== undefined && { problem }),
    checks: checks('not_requested', more),
  }
}

/** A user who is not due. */
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

/** What there is to report of a run with these outcomes. */
export function recordOf(
  outcomes: readonly Outcome[],
  more: Partial<RunRecord> & { readonly staying?: number } = {},
): RunRecord {
  const { staying = 0, ...others } = more
  return {
    options: VERIFYING,
    outcomes,
    list: { badRows: [], lists: [], staying },
    stopped: undefined,
    startedAt: 0,
    finishedAt: 1_000,
    workflowRun: {},
    action: {},
    ...others,
  }
}

/** A row that could not be used. */
export function badRow(source: string, problem = '"nobody" is not an email address.'): BadRow {
  const [file = '', line = ''] = source.split(':')
  return { source, file, line: Number(line), email: 'nobody', problems: [problem] }
}

/** This many addresses, each of another user. */
export function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `user${index}@example.com`)
}

/** The job summary of a run with these outcomes. */
export function summary(outcomes: readonly Outcome[], options: Options = VERIFYING, more = {}): string {
  const record = recordOf(outcomes, { options, ...more })
  return summaryOf(record, verdictOf(record, { report: true, outputs: true }))
}

/** The cells of the tables of a summary, in their order. */
export function cellsOf(text: string): string[] {
  return Array.from(text.matchAll(/<td[^>]*>(.*?)<\/td>/g), ([, cell = '']) => cell)
}

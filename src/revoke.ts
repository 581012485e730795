import type { Cloudflare } from './cloudflare.ts'
import type { Failed, DueOutcome, Revoked, Skipped } from './outcome.ts'
import { apiError, type Problem } from './problem.ts'
import type { User } from './user.ts'

/** What is revoked besides the Access tokens. */
export interface Extent {
  readonly devices: boolean
  readonly warpSessionReauth: boolean
}

/** Revokes one user, and takes nothing but `result: true` for a yes. */
export async function revoke(
  cloudflare: Cloudflare,
  user: User,
  extent: Extent,
): Promise<Revoked | Failed | Skipped> {
  const startedAt = Date.now()
  const call = await cloudflare.revokeUser({ ...user, ...extent })
  const sending = { attempts: call.attempts, startedAt, finishedAt: Date.now() }
  if (call.ok) {
    const about = { httpStatus: call.httpStatus, ...(call.rayId !== undefined && { rayId: call.rayId }) }
    if (call.result)
      return {
        status: 'revoked',
        revocation: 'confirmed',
        user,
        ...sending,
        ...about,
        ...(call.date !== undefined && { date: call.date }),
      }
    return {
      status: 'failed',
      revocation: 'unconfirmed',
      user,
      ...sending,
      problem: { ...NOTHING_REVOKED, ...about },
    }
  }
  if ('problem' in call) {
    return { status: 'failed', revocation: 'unconfirmed', user, ...sending, problem: call.problem }
  }
  return { status: 'skipped', revocation: call.sent ? 'unconfirmed' : 'not_sent', user, why: call.stopped }
}

const NOTHING_REVOKED: Problem = {
  what: 'Cloudflare answered "result": false: nothing was revoked',
  remedy:
    'Check that the address is that of the user in Zero Trust, and that the UUID, if one is given, belongs to it.',
  reach: 'user',
  errors: [],
}

/** What an exception that nobody thought of makes of a user: not revoked for sure, and no reason to leave the others. */
export function unexpected(user: User, error: unknown): DueOutcome {
  const now = Date.now()
  const problem = unexpectedProblem(error)
  return {
    status: 'failed',
    revocation: 'unconfirmed',
    user,
    attempts: 0,
    startedAt: now,
    finishedAt: now,
    problem,
  }
}

/** The problem that an exception nobody thought of is. */
export function unexpectedProblem(error: unknown): Problem {
  const said = apiError(undefined, error instanceof Error ? error.message : String(error))
  return {
    what: 'The action failed unexpectedly',
    remedy: 'Run the step again.',
    reach: 'user',
    errors: [said],
  }
}

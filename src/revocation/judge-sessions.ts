import type { AccessUser } from '../cloudflare/records.ts'
import { userProblem, type Problem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { duration, quantity } from '../text/quantity.ts'
import type { Confirmed } from './outcome.ts'
import { DAY, type User } from '../users/user.ts'
import { cameBack, failed, type Finding, notDone, passed } from './finding.ts'
import { type NotSeen, PATIENCE } from './patience.ts'
import { lastLoginOf, type Owner } from './user-directory.ts'
import type { SeenSessions } from './wait-for-sessions.ts'

/** What the sessions that were seen after a confirmed revocation say of it. */
export function judgeSessions(
  seen: SeenSessions | NotSeen,
  { signedInAgain }: Pick<Options, 'signedInAgain'>,
): Finding {
  if (seen.kind === 'not_seen') return notDone(seen.problem)
  const { old, anew } = seen
  const facts = { sessionsAfter: old + anew.length, verifiedAt: Date.now() }
  if (old > 0) return failed(leftOver(old), facts)
  if (anew.length === 0) return passed(facts)
  const latest = anew.reduce((one, other) => Math.max(one, other))
  return cameBack(signedIn(latest * 1_000), signedInAgain, facts)
}

/**
 * What the last login says of a user who was to be gone by then. Somebody who comes back every day must not be green
 * every night, when no session from before the revocation is left.
 *
 * @param confirmation - the answer whose clock says what time it is
 */
export function judgeLastLogin(
  user: User,
  { records }: Owner,
  { answer }: Confirmed,
  { signedInAgain }: Pick<Options, 'signedInAgain'>,
): Finding {
  const login = loginAfterLeaving(user, records)
  const now = answer.date
  if (login === undefined || now === undefined) return passed()
  if (login.since > DAY && login.at >= now - DAY) return cameBack(keptSigningIn(login.at), signedInAgain)
  return passed({}, [`The user signed in at ${time(login.at)}, after \`revoke_after\`: ${STILL_OPEN}.`])
}

/** When a user last signed in who was to be gone by then, and how long after that; in milliseconds. */
export function loginAfterLeaving(
  { revokeAfter }: User,
  records: readonly AccessUser[],
): { at: number; since: number } | undefined {
  const login = lastLoginOf(records)
  if (revokeAfter === undefined || login === undefined || login <= revokeAfter.at) return undefined
  return { at: login, since: login - revokeAfter.at }
}

const STILL_OPEN =
  'either the account in the identity provider still worked, or the user came in without it, with WARP as the login method, a one-time PIN, or another identity provider'

function leftOver(sessions: number): Problem {
  return userProblem(
    `Revoked, but not verified: after ${duration(PATIENCE)} there ${sessions === 1 ? 'is' : 'are'} still ${quantity(sessions, 'session')} from before the revocation`,
    'Run the step again. If they stay, contact Cloudflare support with the ray ID.',
  )
}

function signedIn(at: number): Problem {
  return userProblem(
    `Revoked, but the user signed in again at ${time(at)}: the account in the identity provider still works`,
    'Disable it there, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.',
  )
}

function keptSigningIn(at: number): Problem {
  return userProblem(
    `Revoked, but the user still signed in at ${time(at)}, more than a day after \`revoke_after\`: ${STILL_OPEN}`,
    'Disable the account in the identity provider, and check the login methods of your Access applications. If this is expected, set `signed-in-again: warn`.',
  )
}

function time(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}

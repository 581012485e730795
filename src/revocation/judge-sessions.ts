import { ownProblem, type Problem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { duration, quantity } from '../text/quantity.ts'
import type { Confirmed, Failed, Revoked, Verification } from './outcome.ts'
import { SESSION_PATIENCE, type Sighting } from './wait-for-sessions.ts'

/** What came of a verified revocation. */
type Judged = (Revoked | Failed) & { readonly verification: Verification }

/** What the sessions that were seen after a confirmed revocation make of it. */
export function verified(
  sent: Confirmed,
  before: Verification,
  seen: Sighting,
  { signedInAgain }: Pick<Options, 'signedInAgain'>,
): Judged {
  if (seen.kind === 'not_seen') return unverified(sent, notVerified(seen.problem), before)
  const { old, anew, devices } = seen
  const verification: Verification = {
    ...before,
    sessionsAfter: old + anew.length,
    ...(devices !== undefined && { devicesAfter: devices }),
    verifiedAt: Date.now(),
    warnings:
      devices === undefined || devices === 0
        ? []
        : [`Cloudflare still counts ${quantity(devices, 'device')} of the user.`],
  }
  const failed: Verification = { ...verification, state: 'failed' }
  if (old > 0) return unverified(sent, leftOver(old), failed)
  const again = anew.length === 0 ? undefined : cameBack(anew.reduce((latest, iat) => Math.max(latest, iat)))
  if (again !== undefined && signedInAgain === 'fail') return unverified(sent, again, failed)
  const warnings = [...verification.warnings, ...(again === undefined ? [] : [`${again.what}.`])]
  return { ...sent, status: 'revoked', verification: { ...verification, state: 'passed', warnings } }
}

/** A revocation that Cloudflare confirmed, but that is not verified. */
export function unverified(
  { user, attempts, startedAt, finishedAt, httpStatus, rayId }: Confirmed,
  problem: Problem,
  verification: Verification,
): Failed & Judged {
  return {
    status: 'failed',
    revocation: 'confirmed',
    user,
    attempts,
    startedAt,
    finishedAt,
    problem: { httpStatus, ...(rayId !== undefined && { rayId }), ...problem },
    verification,
  }
}

/** That something kept a confirmed revocation from being verified. */
export function notVerified(problem: Problem): Problem {
  return { ...problem, what: `Revoked, but not verified: ${problem.what}`, reach: 'user' }
}

const CHECK_SPELLING =
  'Check the spelling of the address. If the user may never have used Access, set `unknown-user: warn`.'
const CHECK_UUID = 'Check `user-uid`, or `user_uid` in the list, against the address.'

export const UNKNOWN_USER = ownProblem('Revoked, but the organization knows no such user', CHECK_SPELLING)
export const OTHER_UUID = ownProblem(
  'The UUID belongs to another user than the address: the revocation was sent for the address alone',
  CHECK_UUID,
)
export const UNKNOWN_LOOK_ALIKE = ownProblem(
  'Revoked, but the organization knows no such user, and the address contains characters that may only look like others',
  'Type the address instead of pasting it, and compare it with the one in Zero Trust.',
)
export const WOULD_BE_UNKNOWN = ownProblem('The organization knows no such user', CHECK_SPELLING)
export const WOULD_BE_OTHER_UUID = ownProblem('The UUID belongs to another user than the address', CHECK_UUID)
export const NO_DATE = ownProblem(
  'Revoked, but not verified: the answer had no usable `Date` header to tell old sessions by',
  'Look for a proxy between the runner and Cloudflare that removes the header.',
)

function leftOver(sessions: number): Problem {
  return ownProblem(
    `Revoked, but not verified: after ${duration(SESSION_PATIENCE)} there ${sessions === 1 ? 'is' : 'are'} still ${quantity(sessions, 'session')} from before the revocation`,
    'Run the step again. If they stay, contact Cloudflare support with the ray ID.',
  )
}

function cameBack(iat: number): Problem {
  const when = new Date(iat * 1_000).toISOString().replace('.000Z', 'Z')
  return ownProblem(
    `Revoked, but the user signed in again at ${when}: the account in the identity provider still works`,
    'Disable it there, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.',
  )
}

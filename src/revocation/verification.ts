import { ownProblem, type Problem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { duration, quantity } from '../text/quantity.ts'
import type { Failed, Revoked, Verification } from './outcome.ts'
import { SESSION_PATIENCE, type Sighting } from './session-watch.ts'

/** What the sessions that were seen after a confirmed revocation make of it. */
export function verified(
  revoked: Revoked & { readonly verification: Verification },
  seen: Sighting,
  { signedInAgain }: Pick<Options, 'signedInAgain'>,
): (Revoked | Failed) & { readonly verification: Verification } {
  const { old, anew, devices, problem } = seen
  if (problem !== undefined) return unverified(revoked, notVerified(problem), revoked.verification)
  const verification: Verification = {
    ...revoked.verification,
    state: old === 0 ? 'passed' : 'failed',
    sessionsAfter: old + anew.length,
    ...(devices !== undefined && { devicesAfter: devices }),
    verifiedAt: Date.now(),
    warnings:
      devices === undefined || devices === 0
        ? []
        : [`Cloudflare still counts ${quantity(devices, 'device')} of the user.`],
  }
  if (old > 0) return unverified(revoked, leftOver(old), verification)
  if (anew.length === 0) return { ...revoked, verification }
  const again = cameBack(Math.max(...anew))
  return signedInAgain === 'fail'
    ? unverified(revoked, again, { ...verification, state: 'failed' })
    : {
        ...revoked,
        verification: { ...verification, warnings: [...verification.warnings, `${again.what}.`] },
      }
}

/** A revocation that Cloudflare confirmed, but that is not verified. */
export function unverified(
  { user, attempts, startedAt, finishedAt, httpStatus, rayId }: Revoked,
  problem: Problem,
  verification: Verification,
): Failed & { readonly verification: Verification } {
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

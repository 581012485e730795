import type { Cloudflare } from './cloudflare.ts'
import type { LookUp, LookUps } from './look-up.ts'
import type { Failed, Revoked, Skipped, Verification, WouldRevoke } from './outcome.ts'
import type { Problem } from './problem.ts'
import { type Extent, revoke, unexpectedProblem } from './revoke.ts'
import type { Pending } from './run.ts'
import type { User } from './user.ts'
import type { Sighting, Verifier } from './verify.ts'
import { quantity } from './quantity.ts'

/** What is revoked, and what a user unknown to the organization and a session begun anew mean. */
export interface ProofOptions extends Extent {
  readonly unknownUser: 'fail' | 'warn'
  readonly signedInAgain: 'fail' | 'warn'
}

/** What it takes to revoke a user and to prove it. */
export interface Prover {
  readonly cloudflare: Cloudflare
  readonly lookUps: LookUps
  readonly verifier: Verifier
  readonly options: ProofOptions
}

/**
 * Looks the user up, revokes, and then watches the sessions go. The revocation is sent whatever the look-up says or
 * fails to say.
 *
 * @returns what became of the user; where there are sessions to watch, a function that watches them, so that others can
 * be revoked in the meantime
 */
export async function revokeWithProof(user: User, prover: Prover): Promise<Pending> {
  const lookUp = await prover.lookUps.of(user)
  const before = countsBefore(lookUp)
  // A UUID of somebody else must not lead the revocation away from the address.
  const named = lookUp.kind === 'known' && lookUp.otherUuid ? { email: user.email } : user
  const sent: Revoked | Failed | Skipped = {
    ...(await revoke(prover.cloudflare, named, prover.options)),
    user,
  }
  if (sent.status === 'failed')
    return { ...sent, verification: { state: 'not_done', ...before, warnings: [] } }
  if (sent.status === 'skipped') return sent
  switch (lookUp.kind) {
    case 'unread':
      return failed(sent, notVerified(lookUp.problem), { state: 'not_done', warnings: [] })
    case 'unknown': {
      const verification = { state: 'not_done', ...before } as const
      return prover.options.unknownUser === 'fail'
        ? failed(sent, UNKNOWN_USER, { ...verification, warnings: [] })
        : { ...sent, verification: { ...verification, warnings: [`${UNKNOWN_USER.what}.`] } }
    }
    case 'known': {
      const confirmedAt = Date.parse(sent.date ?? '')
      if (Number.isNaN(confirmedAt))
        return failed(sent, NO_DATE, { state: 'not_done', ...before, warnings: [] })
      const watch = {
        email: user.email,
        before: lookUp,
        cutoff: Math.floor(confirmedAt / 1_000),
        devices: prover.options.devices,
      }
      return async () => {
        const seen = await prover.verifier
          .watch(watch)
          .catch((error: unknown): Sighting => ({ old: 0, anew: [], problem: unexpectedProblem(error) }))
        const judged = judge(
          { ...sent, verification: { state: 'not_done', ...before, warnings: [] } },
          seen,
          prover.options,
        )
        return lookUp.otherUuid ? failed(sent, OTHER_UUID, judged.verification) : judged
      }
    }
  }
}

/** A dry run's part of it: what would be cut, and what would make the run red. It only reads. */
export async function rehearseWithProof(
  user: User,
  lookUps: LookUps,
  options: ProofOptions,
): Promise<WouldRevoke> {
  const lookUp = await lookUps.of(user)
  const would = { status: 'would_revoke', revocation: 'not_sent', user } as const
  const verification = { state: 'not_done', ...countsBefore(lookUp), warnings: [] } as const
  if (lookUp.kind === 'unread') return { ...would, verification, problem: lookUp.problem }
  if (lookUp.kind === 'known')
    return { ...would, verification, ...(lookUp.otherUuid && { problem: WOULD_BE_OTHER_UUID }) }
  return options.unknownUser === 'fail'
    ? { ...would, verification, problem: WOULD_BE_UNKNOWN }
    : { ...would, verification: { ...verification, warnings: [`${WOULD_BE_UNKNOWN.what}.`] } }
}

function judge(
  revoked: Revoked & { verification: Verification },
  seen: Sighting,
  options: ProofOptions,
): (Revoked | Failed) & { verification: Verification } {
  const { old, anew, devices, problem } = seen
  if (problem !== undefined) return failed(revoked, notVerified(problem), revoked.verification)
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
  if (old > 0) return failed(revoked, leftOver(old), verification)
  if (anew.length === 0) return { ...revoked, verification }
  const again = signedInAgain(Math.max(...anew))
  return options.signedInAgain === 'fail'
    ? failed(revoked, again, { ...verification, state: 'failed' })
    : {
        ...revoked,
        verification: { ...verification, warnings: [...verification.warnings, `${again.what}.`] },
      }
}

function countsBefore(lookUp: LookUp): Pick<Verification, 'sessionsBefore' | 'devicesBefore'> {
  if (lookUp.kind !== 'known') return {}
  return { sessionsBefore: lookUp.sessions, devicesBefore: lookUp.devices }
}

function failed(
  sent: Revoked,
  problem: Problem,
  verification: Verification,
): Failed & { verification: Verification } {
  const { user, attempts, startedAt, finishedAt, httpStatus, rayId } = sent
  const about = { httpStatus, ...(rayId !== undefined && { rayId }) }
  return {
    status: 'failed',
    revocation: 'confirmed',
    user,
    attempts,
    startedAt,
    finishedAt,
    problem: { ...about, ...problem },
    verification,
  }
}

const of = (what: string, remedy: string): Problem => ({ what, remedy, reach: 'user', errors: [] })

const UNKNOWN_USER = of(
  'Revoked, but the organization knows no such user',
  'Check the spelling of the address. If the user may never have used Access, set `unknown-user: warn`.',
)
const WOULD_BE_UNKNOWN = of('The organization knows no such user', String(UNKNOWN_USER.remedy))
const WOULD_BE_OTHER_UUID = of(
  'The UUID belongs to another user than the address',
  'Check `user-uid`, or `user_uid` in the list, against the address.',
)
const OTHER_UUID = of(
  `${WOULD_BE_OTHER_UUID.what}: the revocation was sent for the address alone`,
  String(WOULD_BE_OTHER_UUID.remedy),
)
const NO_DATE = of(
  'Revoked, but not verified: the answer had no usable `Date` header to tell old sessions by',
  'Look for a proxy between the runner and Cloudflare that takes the header away.',
)

function notVerified(problem: Problem): Problem {
  return { ...problem, what: `Revoked, but not verified: ${problem.what}`, reach: 'user' }
}

function leftOver(sessions: number): Problem {
  return of(
    `Revoked, but not verified: after 90 s there ${sessions === 1 ? 'is' : 'are'} still ${quantity(sessions, 'session')} from before the revocation`,
    'Run the step again. If they stay, ask Cloudflare support, with the ray ID.',
  )
}

function signedInAgain(iat: number): Problem {
  const when = new Date(iat * 1_000).toISOString().replace('.000Z', 'Z')
  return of(
    `Revoked, but the user signed in again at ${when}: the account in the identity provider still works`,
    'Disable it there, then run the step again. If signing in anew is what you want, set `signed-in-again: warn`.',
  )
}

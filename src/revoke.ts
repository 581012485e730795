import type { Cloudflare, RevokeUser } from './cloudflare.ts'
import type { EmailAddress } from './email-address.ts'
import type { Problem } from './problem.ts'

/** What became of one user. */
export type Outcome = Revoked | Failed | Skipped | WouldRevoke

/** Cloudflare confirmed the revocation: HTTP 2xx, `success: true`, `result: true`. */
export interface Revoked {
  readonly status: 'revoked'
  readonly email: EmailAddress
  readonly attempts: number
  readonly rayId?: string
}

/** The revocation was sent, but Cloudflare did not confirm it. */
export interface Failed {
  readonly status: 'failed'
  readonly email: EmailAddress
  readonly attempts: number
  readonly problem: Problem
}

/** Nothing was sent for this user. */
export interface Skipped {
  readonly status: 'skipped'
  readonly email: EmailAddress
}

/** A dry run passed its checks. */
export interface WouldRevoke {
  readonly status: 'would_revoke'
  readonly email: EmailAddress
}

/** Revokes one user, and takes nothing but `result: true` for a yes. */
export async function revoke(cloudflare: Cloudflare, user: RevokeUser): Promise<Revoked | Failed> {
  const { email } = user
  const call = await cloudflare.revokeUser(user)
  const { attempts } = call
  if (!call.ok) return { status: 'failed', email, attempts, problem: call.problem }
  const { httpStatus, rayId } = call
  const about = { ...(rayId !== undefined && { rayId }) }
  if (call.result) return { status: 'revoked', email, attempts, ...about }
  return {
    status: 'failed',
    email,
    attempts,
    problem: {
      what: 'Cloudflare answered "result": false: nothing was revoked',
      remedy: 'Check that the address is that of the user in Zero Trust, and that `user-uid` belongs to it.',
      reach: 'user',
      errors: [],
      httpStatus,
      ...about,
    },
  }
}

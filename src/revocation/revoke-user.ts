import type { Endpoints } from '../cloudflare/endpoints.ts'
import { ownProblem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import type { User } from '../users/user.ts'
import type { Failed, Revoked, Skipped } from './outcome.ts'

/**
 * Revokes one user, and takes nothing but `result: true` for a yes.
 *
 * @param userUid - the UUID to send besides the address
 */
export async function revokeUser(
  endpoints: Endpoints,
  user: User,
  { devices, warpSessionReauth }: Pick<Options, 'devices' | 'warpSessionReauth'>,
  userUid = user.userUid,
): Promise<Revoked | Failed | Skipped> {
  const startedAt = Date.now()
  const call = await endpoints.revokeUser({ email: user.email, userUid, devices, warpSessionReauth })
  if (call.kind === 'stopped') {
    return { status: 'skipped', revocation: call.sent ? 'unconfirmed' : 'not_sent', user, why: call.why }
  }
  const sending = { user, attempts: call.attempts, startedAt, finishedAt: Date.now() }
  if (call.kind === 'problem')
    return { ...sending, status: 'failed', revocation: 'unconfirmed', problem: call.problem }
  const { httpStatus, rayId, date } = call
  const about = { httpStatus, ...(rayId !== undefined && { rayId }) }
  return call.result
    ? {
        ...sending,
        status: 'revoked',
        revocation: 'confirmed',
        ...about,
        ...(date !== undefined && { date }),
      }
    : { ...sending, status: 'failed', revocation: 'unconfirmed', problem: { ...NOTHING_REVOKED, ...about } }
}

const NOTHING_REVOKED = ownProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  'Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it.',
)

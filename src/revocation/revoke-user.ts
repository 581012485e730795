import type { Endpoints } from '../cloudflare/endpoints.ts'
import { userProblem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import type { Uuid } from '../text/uuid.ts'
import type { User } from '../users/user.ts'
import type { Failed, Revoked, Skipped } from './outcome.ts'

/**
 * Revokes one user, and takes nothing but `result: true` for a yes.
 *
 * @param userUid - the UUID to send besides the address; undefined for the address alone
 * @param overdue - whether it has waited for reads long enough
 */
export async function revokeUser(
  endpoints: Endpoints,
  user: User,
  userUid: Uuid | undefined,
  { devices, warpSessionReauth }: Pick<Options, 'devices' | 'warpSessionReauth'>,
  overdue = false,
): Promise<Revoked | Failed | Skipped> {
  const startedAt = Date.now()
  const request = { email: user.email, userUid, devices, warpSessionReauth }
  const call = await endpoints.revokeUser(request, overdue ? 'overdue' : 'revocation')
  if (call.kind === 'stopped') {
    return {
      status: 'skipped',
      revocation: call.sent ? 'unconfirmed' : 'not_sent',
      user,
      reason: call.reason,
    }
  }
  const sending = { user, attempts: call.attempts, startedAt, finishedAt: Date.now() }
  const refused = { ...sending, status: 'failed', revocation: 'unconfirmed' } as const
  if (call.kind === 'problem') return { ...refused, problem: call.problem }
  const { httpStatus, rayId, date, receivedAt } = call
  const about = { httpStatus, ...(rayId !== undefined && { rayId }) }
  return call.result
    ? { ...sending, ...about, status: 'revoked', revocation: 'confirmed', answer: { date, receivedAt } }
    : { ...refused, problem: { ...NOTHING_REVOKED, ...about } }
}

const NOTHING_REVOKED = userProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  'Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it.',
)

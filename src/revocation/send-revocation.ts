import { idsOf } from '../cloudflare/answer.ts'
import { userProblem } from '../cloudflare/problem.ts'
import { needsLookUp } from '../inputs/options.ts'
import type { User } from '../users/user.ts'
import { timeOf } from '../verify/clocks.ts'
import type { ControlState } from '../verify/controls.ts'
import { type LookUp, spellingOf } from '../verify/look-up.ts'
import type { RunContext } from '../verify/run-context.ts'
import type { Confirmed, Failed, Skipped } from './outcome.ts'

/** A revocation that is not confirmed. */
export type NotConfirmed = Omit<Failed, 'checks'> | Omit<Skipped, 'checks'>

/**
 * Sends the revocation. Only `result: true` confirms it.
 *
 * @param found - undefined if nothing is looked up, or the look-up is late, and then the revocation goes beside it
 */
export async function sendRevocation(
  user: User,
  found: LookUp | undefined,
  { endpoints, options }: RunContext,
): Promise<Confirmed | NotConfirmed> {
  const startedAt = Date.now()
  const { devices, warpSessionReauth } = options
  const isLate = needsLookUp(options) && found === undefined
  const known = found?.kind === 'known' ? found : undefined
  // A UUID that is not known to be the user's could lead the revocation away from the address.
  const isUuidSent = !needsLookUp(options) || known?.hasOtherUuid === false
  const request = {
    // Cloudflare does not document whether letter case matters.
    email: (known && spellingOf(known)) ?? user.email,
    userUid: isUuidSent ? user.userUid : undefined,
    devices,
    warpSessionReauth,
  }
  const call = await endpoints.revokeUser(request, isLate ? 'overdue' : 'revocation')
  if (call.kind === 'stopped') {
    const revocation = call.sent ? 'unconfirmed' : 'not_sent'
    return { status: 'skipped', revocation, user, reason: call.reason }
  }
  const sending = { user, attempts: call.attempts, startedAt, finishedAt: Date.now() }
  if (call.kind === 'result' && call.result) {
    return { ...sending, ...idsOf(call), revocation: 'confirmed', time: timeOf(call) }
  }
  const problem = call.kind === 'problem' ? call.problem : { ...NOTHING_REVOKED, ...idsOf(call) }
  const { httpStatus, rayId } = problem
  return {
    ...sending,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(rayId !== undefined && { rayId }),
    status: 'failed',
    revocation: 'unconfirmed',
    problem,
  }
}

/** The state of the controls: a refusal says that nothing was revoked; after a lost answer that is not known. */
export function stateOf(sent: NotConfirmed): ControlState {
  const isLost =
    sent.status === 'failed' ? sent.problem.scope === 'transient' : sent.revocation === 'unconfirmed'
  return isLost ? 'not_known' : 'failed'
}

const NOTHING_REVOKED = userProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  'Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it.',
)

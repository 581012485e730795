import { idsOf } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import { uncheckedControls } from '../controls/controls.ts'
import type { Options } from '../inputs/options.ts'
import type { RunContext } from '../organization/run-context.ts'
import type { EmailAddress } from '../text/email-address.ts'
import type { User } from '../users/user.ts'
import type { Confirmed, Failed, Skipped } from './outcome.ts'

/** What the look-up means for the call that revokes. */
interface SendOptions {
  readonly omitUuid?: boolean
  /** Whether the call has waited for its look-up long enough. */
  readonly isOverdue?: boolean
  /** Cloudflare does not document whether letter case matters, so the organization's own spelling is sent. */
  readonly spelling?: EmailAddress | undefined
}

/** Sends the revocation. Only `result: true` confirms it. */
export async function sendRevocation(
  user: User,
  { omitUuid = false, isOverdue = false, spelling = user.email }: SendOptions,
  { endpoints, options }: RunContext,
): Promise<Confirmed | Failed | Skipped> {
  const startedAt = Date.now()
  const { devices, warpSessionReauth } = options
  const request = {
    email: spelling,
    userUid: omitUuid ? undefined : user.userUid,
    devices,
    warpSessionReauth,
  }
  const call = await endpoints.revokeUser(request, isOverdue ? 'overdue' : 'revocation')
  if (call.kind === 'stopped') {
    return {
      status: 'skipped',
      revocation: call.sent ? 'unconfirmed' : 'not_sent',
      user,
      reason: call.reason,
    }
  }
  const sending = { user, attempts: call.attempts, startedAt, finishedAt: Date.now() }
  if (call.kind === 'problem') return notConfirmed(sending, call.problem, options)
  const { date, receivedAt } = call
  return call.result
    ? { ...sending, ...idsOf(call), revocation: 'confirmed', time: { date, receivedAt } }
    : notConfirmed(sending, { ...NOTHING_REVOKED, ...idsOf(call) }, options)
}

function notConfirmed(
  sending: Pick<Failed, 'user' | 'attempts' | 'startedAt' | 'finishedAt'>,
  problem: ApiProblem,
  options: Options,
): Failed {
  const { httpStatus, rayId } = problem
  return {
    ...sending,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(rayId !== undefined && { rayId }),
    status: 'failed',
    revocation: 'unconfirmed',
    problem,
    controls: uncheckedControls(options, stateOfUnconfirmed(problem)),
    warnings: [],
  }
}

/** A refusal says that nothing was revoked; after a lost answer that is not known. */
export function stateOfUnconfirmed({ scope }: ApiProblem): 'failed' | 'not_known' {
  return scope === 'transient' ? 'not_known' : 'failed'
}

const NOTHING_REVOKED = userProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  'Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it.',
)

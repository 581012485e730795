import { type Problem, problemText, userProblem } from '../cloudflare/problem.ts'
import type { Confirmation, ControlResult } from '../controls/control.ts'
import { loginSince } from '../controls/login-log.ts'
import { checkControls, lookedUpFor, uncheckedControls } from '../controls/controls.ts'
import { looksUp, type Options, provesSessions } from '../inputs/options.ts'
import type { RunContext } from '../organization/run-context.ts'
import { isAscii } from '../text/plain-text.ts'
import type { EmailAddress } from '../text/email-address.ts'
import { LOOKUP_TIMEOUT_MS } from '../timings.ts'
import type { User } from '../users/user.ts'
import {
  CHECK_SPELLING,
  type LookUp,
  lookUp,
  OTHER_UUID,
  UNKNOWN_LOOK_ALIKE,
  UNKNOWN_USER,
} from './look-up.ts'
import type { Confirmed, DueOutcome, Failed, Revoked, Skipped, Unknown, Verification } from './outcome.ts'
import type { Pending } from './revoke-all.ts'

/**
 * Looks a user up where an input needs that, revokes the user, and then checks the controls. The revocation is sent
 * whatever the look-up returns, and without it after ten seconds; then it goes to the address alone.
 *
 * @returns the outcome, or a function that waits for it, so that other users can be revoked in the meantime
 */
export async function revokeUser(user: User, run: RunContext): Promise<Pending> {
  const { options, queue, stop } = run
  if (!looksUp(options)) {
    const sent = await send(user, {}, run)
    if ('status' in sent) return sent
    return { ...sent, status: 'revoked', controls: uncheckedControls(options, 'confirmed'), warnings: [] }
  }
  const reading = lookUp(user, run)
  const waited = new AbortController()
  const tooLate = queue
    .wait(LOOKUP_TIMEOUT_MS, AbortSignal.any([waited.signal, stop.startSignal]))
    .then(nothing, nothing)
  const known = await Promise.race([reading, tooLate])
  waited.abort()
  const isLookUpLate = known === undefined
  const { hasOtherUuid, spelling } =
    known?.kind === 'known' ? known : { hasOtherUuid: false, spelling: undefined }
  // The UUID of another user, or one that is not checked yet, must not lead the revocation away from the address.
  const sent = await send(
    user,
    { omitUuid: isLookUpLate || hasOtherUuid, isOverdue: isLookUpLate, spelling },
    run,
  )
  if ('status' in sent) {
    if (sent.status === 'skipped') return sent
    const found = known?.kind === 'known' ? known : undefined
    return {
      ...sent,
      ...(found !== undefined && { accountUserIds: found.ids }),
      controls: uncheckedControls(options, stateOf(sent.problem), found?.controls),
      ...(provesSessions(options) && { verification: 'not_done' }),
    }
  }
  const runningTime = queue.runningTime
  const check = async (): Promise<DueOutcome> => {
    const found = known ?? (await reading)
    return checkUser(sent, found, { runningTime, isLookUpLate }, run)
  }
  return isLookUpLate || known.kind === 'known' ? check : check()
}

function nothing(): undefined {
  return undefined
}

/** What the look-up means for the call that revokes. */
interface SendOptions {
  readonly omitUuid?: boolean
  /** Whether the call has waited for its look-up long enough. */
  readonly isOverdue?: boolean
  /** Cloudflare does not document whether letter case matters, so the organization's own spelling is sent. */
  readonly spelling?: EmailAddress | undefined
}

/** Sends the revocation. Only `result: true` confirms it. */
async function send(
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
  const { httpStatus, rayId, date, receivedAt } = call
  const answer = { httpStatus, ...(rayId !== undefined && { rayId }) }
  return call.result
    ? { ...sending, ...answer, revocation: 'confirmed', time: { date, receivedAt } }
    : notConfirmed(sending, { ...NOTHING_REVOKED, ...answer }, options)
}

function notConfirmed(
  sending: Pick<Failed, 'user' | 'attempts' | 'startedAt' | 'finishedAt'>,
  problem: Problem,
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
    controls: uncheckedControls(options, stateOf(problem)),
    warnings: [],
  }
}

/** A refusal says that nothing was revoked; after a lost answer that is not known. */
function stateOf({ scope }: Problem): 'failed' | 'not_known' {
  return scope === 'transient' ? 'not_known' : 'failed'
}

/** Checks what is to be checked of a user after a confirmed revocation. */
async function checkUser(
  sent: Confirmed,
  found: LookUp,
  { runningTime, isLookUpLate }: Pick<Confirmation, 'runningTime' | 'isLookUpLate'>,
  run: RunContext,
): Promise<Revoked | Failed | Unknown> {
  const { options } = run
  const { user, rayId, time } = sent
  if (found.kind === 'unread') return toOutcome(sent, [], uncheckedFor(found.problem, options), options)
  if (found.kind === 'unknown') {
    const controls = uncheckedControls(options, 'not_known')
    // An unknown address with non-ASCII characters may be a look-alike of a known one.
    if (!isAscii(user.email)) return toOutcome(sent, [UNKNOWN_LOOK_ALIKE], controls, options)
    if (options.unknownUser === 'fail') return toOutcome(sent, [UNKNOWN_USER], controls, options)
    const verification = provesSessions(options) ? { verification: 'not_done' as const } : {}
    return {
      ...sent,
      status: 'unknown',
      controls,
      ...verification,
      warnings: [`${UNKNOWN_USER.what}. ${CHECK_SPELLING}`],
    }
  }
  const { controls: lookedUp, hasOtherUuid, answers } = found
  const confirmation: Confirmation = {
    login: loginSince(user, time, run),
    user,
    time,
    ...(rayId !== undefined && { rayId }),
    runningTime,
    isLookUpLate,
    answers,
  }
  const controls = await checkControls(lookedUp, confirmation, !hasOtherUuid, run)
  const outcome = toOutcome(sent, hasOtherUuid ? [OTHER_UUID] : [], controls, options)
  return { ...outcome, accountUserIds: found.ids }
}

/** The controls of a user who could not be looked up: the first that needed it has the problem. */
function uncheckedFor(problem: Problem, options: Options): readonly ControlResult[] {
  const [first, ...others] = lookedUpFor(options)
  return uncheckedControls(options, 'confirmed').map((result) => {
    if (result.control === first) {
      return { ...result, state: 'not_known', problems: [first.unchecked(problem)] }
    }
    return others.includes(result.control) ? { ...result, state: 'not_known' } : result
  })
}

/** Concludes from all findings. The first problem is the user's; further ones become warnings. */
function toOutcome(
  sent: Confirmed,
  identity: readonly Problem[],
  controls: readonly ControlResult[],
  options: Options,
): Revoked | Failed {
  const proofs = controls.filter(({ control }) => control.isProof)
  const others = controls.filter(({ control }) => !control.isProof)
  const [problem, ...further] = [...identity, ...[...proofs, ...others].flatMap(({ problems }) => problems)]
  const warnings = [...further.map(problemText), ...controls.flatMap((control) => control.warnings)]
  const findings = {
    controls,
    ...(provesSessions(options) && { verification: verificationOf(proofs, options) }),
    warnings,
  }
  if (problem === undefined) return { ...sent, status: 'revoked', ...findings }
  return { ...sent, status: 'failed', problem, ...findings }
}

function verificationOf(proofs: readonly ControlResult[], options: Options): Verification {
  const states = proofs.filter(({ control }) => control.needsLookUp(options)).map(({ state }) => state)
  if (states.includes('failed')) return 'failed'
  return states.every((state) => state === 'verified') ? 'passed' : 'not_done'
}

const NOTHING_REVOKED = userProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  'Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it.',
)

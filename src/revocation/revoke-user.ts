import { type ApiProblem, problemText, unexpectedProblem } from '../cloudflare/problem.ts'
import type { Confirmation, ControlResult } from '../controls/control.ts'
import { loginSince } from '../controls/login-log.ts'
import { checkControls, lookedUpFor, uncheckedControls } from '../controls/controls.ts'
import { needsLookUp, type Options, verifiesSessions } from '../inputs/options.ts'
import type { RunContext } from '../organization/run-context.ts'
import { isAscii } from '../text/plain-text.ts'
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
import type { Confirmed, DueOutcome, Failed, Revoked, Unknown, Verification } from './outcome.ts'
import type { Pending } from './revoke-all.ts'
import { sendRevocation, stateOfUnconfirmed } from './send-revocation.ts'

/**
 * Looks a user up where an input needs that, revokes the user, and then checks the controls. The revocation is sent
 * whatever the look-up returns. After ten seconds it is sent without the look-up, to the address alone.
 *
 * @returns the outcome, or a function that waits for it, so that other users can be revoked in the meantime
 */
export async function revokeUser(user: User, run: RunContext): Promise<Pending> {
  const { options, queue } = run
  if (!needsLookUp(options)) {
    const sent = await sendRevocation(user, {}, run)
    if ('status' in sent) return sent
    return { ...sent, status: 'revoked', controls: uncheckedControls(options, 'confirmed'), warnings: [] }
  }
  const reading = lookUp(user, run).catch((error: unknown): LookUp => {
    run.log.unexpected(error)
    return { kind: 'unread', problem: unexpectedProblem(error) }
  })
  const known = await inTime(reading, run)
  const isLookUpLate = known === undefined
  const { hasOtherUuid, spelling } =
    known?.kind === 'known' ? known : { hasOtherUuid: false, spelling: undefined }
  // The UUID of another user, or one that is not checked yet, must not lead the revocation away from the address.
  const sent = await sendRevocation(
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
      controls: uncheckedControls(options, stateOfUnconfirmed(sent.problem), found?.controls),
      ...(verifiesSessions(options) && { verification: 'not_done' }),
    }
  }
  const runningTime = queue.runningTime
  const check = async (): Promise<DueOutcome> => {
    const found = known ?? (await reading)
    return checkUser(sent, found, { runningTime, isLookUpLate }, run)
  }
  return isLookUpLate || known.kind === 'known' ? check : check()
}

/** The result of a look-up; undefined if it takes too long, or the run is stopped. */
async function inTime<T>(reading: Promise<T>, { queue, stop }: RunContext): Promise<T | undefined> {
  const waiting = new AbortController()
  const end = (): void => {
    waiting.abort()
  }
  // Not by `AbortSignal.any`, which takes 50 MiB and more for 10,000 users.
  stop.startSignal.addEventListener('abort', end)
  try {
    return await Promise.race([reading, queue.wait(LOOKUP_TIMEOUT_MS, waiting.signal).then(nothing, nothing)])
  } finally {
    end()
    stop.startSignal.removeEventListener('abort', end)
  }
}

function nothing(): undefined {
  return undefined
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
    const verification = verifiesSessions(options) ? { verification: 'not_done' as const } : {}
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
function uncheckedFor(problem: ApiProblem, options: Options): readonly ControlResult[] {
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
  identity: readonly ApiProblem[],
  controls: readonly ControlResult[],
  options: Options,
): Revoked | Failed {
  const proofs = controls.filter(({ control }) => control.isProof)
  const others = controls.filter(({ control }) => !control.isProof)
  const [problem, ...further] = [...identity, ...[...proofs, ...others].flatMap(({ problems }) => problems)]
  const warnings = [...further.map(problemText), ...controls.flatMap((control) => control.warnings)]
  const findings = {
    controls,
    ...(verifiesSessions(options) && { verification: verificationOf(proofs, options) }),
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

import { idsOf } from '../cloudflare/answer.ts'
import { type ApiProblem, unexpectedProblem, userProblem } from '../cloudflare/problem.ts'
import { needsLookUp, type Options, verifiesDevices, verifiesSessions } from '../inputs/options.ts'
import type { User } from '../users/user.ts'
import { timeOf } from '../verify/clocks.ts'
import {
  asWarning,
  type Confirmation,
  type ControlResult,
  type ControlState,
  type ControlStates,
  notVerified,
  sameStates,
  type UserChecks,
  type Verification,
} from '../verify/controls.ts'
import { keptDevices, verifyDevices } from '../verify/devices.ts'
import { loginFinder } from '../verify/logins.ts'
import {
  CHECK_SPELLING,
  checksBefore,
  type Known,
  lookUp,
  type LookUp,
  OTHER_UUID,
  spellingOf,
  UNKNOWN_USER,
  unknownProblem,
  withoutEvidence,
} from '../verify/look-up.ts'
import type { RunContext } from '../verify/run-context.ts'
import { freeSeat, seatProblem } from '../verify/seat.ts'
import { verifySessions } from '../verify/sessions.ts'
import type { Confirmed, DueOutcome, Failed, Revoked, Skipped, Unknown } from './outcome.ts'

/** How long a revocation waits for the look-up of its user. */
const LOOKUP_TIMEOUT_MS = 10_000

export type OutcomeOrVerification = DueOutcome | (() => Promise<DueOutcome>)

/** What was found of each control after a confirmed revocation; absent for one that was not checked. */
type Results = Partial<Record<'sessions' | 'seat' | 'devices', ControlResult>>

/**
 * Looks a user up, revokes the user, and then verifies what was revoked. The revocation is sent whatever the look-up
 * returns. After ten seconds it is sent beside the look-up, to the address alone.
 *
 * @returns the outcome, or a function that verifies the user, so that others can be revoked in the meantime
 */
export async function revokeUser(user: User, run: RunContext): Promise<OutcomeOrVerification> {
  const { options, throttle, log } = run
  const lookingUp = needsLookUp(options) ? lookUp(user, run) : undefined
  const found = lookingUp && (await inTime(lookingUp, run))
  const sent = await sendRevocation(user, found, run)
  if (sent.revocation !== 'confirmed') return sent
  if (lookingUp === undefined) {
    return { ...sent, status: 'revoked', checks: checksBefore(options, 'confirmed') }
  }
  const runningTime = throttle.time.now
  return async () => {
    const results: Results = {}
    try {
      const known = found ?? withoutEvidence(await lookingUp)
      return await verifyUser({ ...sent, runningTime }, known, results, run)
    } catch (error) {
      log.unexpected(error)
      return conclude(sent, undefined, results, uncheckedProblem(unexpectedProblem(error), options), options)
    }
  }
}

/** The result of a look-up; undefined if it takes too long. Once the run is stopped, it ends by itself. */
async function inTime<T>(reading: Promise<T>, { throttle }: RunContext): Promise<T | undefined> {
  const waiting = new AbortController()
  const tooLate = throttle.time.wait(LOOKUP_TIMEOUT_MS, waiting.signal).catch(() => undefined)
  try {
    return await Promise.race([reading, tooLate.then(() => undefined)])
  } finally {
    waiting.abort()
  }
}

/**
 * Sends the revocation. Only `result: true` confirms it.
 *
 * @param found - undefined if nothing is looked up, or the look-up is late, and then the revocation goes beside it
 */
async function sendRevocation(
  user: User,
  found: LookUp | undefined,
  { endpoints, options }: RunContext,
): Promise<Confirmed | (Failed & { readonly revocation: 'unconfirmed' }) | Skipped> {
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
  // A refusal says that nothing was revoked; after a lost answer that is not known.
  const checks = (isLost: boolean): UserChecks =>
    checksBefore(options, isLost ? 'not_known' : 'failed', known)
  if (call.kind === 'stopped') {
    const revocation = call.sent ? 'unconfirmed' : 'not_sent'
    return { status: 'skipped', revocation, user, reason: call.reason, checks: checks(call.sent) }
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
    checks: checks(problem.scope === 'transient'),
  }
}

/**
 * Verifies a confirmed revocation: the sessions, then the seat, which depends on them, then the devices.
 *
 * @param results - receives what was found, so that it stays if something unexpected happens later
 */
async function verifyUser(
  sent: Confirmed & Pick<Confirmation, 'runningTime'>,
  found: LookUp,
  results: Results,
  run: RunContext,
): Promise<Revoked | Failed | Unknown> {
  const { options, endpoints } = run
  if (found.kind === 'unread') {
    return conclude(sent, undefined, results, uncheckedProblem(found.problem, options), options)
  }
  if (found.kind === 'unknown') return unknown(sent, options)
  const { accountUser, hasOtherUuid, sessions, devices } = found
  const confirmation: Confirmation = { ...sent, findLogin: loginFinder(sent.user, sent.time, endpoints) }
  let obstacle = hasOtherUuid ? OTHER_UUID : undefined
  if (verifiesSessions(options)) {
    results.sessions = await verifySessions(accountUser, sessions, confirmation, run)
    if ('problem' in results.sessions) obstacle ??= results.sessions.problem
  }
  if (options.removeSeat) {
    results.seat = await freeSeat(accountUser, confirmation, results.sessions, obstacle, run)
  }
  if (verifiesDevices(options)) {
    results.devices = await verifyDevices(accountUser, devices, confirmation, run)
  }
  return conclude(sent, found, results, obstacle, options)
}

/** Concludes from what was found. The first problem is the user's; further ones become warnings. */
function conclude(
  sent: Confirmed,
  known: Known | undefined,
  { sessions, seat, devices }: Results,
  obstacle: ApiProblem | undefined,
  options: Options,
): Revoked | Failed {
  const found = [sessions, devices, seat].filter((result) => result !== undefined)
  const [problem, ...further] = new Set([
    ...(obstacle === undefined ? [] : [obstacle]),
    ...found.flatMap((result) => ('problem' in result ? [result.problem] : [])),
  ])
  const stateOf = (result: ControlResult | undefined): ControlState => result?.state ?? 'not_known'
  const controls = {
    ...sameStates(options, 'confirmed'),
    ...(verifiesSessions(options) && { sessions: stateOf(sessions) }),
    ...(options.removeSeat && { seat: stateOf(seat) }),
    ...(verifiesDevices(options) && { devices: stateOf(devices) }),
  }
  const checks: UserChecks = {
    ...checksBefore(options, 'confirmed', known),
    ...sessions?.checks,
    ...seat?.checks,
    ...devices?.checks,
    controls,
    ...(verifiesSessions(options) && { verification: verificationOf(controls, options) }),
    warnings: [
      ...further.map(asWarning),
      ...found.flatMap(({ warnings }) => warnings),
      ...(known === undefined ? [] : keptDevices(known.accountUser, options)),
    ],
  }
  return problem === undefined
    ? { ...sent, status: 'revoked', checks }
    : { ...sent, status: 'failed', problem, checks }
}

function verificationOf({ sessions, devices }: ControlStates, options: Options): Verification {
  const states = verifiesDevices(options) ? [sessions, devices] : [sessions]
  if (states.includes('failed')) return 'failed'
  return states.every((state) => state === 'verified') ? 'passed' : 'not_done'
}

function unknown(sent: Confirmed, options: Options): Failed | Unknown {
  const checks = checksBefore(options, 'not_known')
  const problem = unknownProblem(sent.user, options)
  if (problem !== undefined) return { ...sent, status: 'failed', problem, checks }
  const warnings = [{ what: UNKNOWN_USER.what, remedy: CHECK_SPELLING }]
  return { ...sent, status: 'unknown', checks: { ...checks, warnings } }
}

/** Why nothing could be checked. */
function uncheckedProblem(problem: ApiProblem, options: Options): ApiProblem {
  return verifiesSessions(options) ? notVerified(problem).problem : seatProblem(problem)
}

const NOTHING_REVOKED = userProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  'Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it.',
)

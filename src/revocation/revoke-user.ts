import { idsOf } from '../cloudflare/answer.ts'
import { type ApiProblem, describe, unexpectedProblem, userProblem } from '../cloudflare/problem.ts'
import { needsLookUp, type Options, verifiesDevices, verifiesSessions } from '../inputs/options.ts'
import { problem as plainProblem } from '../text/problem.ts'
import type { User } from '../users/user.ts'
import { timeOf } from '../verify/clocks.ts'
import { type ControlResult, notVerified, sameStates, type UserChecks } from '../verify/controls.ts'
import { keptDevices, verifyDevices } from '../verify/devices.ts'
import {
  CHECK_SPELLING,
  checksBefore,
  type Known,
  knownOf,
  lookUp,
  type LookUp,
  OTHER_UUID,
  spellingOf,
  UNKNOWN_USER,
  unknownProblem,
} from '../verify/look-up.ts'
import type { RunContext } from '../verify/run-context.ts'
import { freeSeat, seatProblem } from '../verify/seat.ts'
import { judgeLastLogin, loginFinder, verifySessions } from '../verify/sessions.ts'
import type { Confirmed, DueOutcome, Failed, Revoked, Skipped } from './outcome.ts'

/** How long a revocation waits for the look-up of its user. */
const LOOKUP_TIMEOUT_MS = 10_000

/** A confirmed revocation that is still to be verified. Thousands of them may wait, so they are no closures. */
export interface Unverified {
  readonly sent: Confirmed
  /** When the confirmation arrived, in milliseconds of the throttle's running time. */
  readonly runningTime: number
  /** A promise if it is late. */
  readonly found: LookUp | Promise<LookUp>
}

/** What was found after a confirmed revocation; absent for what was not checked. */
interface Results {
  known?: Known
  sessions?: ControlResult
  lastLogin?: ControlResult
  seat?: ControlResult
  devices?: ControlResult
}

/**
 * Looks a user up, and revokes the user, whatever the look-up returns. After ten seconds the revocation is sent beside the
 * look-up, to the address alone.
 *
 * @returns what is to be verified separately, so that others can be revoked in the meantime; otherwise the outcome
 */
export async function revokeUser(user: User, run: RunContext): Promise<DueOutcome | Unverified> {
  const { options, throttle } = run
  const lookingUp = needsLookUp(options) ? lookUp(user, run) : undefined
  const found = lookingUp && (await inTime(lookingUp, run))
  const sent = await sendRevocation(user, found, run)
  if (sent.revocation !== 'confirmed') return sent
  if (lookingUp === undefined) {
    return { ...sent, status: 'revoked', checks: checksBefore(options, 'confirmed') }
  }
  return { sent, runningTime: throttle.time.now, found: found ?? lookingUp }
}

export async function verifyRevocation(
  { sent, runningTime, found }: Unverified,
  run: RunContext,
): Promise<DueOutcome> {
  const results: Results = {}
  try {
    const known = found instanceof Promise ? withoutEvidence(await found) : found
    return await verifyUser({ ...sent, runningTime }, known, results, run)
  } catch (error) {
    run.log.unexpected(error)
    return conclude(sent, results, uncheckedProblem(unexpectedProblem(error), run.options), run.options)
  }
}

/** A late look-up read what was to be compared after the revocation. */
function withoutEvidence(late: LookUp): LookUp {
  const known = knownOf(late)
  return known === undefined ? late : { ...known, sessions: undefined, devices: {} }
}

/** The result of a look-up; undefined if it takes too long. Once the run is stopped, it ends by itself. */
async function inTime<T>(reading: Promise<T>, { throttle, stop }: RunContext): Promise<T | undefined> {
  const waiting = throttle.time.wait(LOOKUP_TIMEOUT_MS, reading)
  return Promise.race([reading, waiting.then(() => (stop.reason === undefined ? undefined : reading))])
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
  const known = knownOf(found)
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
  return {
    ...sending,
    httpStatus: problem.httpStatus,
    rayId: problem.rayId,
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
  sent: Confirmed & Pick<Unverified, 'runningTime'>,
  found: LookUp,
  results: Results,
  run: RunContext,
): Promise<Revoked | Failed> {
  const { options, endpoints } = run
  if (found === 'unknown') {
    const [problem, checks] = [unknownProblem(sent.user, options), checksBefore(options, 'not_known')]
    if (problem !== undefined) return { ...sent, status: 'failed', problem, checks }
    return { ...sent, status: 'unknown', checks: { ...checks, warnings: [UNKNOWN_WARNING] } }
  }
  if ('what' in found) return conclude(sent, results, uncheckedProblem(found, options), options)
  const { accountUser, hasOtherUuid, sessions, devices } = found
  const confirmation = { ...sent, findLogin: loginFinder(sent.user, sent.time, endpoints) }
  const otherUuid = hasOtherUuid ? OTHER_UUID : undefined
  if (verifiesSessions(options)) {
    results.sessions = await verifySessions(accountUser, sessions, confirmation, run)
    results.lastLogin = await judgeLastLogin(accountUser, confirmation, options)
  }
  if (options.removeSeat) {
    const obstacle = otherUuid ?? results.sessions?.problem ?? results.lastLogin?.problem
    results.seat = await freeSeat(accountUser, confirmation, results.sessions, obstacle, run)
  }
  if (verifiesDevices(options)) {
    results.devices = await verifyDevices(accountUser, devices, confirmation, run)
  }
  results.known = found
  return conclude(sent, results, otherUuid, options)
}

/** Concludes from what was found. The first problem is the user's; further ones become warnings. */
function conclude(
  sent: Confirmed,
  { known, sessions, lastLogin, seat, devices }: Results,
  obstacle: ApiProblem | undefined,
  options: Options,
): Revoked | Failed {
  const found = [sessions, lastLogin, devices, seat].filter((result) => result !== undefined)
  const problems = new Set([obstacle, ...found.map((result) => result.problem)])
  const [problem, ...further] = [...problems].filter((each) => each !== undefined)
  const sessionsState = (sessions?.problem === undefined ? lastLogin : sessions)?.state ?? 'not_known'
  const devicesState = devices?.state ?? 'not_known'
  const states = verifiesDevices(options) ? [sessionsState, devicesState] : [sessionsState]
  const isPassed = states.every((state) => state === 'verified')
  const verification = states.includes('failed') ? 'failed' : isPassed ? 'passed' : 'not_done'
  const checks: UserChecks = {
    ...checksBefore(options, 'confirmed', known),
    ...sessions?.checks,
    ...seat?.checks,
    ...devices?.checks,
    controls: {
      ...sameStates(options, 'confirmed'),
      ...(verifiesSessions(options) && { sessions: sessionsState }),
      ...(options.removeSeat && { seat: seat?.state ?? 'not_known' }),
      ...(verifiesDevices(options) && { devices: devicesState }),
    },
    ...(verifiesSessions(options) && { verification }),
    warnings: [
      ...further.map((each) => plainProblem(describe(each), each.remedy)),
      ...found.flatMap(({ warnings }) => warnings),
      ...(known === undefined ? [] : keptDevices(known.accountUser, options)),
    ],
  }
  return problem === undefined
    ? { ...sent, status: 'revoked', checks }
    : { ...sent, status: 'failed', problem, checks }
}

function uncheckedProblem(problem: ApiProblem, options: Options): ApiProblem {
  return verifiesSessions(options) ? notVerified(problem).problem : seatProblem(problem)
}

const UNKNOWN_WARNING = { what: UNKNOWN_USER.what, remedy: CHECK_SPELLING }

const NOTHING_REVOKED = userProblem(
  'Cloudflare answered "result": false: nothing was revoked',
  'Check that this is the address of the user in Zero Trust and that the UUID, if you set one, belongs to it.',
)

import type { ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Session } from '../cloudflare/records.ts'
import type { Priority } from '../cloudflare/throttle.ts'
import { duration, isoSecond, quantity } from '../text/measures.ts'
import { type AccountUser, idsOfUser } from './account-user.ts'
import {
  type AgreedTimes,
  agreedTimes,
  type Evidence,
  isNew,
  readUntilGone,
  type Reading,
  REVOCATION_TIMEOUT_MS,
  timeOf,
} from './clocks.ts'
import {
  asWarning,
  cameBack,
  type Confirmation,
  type ControlResult,
  failed,
  notVerified,
  readProblem,
  VERIFIED,
} from './controls.ts'
import { DISABLE_ACCOUNT, judgeLastLogin } from './logins.ts'
import { readsSessionsBefore, type RunContext } from './run-context.ts'

/** From the revocation to the first read of the sessions; on a long list most of them are gone by then. */
const FIRST_READ_MS = 1_000
const FIRST_READ_OF_LONG_LIST_MS = 20_000

/** The sessions before the revocation, or why they could not be read; undefined if they were not to be read. */
export type SessionsBefore = Reading<Session> | ApiProblem | undefined

/** Reads the active sessions before the revocation, if they are needed to distinguish old from new ones. */
export async function readSessionsBefore(user: AccountUser, run: RunContext): Promise<SessionsBefore> {
  return readsSessionsBefore(run.options, run.plan.isLong) ? readSessions(user, run, 'look_up') : undefined
}

/** How many sessions there were; undefined if that is not known. */
export function countSessions(before: SessionsBefore): number | undefined {
  return before === undefined || 'what' in before ? undefined : before.items.length
}

/**
 * Reads the sessions after a confirmed revocation until none from before it is left. Sessions begun after it, and a
 * recent login, follow `signed-in-again`.
 */
export async function verifySessions(
  user: AccountUser,
  before: SessionsBefore,
  confirmation: Confirmation,
  run: RunContext,
): Promise<ControlResult> {
  const sessions = await judgeSessions(user, before, confirmation, run)
  const login = await judgeLastLogin(user, confirmation, run.options)
  const warnings = [...sessions.warnings, ...login.warnings]
  if (!('problem' in login)) return { ...sessions, warnings }
  return 'problem' in sessions
    ? { ...sessions, warnings: [asWarning(login.problem), ...warnings] }
    : { ...sessions, ...login, warnings }
}

async function judgeSessions(
  user: AccountUser,
  before: SessionsBefore,
  { time, rayId, runningTime, findLogin }: Confirmation,
  run: RunContext,
): Promise<ControlResult> {
  if (before !== undefined && 'what' in before) return notVerified(before)
  const evidence = { before: before?.items, isNewAllowed: run.options.signedInAgain === 'warn' }
  const seen = await readUntilGone(run.throttle, {
    confirmation: time,
    before: [user.time, ...(before?.answers ?? [])],
    read: () => readSessions(user, run, 'read'),
    sort: (sessions, times) => {
      const newSessions = sessions.filter((session) => isNewSession(session, times, evidence))
      return { left: sessions.filter((session) => !newSessions.includes(session)), newSessions }
    },
    since: runningTime,
    firstPauseMs: run.plan.isLong ? FIRST_READ_OF_LONG_LIST_MS : FIRST_READ_MS,
  })
  if ('what' in seen) return notVerified(seen)
  const { left, newSessions } = seen
  const sessions = { before: countSessions(before), after: left.length + newSessions.length }
  const checks = { sessions, verifiedAt: Date.now() }
  if (left.length > 0) return { ...failed(stillActive(left.length), rayId), checks }
  if (newSessions.length === 0) return { ...VERIFIED, checks }
  const last = Math.max(...newSessions.map(({ iat = 0 }) => iat))
  return { ...cameBack(signedIn(last, await findLogin()), run.options), checks }
}

/** Whether a session was begun after the revocation. One that names neither itself nor a time was not. */
export function isNewSession(
  { keys, iat }: Session,
  times: AgreedTimes,
  evidence: Evidence<Session>,
): boolean {
  const isSame = (other: Session): boolean => other.keys.some((key) => keys.includes(key))
  return iat !== undefined && keys.length > 0 && isNew(iat * 1_000, isSame, times, evidence)
}

/**
 * Whether the user may have a session begun after the revocation, by one read: one whose time does not clearly say
 * otherwise. If the read fails, or proves nothing, the user may.
 */
export async function mayBeSignedInAgain(
  user: AccountUser,
  { time }: Confirmation,
  run: RunContext,
): Promise<boolean> {
  const seen = await readSessions(user, run, 'read')
  if ('what' in seen || 'what' in agreedTimes(time, seen.answers)) return true
  return seen.items.some(({ iat = Infinity }) => iat * 1_000 > (time.date ?? 0))
}

/** Reads the active sessions of all records of a user. */
async function readSessions(
  user: AccountUser,
  { endpoints }: RunContext,
  priority: Priority,
): Promise<Reading<Session> | ApiProblem> {
  const items: Session[] = []
  const answers: ServerTime[] = []
  for (const id of idsOfUser(user)) {
    const call = await endpoints.activeSessions(id, user.email, priority)
    if (call.kind !== 'result') return readProblem(call, WITHOUT_VERIFICATION)
    items.push(...call.result)
    answers.push(timeOf(call))
  }
  return { items, answers }
}

function stillActive(sessions: number): ApiProblem {
  return userProblem(
    `Revoked, but not verified: after ${duration(REVOCATION_TIMEOUT_MS)} there ${sessions === 1 ? 'is' : 'are'} still ${quantity(sessions, 'session')} from before the revocation`,
    'Run the step again. If they stay, contact Cloudflare support with the ray ID.',
  )
}

function signedIn(at: number, login: string | undefined): ApiProblem {
  const how = login ?? `${isoSecond(at * 1_000)}: the account in the identity provider still works`
  return userProblem(`Revoked, but the user signed in again at ${how}`, DISABLE_ACCOUNT)
}

/** How to do without the permission to look users up, and to read their sessions. */
export const WITHOUT_VERIFICATION = 'To revoke without verification, set `verify: false`.'

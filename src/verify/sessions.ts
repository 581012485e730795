import type { Answered } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Session } from '../cloudflare/records.ts'
import type { Priority } from '../cloudflare/throttle.ts'
import { duration, quantity } from '../text/measures.ts'
import { type AccountUser, idsOfUser } from './account-user.ts'
import { readsSessionsBefore } from './call-plan.ts'
import { type AgreedTimes, agreedTimes, clockProblem, type Evidence, isCertainlyAfter } from './clocks.ts'
import {
  asWarning,
  cameBack,
  type Confirmation,
  type ControlResult,
  type Counts,
  notVerified,
  readProblem,
} from './controls.ts'
import { DISABLE_ACCOUNT, judgeLastLogin, secondOf } from './logins.ts'
import { pollUntil } from './polling.ts'
import type { RunContext } from './run-context.ts'

/** How long a revocation may take to show in the sessions. Cloudflare says 20 to 30 seconds. */
export const SESSIONS_TIMEOUT_MS = 90_000

/** From the revocation to the first read of the sessions; on a long list most of them are gone by then. */
const FIRST_READ_MS = 1_000
const FIRST_READ_OF_LONG_LIST_MS = 20_000

/** The active sessions of a user, a list for each record. */
type SessionLists = readonly Answered<readonly Session[]>[]

/** The sessions before the revocation, or why they could not be read; undefined if they were not to be read. */
export type SessionsBefore = SessionLists | ApiProblem | undefined

/** What was found of a user's sessions. */
export type SessionsResult = ControlResult & {
  readonly counts: Counts
  /** When they were last read after the revocation, in milliseconds since the epoch. */
  readonly readAt?: number
  /** Whether one was begun after the revocation. */
  readonly isSignedIn: boolean
}

/** Reads the active sessions before the revocation, if they are needed to distinguish old from new ones. */
export async function readSessionsBefore(user: AccountUser, run: RunContext): Promise<SessionsBefore> {
  return readsSessionsBefore(run.options, run.plan.isLong) ? readSessions(user, run, 'look_up') : undefined
}

/** How many sessions there were; undefined if that is not known. */
export function countSessions(before: SessionsBefore): number | undefined {
  return before === undefined || 'what' in before ? undefined : sessionsIn(before).length
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
): Promise<SessionsResult> {
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
  confirmation: Confirmation,
  run: RunContext,
): Promise<SessionsResult> {
  if (before !== undefined && 'what' in before) {
    return { ...notVerified(before), counts: {}, isSignedIn: false }
  }
  const counts = { before: countSessions(before) }
  const read = await waitUntilGone(user, before, confirmation, run)
  if ('what' in read) return { ...notVerified(read), counts, isSignedIn: false }
  const { old, newSessions } = read
  const isSignedIn = newSessions.length > 0
  const seen = { counts: { ...counts, after: old + newSessions.length }, readAt: Date.now(), isSignedIn }
  if (old > 0) {
    return { state: 'failed', problem: stillActive(old, confirmation.rayId), warnings: [], ...seen }
  }
  if (!isSignedIn) return { state: 'verified', warnings: [], ...seen }
  const problem = signedIn(Math.max(...newSessions), await confirmation.findLogin())
  return { ...cameBack(problem, run.options), ...seen }
}

/** Sessions by whether they were begun before or after the revocation. */
interface SortedSessions {
  /** How many were begun before, or may have been. */
  readonly old: number
  /** When the others were issued, in Unix seconds. */
  readonly newSessions: readonly number[]
}

async function waitUntilGone(
  user: AccountUser,
  before: SessionLists | undefined,
  { time, runningTime }: Confirmation,
  run: RunContext,
): Promise<SortedSessions | ApiProblem> {
  const problem = clockProblem(time, [user.time, ...(before ?? [])])
  if (problem !== undefined) return problem
  const evidence = {
    before: before && sessionsIn(before),
    isNewAllowed: run.options.signedInAgain === 'warn',
  }
  const read = async (): Promise<SortedSessions | ApiProblem> => {
    const lists = await readSessions(user, run, 'read')
    if ('what' in lists) return lists
    const newSessions: number[] = []
    for (const list of lists) {
      const times = agreedTimes(time, list)
      if ('what' in times) return times
      newSessions.push(...list.result.flatMap((session) => issuedAfter(session, times, evidence) ?? []))
    }
    return { old: sessionsIn(lists).length - newSessions.length, newSessions }
  }
  return pollUntil(run, {
    read,
    isDone: ({ old }) => old === 0,
    timeoutMs: SESSIONS_TIMEOUT_MS,
    since: runningTime,
    firstPauseMs: run.plan.isLong ? FIRST_READ_OF_LONG_LIST_MS : FIRST_READ_MS,
  })
}

/**
 * When a session was issued, in Unix seconds, if that was certainly after the revocation. Ambiguous cases count as old: a
 * session that was read before, whatever its `iat`; an `iat` of the second of the confirmation or earlier; an `iat` that
 * is implausible by the clock of the answer.
 */
export function issuedAfter(
  { keys, iat }: Session,
  times: AgreedTimes,
  { before, isNewAllowed }: Evidence<Session>,
): number | undefined {
  if (iat === undefined || keys.length === 0 || !isCertainlyAfter(iat * 1_000, times)) return undefined
  const mayBeOld =
    before === undefined ? isNewAllowed : before.some((other) => other.keys.some((key) => keys.includes(key)))
  return mayBeOld ? undefined : iat
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
  const lists = await readSessions(user, run, 'read')
  if ('what' in lists || clockProblem(time, lists) !== undefined) return true
  return sessionsIn(lists).some(({ iat = Infinity }) => iat * 1_000 > (time.date ?? 0))
}

/** Reads the active sessions of all records of a user. */
async function readSessions(
  user: AccountUser,
  { endpoints }: RunContext,
  priority: Priority,
): Promise<SessionLists | ApiProblem> {
  const lists: Answered<readonly Session[]>[] = []
  for (const id of idsOfUser(user)) {
    const call = await endpoints.activeSessions(id, user.email, priority)
    if (call.kind !== 'result') return readProblem(call, WITHOUT_VERIFICATION)
    lists.push(call)
  }
  return lists
}

function sessionsIn(lists: SessionLists): Session[] {
  return lists.flatMap(({ result }) => result)
}

function stillActive(sessions: number, rayId: string | undefined): ApiProblem {
  const problem = userProblem(
    `Revoked, but not verified: after ${duration(SESSIONS_TIMEOUT_MS)} there ${sessions === 1 ? 'is' : 'are'} still ${quantity(sessions, 'session')} from before the revocation`,
    'Run the step again. If they stay, contact Cloudflare support with the ray ID.',
  )
  return { ...problem, ...(rayId !== undefined && { rayId }) }
}

function signedIn(at: number, login: string | undefined): ApiProblem {
  const how = login ?? `${secondOf(at * 1_000)}: the account in the identity provider still works`
  return userProblem(`Revoked, but the user signed in again at ${how}`, DISABLE_ACCOUNT)
}

/** How to do without the permission to look users up, and to read their sessions. */
export const WITHOUT_VERIFICATION = 'To revoke without verification, set `verify: false`.'

import type { ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Session } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import { duration, quantity } from '../text/measures.ts'
import { CLOCK_TOLERANCE_MS, SESSIONS_TIMEOUT_MS } from '../timings.ts'
import { DAY_MS } from '../users/dates.ts'
import { cameBack, failed, type Finding, finding, NOTHING_SEEN, notVerified, type Seen } from './control.ts'
import { DISABLE_ACCOUNT, secondOf } from './login-log.ts'
import type { ReadFailure } from './poll-until.ts'

/** What distinguishes sessions begun before the revocation from those begun after it. */
export interface SessionEvidence {
  /** The sessions that were read before the revocation; undefined if they were not read. */
  readonly before: readonly Session[] | undefined
  /** What the answer that confirmed the revocation showed of the server's clock. */
  readonly confirmation: ServerTime
  /** Whether a session begun after the revocation is no failure; then a session counts as new only with evidence. */
  readonly newSessionsAllowed: boolean
}

/** What is known of the revocation besides the sessions. */
interface Evidence {
  readonly rayId: string | undefined
  /** What the login log shows of a user who signed in again. */
  readonly login: string | undefined
}

/** What a read after the revocation showed. */
export interface SeenSessions extends SortedSessions {
  readonly kind: 'seen'
}

/** Sessions by whether they were begun before or after the revocation. */
export interface SortedSessions {
  /** How many were begun before, or may have been. */
  readonly old: number
  /** When the others were issued, in Unix seconds. */
  readonly newSessions: readonly number[]
}

/**
 * Sorts the sessions in an answer. Ambiguous cases count as old: a session that was read before, whatever its `iat`; an
 * `iat` of the second of the confirmation or earlier; an `iat` that is implausible by the clock of the answer.
 */
export function sortSessions(
  sessions: readonly Session[],
  answer: ServerTime,
  evidence: SessionEvidence,
): SortedSessions {
  const newSessions = sessions.flatMap((session) => issuedAfter(session, answer, evidence) ?? [])
  return { old: sessions.length - newSessions.length, newSessions }
}

/** When the session was issued, in Unix seconds, if that was certainly after the revocation. */
function issuedAfter(
  { keys, iat }: Session,
  answer: ServerTime,
  { before, confirmation, newSessionsAllowed }: SessionEvidence,
): number | undefined {
  if (keys.length === 0 || iat === undefined) return undefined
  if (confirmation.date === undefined || answer.date === undefined) return undefined
  if (
    before === undefined
      ? newSessionsAllowed
      : before.some((session) => session.keys.some((key) => keys.includes(key)))
  )
    return undefined
  const isAfter =
    iat > Math.floor(confirmation.date / 1_000) && iat * 1_000 <= answer.date + CLOCK_TOLERANCE_MS
  return isAfter ? iat : undefined
}

/** Whether a session may have been begun after the revocation: its time does not clearly say otherwise. */
export function mayBeNew({ iat }: Session, { date }: ServerTime): boolean {
  return iat === undefined || date === undefined || iat > Math.floor(date / 1_000)
}

/** Judges the sessions that were read after a confirmed revocation. */
export function judgeSessions(
  read: SeenSessions | ReadFailure,
  before: readonly Session[] | undefined,
  { rayId, login }: Evidence,
  options: Options,
): Finding {
  const seenBefore = before === undefined ? {} : { sessions_before: before.length }
  if (read.kind === 'read_failure') {
    return notVerified(read.problem, {
      ...NOTHING_SEEN,
      facts: seenBefore,
      ...(before !== undefined && { counts: { before: before.length } }),
    })
  }
  const { old, newSessions } = read
  const after = old + newSessions.length
  const seen: Seen = {
    facts: { ...seenBefore, sessions_after: after },
    readAt: Date.now(),
    counts: { before: before?.length, after },
    phrase: beforeAndAfter(before?.length, after),
    detail: '',
  }
  if (old > 0) return failed({ ...stillActive(old), ...(rayId !== undefined && { rayId }) }, seen)
  if (newSessions.length === 0) return finding('verified', seen)
  const latest = newSessions.reduce((one, other) => Math.max(one, other))
  return cameBack(signedIn(latest * 1_000, login), options, seen)
}

/** A login after `revoke_after`; times are in milliseconds. */
export interface LaterLogin {
  readonly at: number
  /** How long after `revoke_after` it was. */
  readonly since: number
  /** What the login log shows of it. */
  readonly login: string | undefined
}

/**
 * Adds a login after `revoke_after` to the finding. A user who signs in every day must not pass every night, when no session
 * from before the revocation is left.
 */
export function judgeLogin(
  sessions: Finding,
  later: LaterLogin,
  { date: now }: ServerTime,
  options: Options,
): Finding {
  if (now === undefined) return sessions
  if (later.since > DAY_MS && later.at >= now - DAY_MS) {
    const { state, problems, warnings } = cameBack(keptSigningIn(later), options)
    return {
      ...sessions,
      state: sessions.state === 'verified' ? state : sessions.state,
      problems: [...sessions.problems, ...problems],
      warnings: [...sessions.warnings, ...warnings],
    }
  }
  const how = later.login ?? secondOf(later.at)
  const why = later.login === undefined ? `: ${STILL_OPEN}` : ''
  const warning = `The user signed in at ${how}, after \`revoke_after\`${why}.`
  return { ...sessions, warnings: [...sessions.warnings, warning] }
}

/** `3 sessions before, no sessions left`. */
function beforeAndAfter(before: number | undefined, after: number): string {
  const start = before === undefined ? '' : `${quantity(before, 'session')} before, `
  return `${start}${after === 0 ? 'no sessions left' : `${quantity(after, 'session')} after`}`
}

const STILL_OPEN =
  'either the account in the identity provider still worked, or the user came in without it, with WARP as the login method, a one-time PIN, or another identity provider'

function stillActive(sessions: number): ApiProblem {
  return userProblem(
    `Revoked, but not verified: after ${duration(SESSIONS_TIMEOUT_MS)} there ${sessions === 1 ? 'is' : 'are'} still ${quantity(sessions, 'session')} from before the revocation`,
    'Run the step again. If they stay, contact Cloudflare support with the ray ID.',
  )
}

function signedIn(at: number, login: string | undefined): ApiProblem {
  const how = login ?? `${secondOf(at)}: the account in the identity provider still works`
  return userProblem(`Revoked, but the user signed in again at ${how}`, DISABLE_ACCOUNT)
}

function keptSigningIn({ at, login }: LaterLogin): ApiProblem {
  const why = login === undefined ? `: ${STILL_OPEN}` : ''
  return userProblem(
    `Revoked, but the user still signed in at ${login ?? secondOf(at)}, more than a day after \`revoke_after\`${why}`,
    DISABLE_ACCOUNT,
  )
}

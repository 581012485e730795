import type { ServerTime } from '../cloudflare/answer.ts'
import type { Session } from '../cloudflare/records.ts'

/** By how much two clocks of Cloudflare's may differ, and a session may seem to come from the future. In milliseconds. */
export const TOLERANCE = 60_000

/** What tells sessions from before the revocation from those begun after it. */
export interface Evidence {
  /** The keys of the sessions that were seen before the revocation; undefined if nobody looked. */
  readonly seenBefore: ReadonlySet<string> | undefined
  /** The answer that confirmed the revocation. */
  readonly confirmation: ServerTime
  /** Whether a session begun after the revocation is no failure, so that one is not to be taken for it lightly. */
  readonly newIsFine: boolean
}

/** The evidence from the sessions that were seen before, if anybody looked, and the answer that confirmed it. */
export function evidenceOf(
  before: readonly Session[] | undefined,
  confirmation: ServerTime,
  newIsFine: boolean,
): Evidence {
  const seenBefore = before === undefined ? undefined : new Set(before.flatMap(({ keys }) => keys))
  return { seenBefore, confirmation, newIsFine }
}

/** Sessions, sorted. */
export interface SortedSessions {
  /** How many were there before, or may have been. */
  readonly old: number
  /** When the others were issued, in Unix seconds. */
  readonly anew: readonly number[]
}

/**
 * Sorts the sessions that an answer shows. Whatever does not clearly belong to a session begun after the revocation
 * counts as old: one that was seen before, whatever its `iat` says; an `iat` of the second of the confirmation or
 * before; and an `iat` that cannot be true, by the clock of the answer that shows it.
 */
export function sortSessions(
  sessions: readonly Session[],
  shown: ServerTime,
  evidence: Evidence,
): SortedSessions {
  const anew = sessions.flatMap((session) => newSince(session, shown, evidence) ?? [])
  return { old: sessions.length - anew.length, anew }
}

/** When the session was issued, if that was after the revocation for sure; in Unix seconds. */
function newSince({ keys, iat }: Session, shown: ServerTime, evidence: Evidence): number | undefined {
  const { seenBefore, confirmation, newIsFine } = evidence
  if (keys.length === 0 || iat === undefined) return undefined
  if (confirmation.date === undefined || shown.date === undefined) return undefined
  if (seenBefore === undefined ? newIsFine : keys.some((key) => seenBefore.has(key))) return undefined
  const after = iat > Math.floor(confirmation.date / 1_000) && iat * 1_000 <= shown.date + TOLERANCE
  return after ? iat : undefined
}

/** Whether a session may have begun after the revocation: its time does not clearly say that it had begun before. */
export function mayBeNew({ iat }: Session, { date }: ServerTime): boolean {
  return iat === undefined || date === undefined || iat > Math.floor(date / 1_000)
}

/** Whether the clocks behind two answers differ by more than can be: then neither tells old sessions from new ones. */
export function clocksDisagree(one: ServerTime, other: ServerTime): boolean {
  if (one.date === undefined || other.date === undefined) return false
  return Math.abs(one.date - one.receivedAt - (other.date - other.receivedAt)) > TOLERANCE
}

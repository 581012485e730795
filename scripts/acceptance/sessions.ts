import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import { type AccessUser, Session } from '../../src/cloudflare/records.ts'
import { monotonicMs } from '../../src/text/measures.ts'
import { type Account, TEST_USER } from './account.ts'
import { answersTo, dateOf, type RecordedAnswer, resultOf as resultIn } from './recorded-answer.ts'
import { resultOf } from './test-user.ts'

const Sessions = v.nullable(v.array(Session))

/** The outcome for the sessions from before a revocation. */
export type SessionsAfter =
  | { readonly kind: 'none_before' | 'left' | 'not_read' }
  /** Seconds from the revocation to the first list without them, by the `Date` headers. */
  | { readonly kind: 'ended'; readonly seconds: number | undefined }

const PAUSE_MS = 5_000

/** The active sessions of all records of the user; undefined if one list could not be read. */
export async function readSessions(
  { endpoints }: Account,
  records: readonly AccessUser[],
): Promise<Session[] | undefined> {
  const sessions: Session[] = []
  for (const { id } of records) {
    const listed = resultOf(await endpoints.activeSessions(id, TEST_USER, 'read'))
    if (listed === undefined) return undefined
    sessions.push(...listed)
  }
  return sessions
}

/**
 * Waits until none of the sessions from before is listed.
 *
 * @param since - the number of answers before the revocation
 * @param deadline - when to stop waiting, by `monotonicMs()`; there is at least one read
 */
export async function waitForSessions(
  account: Account,
  records: readonly AccessUser[],
  before: readonly Session[] | undefined,
  { since, deadline }: { readonly since: number; readonly deadline: number },
): Promise<SessionsAfter> {
  if (before === undefined) return { kind: 'not_read' }
  if (before.length === 0) return { kind: 'none_before' }
  const isOld = (session: Session): boolean => before.some((other) => isSame(session, other))
  const read = async (): Promise<Session[] | undefined> => readSessions(account, records)
  const listed = await pollUntil(read, (now) => now?.some(isOld) !== true, deadline, PAUSE_MS)
  if (listed === undefined) return { kind: 'not_read' }
  if (listed.some(isOld)) return { kind: 'left' }
  return { kind: 'ended', seconds: secondsToEnd(account.answers.slice(since), records, isOld) }
}

/** Reads until the result is as expected or the deadline has passed, by `monotonicMs()`; at least once. */
export async function pollUntil<T>(
  read: () => Promise<T>,
  isDone: (result: T) => boolean,
  deadline: number,
  pauseMs: number,
): Promise<T> {
  for (;;) {
    const result = await read()
    if (isDone(result) || monotonicMs() >= deadline) return result
    await wait(pauseMs)
  }
}

/** Whether two records show the same session. */
export function isSame(one: Session, other: Session): boolean {
  return one.keys.length === 0 ? other.keys.length === 0 : one.keys.some((key) => other.keys.includes(key))
}

/** Compares the answer to the last revocation with the first one for each record that lists no old session. */
function secondsToEnd(
  answers: readonly RecordedAnswer[],
  records: readonly AccessUser[],
  isOld: (session: Session) => boolean,
): number | undefined {
  const revocation = answersTo(answers, 'revoke_user').at(-1)
  if (revocation === undefined) return undefined
  const reads = answersTo(answers.slice(answers.indexOf(revocation)), 'active_sessions')
  const dates = records.map(({ id }) => {
    const end = reads.find(
      (answer) => answer.path.includes(id) && resultIn(answer, Sessions)?.some(isOld) !== true,
    )
    return end === undefined ? undefined : dateOf(end)
  })
  const seconds = (Math.max(...dates.map((date = NaN) => date)) - (dateOf(revocation) ?? NaN)) / 1_000
  return Number.isNaN(seconds) ? undefined : seconds
}

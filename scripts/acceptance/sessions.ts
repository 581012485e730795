import { setTimeout as wait } from 'node:timers/promises'
import * as v from 'valibot'
import type { OwnCalls } from './own-calls.ts'
import { answersTo, dateOf, resultOf, type SeenAnswer } from './seen-answer.ts'
import type { UserRecord } from './test-user.ts'

const Text = v.fallback(v.optional(v.string()), undefined)
const Session = v.object({
  name: Text,
  metadata: v.fallback(v.object({ nonce: Text, iat: v.optional(v.unknown()) }), {}),
})
const Sessions = v.nullable(v.array(Session))

/** A session; what of it matters here. */
export type Session = v.InferOutput<typeof Session>

/** What became of sessions from before a revocation. */
export type SessionsAfter =
  | { readonly kind: 'none before' | 'left' | 'not read' }
  /** Seconds from the revocation to the first list without them, by the `Date` headers. */
  | { readonly kind: 'ended'; readonly seconds: number | undefined }

/** How long sessions and registrations may take to end, in milliseconds: what the action waits for them. */
export const PATIENCE = 90_000
/** Milliseconds between two reads. */
const INTERVAL = 5_000

/** What tells a session from others: its `name`, or its `nonce`. */
export function keyOf({ name, metadata }: Session): string | undefined {
  return name ?? metadata.nonce
}

/** The active sessions of all records of the user; undefined if one list could not be read. */
export async function readSessions(
  calls: OwnCalls,
  records: readonly UserRecord[],
): Promise<Session[] | undefined> {
  const sessions: Session[] = []
  for (const { id } of records) {
    const listed = sessionsIn(await calls.get(pathOf(id)))
    if (listed === undefined) return undefined
    sessions.push(...listed)
  }
  return sessions
}

/**
 * Waits until none of the sessions from before is listed.
 *
 * @param since - how many answers had come before the revocation
 * @param deadline - when to stop waiting, by `performance.now()`; one read is made in any case
 */
export async function watchSessions(
  calls: OwnCalls,
  records: readonly UserRecord[],
  before: readonly Session[],
  { since, deadline }: { readonly since: number; readonly deadline: number },
): Promise<SessionsAfter> {
  if (before.length === 0) return { kind: 'none before' }
  const keys = new Set(before.map(keyOf))
  for (;;) {
    const listed = await readSessions(calls, records)
    if (listed === undefined) return { kind: 'not read' }
    if (!listed.some((session) => keys.has(keyOf(session)))) {
      return { kind: 'ended', seconds: secondsToEnd(calls.answers.slice(since), records, keys) }
    }
    if (performance.now() >= deadline) return { kind: 'left' }
    await wait(INTERVAL)
  }
}

/** Of all reads after the revocation, the bundle's included: for each record the first that shows nothing old. */
function secondsToEnd(
  answers: readonly SeenAnswer[],
  records: readonly UserRecord[],
  old: ReadonlySet<string | undefined>,
): number | undefined {
  const position = answers.findLastIndex(({ path }) => path.endsWith('/revoke_user'))
  const revokedAt = answers.slice(position, position + 1).map(dateOf)[0]
  const reads = answersTo(answers.slice(position + 1), 'active_sessions')
  const ends = records.map(({ id }) => {
    const read = reads.find(
      (answer) =>
        answer.path.endsWith(pathOf(id)) &&
        sessionsIn(answer)?.some((session) => old.has(keyOf(session))) === false,
    )
    return read === undefined ? undefined : dateOf(read)
  })
  if (revokedAt === undefined || ends.includes(undefined)) return undefined
  return (Math.max(...ends.map((end) => end ?? 0)) - revokedAt) / 1_000
}

function sessionsIn(answer: SeenAnswer | undefined): Session[] | undefined {
  const sessions = resultOf(answer, Sessions)
  return sessions === undefined ? undefined : (sessions ?? [])
}

function pathOf(id: string): string {
  return `/access/users/${encodeURIComponent(id)}/active_sessions`
}

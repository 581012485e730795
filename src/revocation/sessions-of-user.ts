import type { Answered } from '../cloudflare/answer.ts'
import type { Priority } from '../cloudflare/call-queue.ts'
import type { FailedCall } from '../cloudflare/client.ts'
import type { Endpoints } from '../cloudflare/endpoints.ts'
import type { Session } from '../cloudflare/records.ts'
import type { Owner } from './user-directory.ts'

/** The active sessions of a user. */
export interface SessionsOfUser {
  readonly kind: 'read'
  /** A list for each record of the user. */
  readonly lists: readonly Answered<readonly Session[]>[]
}

/** Reads the active sessions of all records of a user. */
export async function readSessions(
  endpoints: Endpoints,
  { email, records }: Owner,
  priority: Priority,
): Promise<SessionsOfUser | FailedCall> {
  const lists: Answered<readonly Session[]>[] = []
  for (const { id } of records) {
    const call = await endpoints.activeSessions(id, email, priority)
    if (call.kind !== 'result') return call
    lists.push(call)
  }
  return { kind: 'read', lists }
}

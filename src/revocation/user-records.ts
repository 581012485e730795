import type { FailedCall } from '../cloudflare/client.ts'
import type { AccessUser, Endpoints, ReadPatience } from '../cloudflare/endpoints.ts'
import { ownProblem, type Problem, problemText } from '../cloudflare/problem.ts'
import type { Log } from '../runner/log.ts'
import { uuidKey } from '../text/uuid.ts'
import type { User } from '../users/user.ts'

/** What the organization knows of a user before the revocation. */
export type UserRecords = Known | Unknown | Unread

/** There is at least one record with the address; several count as one user. */
export interface Known {
  readonly kind: 'known'
  readonly records: readonly AccessUser[]
  readonly sessions: number
  readonly devices: number
  /** Whether a UUID was given that none of the records has. */
  readonly otherUuid: boolean
}

/** Nobody with the address ever authenticated, or registered a client. */
export interface Unknown {
  readonly kind: 'unknown'
}

/** The reads failed. */
export interface Unread {
  readonly kind: 'unread'
  readonly problem: Problem
}

/** Revocations do not wait long for reads: two attempts, of ten seconds at the most each. */
const BRIEF: ReadPatience = { maxAttempts: 2, timeout: 10_000 }

/** Reads users' records, and gives up for the whole run once it turns out that the credential may not read them. */
export class UserRecordsReader {
  readonly #endpoints: Endpoints
  readonly #log: Log
  #givenUp: Unread | undefined

  constructor(endpoints: Endpoints, log: Log) {
    this.#endpoints = endpoints
    this.#log = log
  }

  /** Reads what is known of the user; it never throws for what Cloudflare or the network does. */
  async read({ email, userUid }: User): Promise<UserRecords> {
    if (this.#givenUp !== undefined) return this.#givenUp
    const users = await this.#endpoints.usersWithEmail(email, BRIEF)
    if (users.kind !== 'result') return this.#unread(users)
    const records = users.result
    if (records.length === 0) return { kind: 'unknown' }
    let sessions = 0
    for (const { id } of records) {
      const active = await this.#endpoints.activeSessions(id, email, BRIEF)
      if (active.kind !== 'result') return this.#unread(active)
      sessions += active.result.length
    }
    const uuids = records.flatMap(({ id, uid }) => [id, uid ?? id]).map(uuidKey)
    return {
      kind: 'known',
      records,
      sessions,
      devices: devicesOf(records),
      otherUuid: userUid !== undefined && !uuids.includes(uuidKey(userUid)),
    }
  }

  #unread(call: FailedCall): Unread {
    const problem = readProblem(call)
    const unread: Unread = { kind: 'unread', problem }
    if (problem.reach === 'everyone' && this.#givenUp === undefined) {
      this.#givenUp = unread
      this.#log.error(
        `Nothing can be verified, so the step will be red. Revocations are sent all the same. ${problemText(problem)}`,
      )
    }
    return unread
  }
}

/** How many devices the records count together. */
export function devicesOf(records: readonly AccessUser[]): number {
  return records.reduce((sum, record) => sum + (record.active_device_count ?? 0), 0)
}

/** Why a read failed; where the credential may not make it, with the permission it takes. */
export function readProblem(call: FailedCall): Problem {
  if (call.kind === 'stopped') return ownProblem(call.why.what, call.why.remedy)
  const { problem } = call
  return problem.reach === 'everyone'
    ? {
        ...problem,
        remedy:
          'Give the token the account permission "Access: Audit Logs Read" as well, or remove `verify`.',
      }
    : problem
}

import type { Clocked } from '../cloudflare/answer.ts'
import type { Call, FailedCall } from '../cloudflare/client.ts'
import type { AccessUser, Endpoints, Session, UserFilter } from '../cloudflare/endpoints.ts'
import { ownProblem, type Problem, problemText } from '../cloudflare/problem.ts'
import type { Log } from '../runner/log.ts'
import { addressKey, type EmailAddress } from '../text/email-address.ts'
import { uuidKey } from '../text/uuid.ts'
import type { User } from '../users/user.ts'

/** What the organization knows of a user. */
export type UserRecords = Known | Unknown | Unread

/** There is at least one record with the address; several count as one user. */
export interface Known {
  readonly kind: 'known'
  readonly records: readonly AccessUser[]
  /** The sessions that were active when they were read. */
  readonly sessions: readonly Session[]
  /** How many devices the records count together; undefined where one does not say. */
  readonly devices: number | undefined
  /** Whether a UUID was given that none of the records has. */
  readonly otherUuid: boolean
  /** The answers that said so, with what the server's clock showed. */
  readonly answers: readonly Clocked[]
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
    const users = await this.#find(email)
    if (users.kind !== 'result') return this.#unread(users)
    const records = users.result
    if (records.length === 0) return { kind: 'unknown' }
    // Put together by concat: a list may have more elements than a function takes arguments.
    let sessions: readonly Session[] = []
    const answers: Clocked[] = [users]
    for (const { id } of records) {
      const active = await this.#endpoints.activeSessions(id, email)
      if (active.kind !== 'result') return this.#unread(active)
      sessions = sessions.concat(active.result)
      answers.push(active)
    }
    const uuids = records.flatMap(({ id, uid }) => [id, uid ?? id]).map(uuidKey)
    return {
      kind: 'known',
      records,
      sessions,
      devices: devicesOf(records),
      otherUuid: userUid !== undefined && !uuids.includes(uuidKey(userUid)),
      answers,
    }
  }

  /**
   * The records with exactly this address, in whatever letter case. The filter may let others through, and may mind
   * letter case; and there are reports of users that only `search` finds.
   */
  async #find(email: EmailAddress): Promise<Call<readonly AccessUser[]>> {
    const found = await this.#withAddress(email, { email })
    if (found.kind !== 'result') return found
    const lower = addressKey(email)
    const folded = lower === email ? found : await this.#withAddress(email, { email: lower })
    if (folded.kind !== 'result') return folded
    const records = new Map([...found.result, ...folded.result].map((record) => [record.id, record]))
    if (records.size > 0) return { ...folded, result: [...records.values()] }
    const searched = await this.#withAddress(email, { search: email })
    const isUnknown = searched.kind === 'result' && searched.result.length === 0
    return isUnknown && lower !== email ? this.#withAddress(email, { search: lower }) : searched
  }

  async #withAddress(email: EmailAddress, filter: UserFilter): Promise<Call<readonly AccessUser[]>> {
    const call = await this.#endpoints.users(filter, email)
    if (call.kind !== 'result') return call
    const key = addressKey(email)
    return { ...call, result: call.result.filter((user) => addressKey(user.email) === key) }
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

/** How many devices the records count together; undefined where one does not say. */
export function devicesOf(records: readonly AccessUser[]): number | undefined {
  return records.reduce<number | undefined>(
    (sum, { active_device_count: count }) =>
      sum === undefined || count === undefined ? undefined : sum + count,
    0,
  )
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

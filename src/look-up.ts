import type { Call } from './api-client.ts'
import type { AccessUser, Cloudflare, ReadPatience } from './cloudflare.ts'
import { type Problem, problemText } from './problem.ts'
import { type User, uuidKey } from './user.ts'

/** What the organization knows of a user before the revocation. */
export type LookUp = Known | Unknown | Unread

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

/** The permission for the reads, as a remedy. */
const READ_PERMISSION =
  'Give the token the account permission "Access: Audit Logs Read" as well, or leave `verify` out.'

/** Looks users up, and gives the reads up for the whole run once it turns out that the credential may not make them. */
export class LookUps {
  readonly #cloudflare: Cloudflare
  readonly #onGivenUp: (why: string) => void
  #givenUp: Unread | undefined

  /** @param onGivenUp - called once, with the reason in full sentences */
  constructor(cloudflare: Cloudflare, onGivenUp: (why: string) => void) {
    this.#cloudflare = cloudflare
    this.#onGivenUp = onGivenUp
  }

  /** Looks the user up; it never throws for what Cloudflare or the network does. */
  async of({ email, userUid }: User): Promise<LookUp> {
    if (this.#givenUp !== undefined) return this.#givenUp
    const users = await this.#cloudflare.usersWithEmail(email, BRIEF)
    if (!users.ok) return this.#unread(users)
    const records = users.result
    if (records.length === 0) return { kind: 'unknown' }
    let sessions = 0
    for (const { id } of records) {
      const active = await this.#cloudflare.activeSessions(id, email, BRIEF)
      if (!active.ok) return this.#unread(active)
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

  #unread(call: Extract<Call<unknown>, { ok: false }>): Unread {
    const problem = readProblem(call)
    const unread: Unread = { kind: 'unread', problem }
    if (problem.reach === 'everyone' && this.#givenUp === undefined) {
      this.#givenUp = unread
      this.#onGivenUp(
        `Nothing can be verified, so the step will be red; revocations are sent all the same. ${problemText(problem)}`,
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
export function readProblem(call: Extract<Call<unknown>, { ok: false }>): Problem {
  if ('stopped' in call) return stoppedProblem(call.stopped)
  const { problem } = call
  return problem.reach === 'everyone' ? { ...problem, remedy: READ_PERMISSION } : problem
}

/** That the run was stopped before a read. */
export function stoppedProblem(why: string): Problem {
  return { what: why.replace(/\.$/, ''), reach: 'user', errors: [] }
}

import type { ServerTime } from '../cloudflare/answer.ts'
import type { FailedCall } from '../cloudflare/client.ts'
import type { Endpoints } from '../cloudflare/endpoints.ts'
import { type Problem, problemText } from '../cloudflare/problem.ts'
import type { Registration, Session } from '../cloudflare/records.ts'
import { type Options, provesSessions } from '../inputs/options.ts'
import type { Log } from '../runner/log.ts'
import { uuidKey } from '../text/uuid.ts'
import type { User } from '../users/user.ts'
import type { Device, Verification } from './outcome.ts'
import type { RegistrationList, RegistrationsReader } from './registrations-reader.ts'
import { readProblem } from './read-problem.ts'
import { readSessions } from './sessions-of-user.ts'
import { devicesOf, type Owner, type UserDirectory } from './user-directory.ts'

/** What the organization knows of a user. */
export type UserRecords = Known | Unknown | Unread

/** There is at least one record with the address. */
export interface Known extends Owner {
  readonly kind: 'known'
  /** The sessions that were active when they were read; undefined if nobody looked. */
  readonly sessions: readonly Session[] | undefined
  /** The registrations that were active when they were read; undefined if nobody looked. */
  readonly registrations: RegistrationList | undefined
  /** Whether a UUID was given that none of the records has. */
  readonly otherUuid: boolean
  /** The answers that said so, with what the server's clock showed. */
  readonly answers: readonly ServerTime[]
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

/** What a reader needs to know. */
export interface UserRecordsReaderOptions {
  readonly endpoints: Endpoints
  readonly directory: UserDirectory
  readonly registrations: RegistrationsReader
  /** Whether to read the sessions and the device registrations as well. */
  readonly reads: { readonly sessions: boolean; readonly registrations: boolean }
  /** What cannot be done without the records, and how to do without it; full sentences. */
  readonly consequence: string
  readonly wayOut: string
  readonly log: Log
}

/** Reads users' records, and gives up for the whole run once it turns out that the credential may not read them. */
export class UserRecordsReader {
  readonly #options: UserRecordsReaderOptions
  #givenUp: Unread | undefined

  constructor(options: UserRecordsReaderOptions) {
    this.#options = options
  }

  /** Reads what is known of the user; it never throws for what Cloudflare or the network does. */
  async read({ email, userUid }: User): Promise<UserRecords> {
    if (this.#givenUp !== undefined) return this.#givenUp
    const { endpoints, directory, registrations, reads } = this.#options
    const users = await directory.find(email)
    if (users.kind !== 'result') return this.#unread(users)
    const records = users.result
    if (records.length === 0) return { kind: 'unknown' }
    const owner = { email, records }
    const sessions = reads.sessions ? await readSessions(endpoints, owner, 'look_up') : undefined
    if (sessions !== undefined && sessions.kind !== 'read') return this.#unread(sessions)
    const devices = reads.registrations ? await registrations.active(owner) : undefined
    const uuids = records.flatMap(({ id, uid }) => [id, uid ?? id]).map(uuidKey)
    return {
      kind: 'known',
      ...owner,
      sessions: sessions?.lists.flatMap(({ result }) => result),
      registrations: devices,
      otherUuid: userUid !== undefined && !uuids.includes(uuidKey(userUid)),
      answers: [users, ...(sessions?.lists ?? []), ...(devices?.kind === 'result' ? [devices] : [])],
    }
  }

  #unread(call: FailedCall): Unread {
    const problem = readProblem(call, this.#options.wayOut)
    const unread: Unread = { kind: 'unread', problem }
    if (problem.scope === 'all_users' && this.#givenUp === undefined) {
      this.#givenUp = unread
      const { log, consequence } = this.#options
      const told = [consequence, problemText(problem)]
      // What is wrong with the credential itself, or the account, concerns more than these reads: it comes first.
      log.error((problem.permission === undefined ? told.reverse() : told).join(' '))
    }
    return unread
  }
}

/** What was counted before the revocation; nothing if the records came too late, or not at all. */
export function evidenceBefore(
  known: UserRecords | undefined,
  options: Pick<Options, 'verify'>,
): Verification {
  const state = provesSessions(options) ? { state: 'not_done' as const } : {}
  if (known?.kind !== 'known') return { ...state, warnings: [] }
  const { sessions, records } = known
  const count = devicesListed(known)?.length ?? devicesOf(records)
  return {
    ...state,
    ...(sessions !== undefined && { sessionsBefore: sessions.length }),
    ...(count !== undefined && { devicesBefore: count }),
    warnings: [],
  }
}

/** The devices that were active when they were read; undefined if that is not known. */
export function activeDevices(known: Known): readonly Device[] | undefined {
  return devicesListed(known)?.map(({ id, name, type }) => ({ id, name, type, state: 'active' }))
}

/** An empty list alone does not say that there are none: Cloudflare may not have understood whose to list. */
function devicesListed({ registrations, records }: Known): readonly Registration[] | undefined {
  const listed = registrations?.kind === 'result' ? registrations.result : undefined
  return listed?.length === 0 && devicesOf(records) !== 0 ? undefined : listed
}

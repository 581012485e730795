import * as v from 'valibot'
import type { AccessUser, Registration } from '../../embedded-api/organization/organization.ts'
import type { RecordedRequest } from '../../embedded-api/server.ts'
import { activeRegistrations, type Seat } from '../../embedded-api/organization/access-user.ts'
import type { Run } from './run.ts'
import { DATES, folded, sameAddress } from './trial.ts'

/** A statement, and whether it is true. */
export type Claim = readonly [claim: string, isTrue: boolean]

/** A user who must be in the report. */
export interface Listed {
  /** As the first entry spells it. */
  readonly email: string
  readonly timing: 'due' | 'not_due' | 'past'
  /** From when on the user is to be revoked, by the date in the list; clock, milliseconds. */
  readonly revokeAfter: number | undefined
}

/** The users that the step names, each once, in the order given. */
export function listedOf({ trial }: Run): Listed[] {
  const first = new Map(trial.list.entries.toReversed().map((entry) => [folded(entry.email), entry]))
  const keys = new Set(trial.list.entries.map(({ email }) => folded(email)))
  return [...keys].flatMap((key) => {
    const { email = '', due } = first.get(key) ?? {}
    const { timing = 'due', at } = due === undefined ? {} : DATES[due]
    return [{ email, timing, revokeAfter: at }]
  })
}

/** The due users that the step names although it must never revoke them; look-alikes count. */
export function protectedOf(run: Run): Listed[] {
  const keyOf = (email: string): string => email.normalize('NFKC').toLowerCase()
  const keys = new Set(run.trial.protectedUsers.map(keyOf))
  return listedOf(run).filter(({ email, timing }) => timing === 'due' && keys.has(keyOf(email)))
}

/**
 * The records that a lookup of the address finds. Where letter case matters to the API, the action finds only records
 * in the given spelling or in lower case.
 */
export function recordsOf({ trial, organization }: Run, email: string): AccessUser[] {
  const spellings = [email, folded(email)]
  return organization.users.filter((user) =>
    trial.world.caseSensitive === true
      ? spellings.includes(user.email.trim())
      : sameAddress(user.email, email),
  )
}

/** All records whose address differs from this one only in letter case. */
export function recordsInAnyCase({ organization }: Run, email: string): AccessUser[] {
  return organization.users.filter((user) => sameAddress(user.email, email))
}

const Revocation = v.looseObject({ email: v.string() })

/** The revocations of an address, in whatever letter case, that arrived, whatever the answer. */
export function revocationsOf({ requests }: Run, email: string): RecordedRequest[] {
  return requests.filter(
    ({ operation, body }) =>
      operation === 'revoke_user' && v.is(Revocation, body) && sameAddress(body.email, email),
  )
}

/** The spellings in which the revocations of an address arrived, each once. */
export function spellingsSent(run: Run, email: string): string[] {
  const bodies = revocationsOf(run, email).map(({ body }) => v.parse(Revocation, body))
  return [...new Set(bodies.map((body) => body.email))]
}

/** The spellings in which the organization has an address, each once. */
export function directorySpellings(run: Run, email: string): string[] {
  return [...new Set(recordsInAnyCase(run, email).map((record) => record.email.trim()))]
}

/** Whether the API revoked the address and confirmed it. */
export function saidTrue(run: Run, email: string): boolean {
  return revocationsOf(run, email).some(
    (request) => isTrueAnswer(request) && v.is(v.object({ result: v.literal(true) }), request.answer),
  )
}

/** Whether a revocation of the address took effect on every record that it reaches. */
export function wasRevoked(run: Run, email: string): boolean {
  const spellings = spellingsSent(run, email)
  const { caseSensitive, caseSensitiveRevocation } = run.trial.world
  const isCaseSensitive = caseSensitive === true || caseSensitiveRevocation === true
  const reached = recordsInAnyCase(run, email).filter(
    (user) => !isCaseSensitive || spellings.includes(user.email.trim()),
  )
  return reached.every(({ revokedAt }) => revokedAt !== undefined)
}

const Lists = v.object({ result: v.nullable(v.array(v.unknown())) })

/** How many sessions of a record the answers to reads showed. */
export function sessionCountsOf(run: Run, { id }: AccessUser): number[] {
  return sessionReadsOf(run, id).flatMap(({ answer }) =>
    v.is(Lists, answer) ? [answer.result?.length ?? 0] : [],
  )
}

/** The reads of a record's sessions that were answered with the truth. */
export function sessionReadsOf({ requests }: Run, id: string): RecordedRequest[] {
  return requests.filter(
    (request) =>
      request.operation === 'active_sessions' && request.path.includes(`/${id}/`) && isTrueAnswer(request),
  )
}

/** The revocations of an address that took effect, whatever the answer. */
export function effectsOf(run: Run, email: string): RecordedRequest[] {
  return revocationsOf(run, email).filter(({ accepted }) => accepted)
}

/** Whether the client got the successful answer that the API gives without a fault. */
export function isTrueAnswer({ accepted, faulted, status }: RecordedRequest): boolean {
  return accepted && !faulted && status === 200
}

const Changes = v.array(v.looseObject({ seat_uid: v.string() }))

/** The changes of the seats of some records that arrived, whatever the answer. */
export function seatCallsOf({ requests }: Run, records: readonly AccessUser[]): RecordedRequest[] {
  const uids = records.flatMap(({ seat }) => seat.uid ?? [])
  return requests.filter(
    ({ operation, body }) =>
      operation === 'update_seats' &&
      v.is(Changes, body) &&
      body.some(({ seat_uid: uid }) => uids.includes(uid)),
  )
}

const Users = v.object({ result: v.array(v.looseObject({ id: v.string() })) })

/** The reads of a record that were answered with the truth. */
export function recordReadsOf({ requests }: Run, { id }: AccessUser): RecordedRequest[] {
  return requests.filter(
    (request) =>
      request.operation === 'list_users' &&
      isTrueAnswer(request) &&
      v.is(Users, request.answer) &&
      request.answer.result.some((user) => user.id === id),
  )
}

const FREE_SEAT: Seat = { uid: undefined, access: false, gateway: false }

/**
 * Whether a record held a seat when it was last read, and not freed yet, as far as the API shows it: a flag without the
 * ID of the seat shows it as well as an ID without flags.
 */
export function heldSeat(run: Run, record: AccessUser): boolean {
  const { before, trial } = run
  const absent = trial.world.absentUserFields ?? []
  const { uid, gateway, takenAt = Infinity, ...seat } = before.get(record.id)?.seat ?? FREE_SEAT
  const access = seat.access || takenAt <= (recordReadsOf(run, record).at(-1)?.receivedAt ?? -Infinity)
  const isShown =
    (uid !== undefined && !absent.includes('seat_uid')) ||
    (access && !absent.includes('access_seat')) ||
    (gateway && !absent.includes('gateway_seat'))
  return (access || gateway) && isShown
}

const CLOCK_TOLERANCE_MS = 60_000

/** A time from one moment of the clock to another, in milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

const Owned = v.object({ id: v.string(), user: v.optional(v.looseObject({})) })
const Registrations = v.object({ result: v.nullable(v.array(Owned)) })

/** The reads of a record's registrations, revoked ones included, that were answered with the truth. */
export function registrationReadsOf({ requests }: Run, { id, uid }: AccessUser): RecordedRequest[] {
  return requests.filter((request) => {
    if (request.operation !== 'list_registrations' || !isTrueAnswer(request)) return false
    const parameters = new URLSearchParams(request.search)
    const ids = parameters.getAll('user.id')
    return parameters.get('status') === 'all' && (ids.includes(id) || ids.includes(uid))
  })
}

/** When the registrations of a record were last read, from the first page to the last; undefined: never. */
export function lastLookAt(run: Run, record: AccessUser): Span | undefined {
  const reads = registrationReadsOf(run, record)
  const first = reads.findLast(({ query }) => query['cursor'] === undefined)
  const last = reads.at(-1)
  return first === undefined || last === undefined
    ? undefined
    : { from: first.receivedAt, to: last.answeredAt ?? run.endedAt }
}

/** The registrations of a record that the API shows as active at `at` (clock, milliseconds). */
export function shownAsActive({ trial }: Run, record: AccessUser, at: number): Registration[] {
  const { propagationMs, world } = trial
  const { registrationsPropagationMs = propagationMs, apartMs = 0 } = world
  return activeRegistrations(record, at, registrationsPropagationMs, apartMs)
}

/** Whether answers have no `Date`, or one that is off by more than the action tolerates: it cannot believe true times. */
export function isDateUnusable({ trial: { world } }: Run): boolean {
  return world.withoutDate === true || Math.abs(world.dateSkewMs ?? 0) > CLOCK_TOLERANCE_MS
}

/** Whether the API hides the owners of registrations and lists those of all users. */
export function ownersAreHidden({ trial: { world } }: Run): boolean {
  const absent = world.absentRegistrationFields ?? []
  const hidden = absent.includes('user') || (absent.includes('user.id') && absent.includes('user.email'))
  return hidden && world.unfilteredRegistrations === true
}

/** Whether the devices of a record cannot be requested, because the ID that lists name their owner by is not shown. */
export function areDevicesHidden({ trial: { world } }: Run, { id, uid }: AccessUser): boolean {
  return world.registrationUserId === 'uid' && world.absentUserFields?.includes('uid') === true && id !== uid
}

/**
 * Whether anything proves that a list without registrations is the truth about some records: the count of devices was 0
 * before, one of their registrations was listed, or one of another user with the requested ID and the address. A user
 * whose `id` and `uid` are the same shows nothing about either.
 */
export function emptyIsTrue(run: Run, records: readonly AccessUser[]): boolean {
  const { world } = run.trial
  const counted =
    world.absentUserFields?.includes('active_device_count') !== true &&
    records.every(({ id }) => run.before.get(id)?.devices === 0)
  const listed = run.requests
    .filter((request) => request.operation === 'list_registrations' && isTrueAnswer(request))
    .flatMap(({ answer }) => (v.is(Registrations, answer) ? (answer.result ?? []) : []))
  const ownerOf = (id: string): AccessUser | undefined =>
    run.organization.users.find(({ registrations }) => registrations.some((one) => one.id === id))
  return (
    counted ||
    listed.some(({ id, user = {} }) => {
      const owner = ownerOf(id)
      if (owner === undefined) return false
      const isNamed = 'id' in user && 'email' in user && owner.id !== owner.uid
      return records.includes(owner) || (isNamed && !areDevicesHidden(run, owner))
    })
  )
}

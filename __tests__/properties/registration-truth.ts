import * as v from 'valibot'
import { activeRegistrations } from '../../embedded-api/organization/access-user.ts'
import type { AccessUser, Registration } from '../../embedded-api/organization/organization.ts'
import type { RecordedRequest } from '../../embedded-api/server.ts'
import type { Run } from './run.ts'
import { isTrueAnswer } from './truth.ts'

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
    const asked = parameters.getAll('user.id')
    return parameters.get('status') === 'all' && (asked.includes(id) || asked.includes(uid))
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
  const { registrationsPropagationMs = propagationMs, registrationsApartMs = 0 } = world
  return activeRegistrations(record, at, registrationsPropagationMs, registrationsApartMs)
}

/** Whether the API says of no registration whose it is, and lists everybody's whoever was asked for. */
export function ownersAreHidden({ trial: { world } }: Run): boolean {
  const absent = world.absentRegistrationFields ?? []
  const hidden = absent.includes('user') || (absent.includes('user.id') && absent.includes('user.email'))
  return hidden && world.unfilteredRegistrations === true
}

/**
 * Whether anything proves that a list without registrations is the truth about some records: the count of devices was 0
 * before, a registration of theirs was listed, or one of anybody's, with the ID that was asked for and the address.
 */
export function emptyIsTrue(run: Run, records: readonly AccessUser[]): boolean {
  const { world } = run.trial
  const counted =
    world.absentUserFields?.includes('active_device_count') !== true &&
    records.every(({ id }) => run.before.get(id)?.devices === 0)
  const listed = run.requests
    .filter((request) => request.operation === 'list_registrations' && isTrueAnswer(request))
    .flatMap(({ answer }) => (v.is(Registrations, answer) ? (answer.result ?? []) : []))
  const own = new Set(records.flatMap(({ registrations }) => registrations.map(({ id }) => id)))
  const isKnown = (id: string): boolean => own.has(id)
  const asked = world.registrationUserId === 'uid' && world.absentUserFields?.includes('uid') === true
  const isOwned = ({ user = {} }: v.InferOutput<typeof Owned>): boolean =>
    !asked && 'id' in user && 'email' in user
  return counted || listed.some((registration) => isKnown(registration.id) || isOwned(registration))
}

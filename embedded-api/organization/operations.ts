import { badRequest, Rejection, success } from '../http/answer.ts'
import type { RecordedRequest } from '../http/journal.ts'
import { bodyOf, queryOf } from '../http/parameters.ts'
import type { World } from '../world.ts'
import {
  activeSessions,
  deleteRegistrations,
  freeSeat,
  revokeRegistrations,
  revokeSessions,
} from './access-user.ts'
import { seatListing, sessionListing } from './listing.ts'
import type { Organization } from './organization.ts'

/** The accounts of the server, and how it behaves. */
export interface AccessState {
  readonly organizations: readonly Organization[]
  /** Clock time from a revocation until sessions and devices are no longer listed, milliseconds. */
  readonly propagationMs: number
  readonly world: World
}

/** One call to an organization. */
export interface OrganizationCall {
  readonly state: AccessState
  readonly organization: Organization
  readonly record: RecordedRequest
  /** When it takes effect, clock, milliseconds. */
  readonly at: number
}

/** Revokes all users with an address. */
export function revoke({ state: { world }, organization, record, at }: OrganizationCall): object {
  const { devices: devicesInQuery } = queryOf('revoke_user', record)
  const body = bodyOf('revoke_user', record)
  const { email, user_uid: uid, devices = devicesInQuery ?? false, warp_session_reauth: warp = false } = body
  if (devices !== (devicesInQuery ?? devices)) throw badRequest('devices: differs between query and body')
  const isCaseSensitive = world.caseSensitive === true || world.caseSensitiveRevocation === true
  const users = organization
    .usersByEmail(email)
    .filter((user) => !isCaseSensitive || user.email.trim() === email)
  if (uid !== undefined && !users.some((user) => plainUuid(user.uid) === plainUuid(uid))) {
    throw badRequest('user_uid does not belong to email')
  }
  if (users.length === 0) {
    if (world.unknownUsers === 'refused') throw notFound('user')
    return success(world.unknownUsers !== 'result_false')
  }
  for (const user of users) {
    revokeSessions(user, at)
    if (devices && world.devicesIgnored !== true && world.registrationsStay !== true) {
      revokeRegistrations(user, world.registrationsComeBack === true, at)
    }
    if (warp) user.warpSession = false
  }
  return success(true)
}

/** Lists the active sessions of one user, all at once. */
export function listSessions({ state, organization, at }: OrganizationCall, userId: string): object {
  const { world, propagationMs } = state
  const [user] = organization.usersWith('id', [userId])
  if (user === undefined) throw notFound('user')
  const sessions = activeSessions(user, at, propagationMs, world.apartMs)
  const listed = sessions.map((session) => sessionListing(user, session, at, world))
  if (world.nullForEmpty === true && listed.length === 0) return success(null)
  return success(world.reversed === true ? listed.toReversed() : listed)
}

/** Frees seats, all of them or none. A seat is freed only if neither Access nor Gateway keeps it. */
export function updateSeats({ state: { world }, organization, record, at }: OrganizationCall): object {
  const changes = bodyOf('update_seats', record).map((change) => {
    const users = organization.usersWith('seat', [change.seat_uid])
    if (users.length === 0) throw notFound('seat')
    return { users, isFreed: !change.access_seat && !change.gateway_seat && world.seatsStay !== true }
  })
  for (const user of changes.flatMap(({ users, isFreed }) => (isFreed ? users : []))) {
    freeSeat(user, at)
    if (world.registrationsStay !== true) deleteRegistrations(user, at)
  }
  const users = world.seatsUnanswered === true ? [] : changes.flatMap((change) => change.users)
  return success(users.map((user) => seatListing(user, at)))
}

function plainUuid(uuid: string): string {
  return uuid.replaceAll('-', '').toLowerCase()
}

function notFound(what: string): Rejection {
  return new Rejection(404, { code: 12130, message: `access.api.error.not_found: ${what} not found` })
}

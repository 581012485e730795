import { badRequest, Rejection, success } from '../http/answer.ts'
import { type Call, revocationOf, seatChangesOf } from '../http/call-parameters.ts'
import type { World } from '../world.ts'
import { type AccessUser, deleteRegistrations, freeSeat, revokeUser } from './access-user.ts'
import { seatListing, sessionListing } from './listing.ts'
import type { Organization } from './organization.ts'
import { sessionPropagation } from './propagation.ts'
import { shownSessions } from './session.ts'

/** The accounts of the server, and how it behaves. */
export interface AccessState {
  readonly organizations: readonly Organization[]
  /** Clock time from a revocation until sessions and devices are no longer listed, milliseconds. */
  readonly propagationMs: number
  readonly world: World
}

/** The parts of one call to an organization. */
export interface OrganizationCall {
  readonly state: AccessState
  readonly organization: Organization
  readonly call: Call
  /** When it takes effect, clock, milliseconds. */
  readonly at: number
}

/** Revokes all users with an address. */
export function revoke({ state: { world }, organization, call, at }: OrganizationCall): object {
  const { email, devices, user_uid: uid, warp_session_reauth: warpSession = false } = revocationOf(call)
  const isCaseSensitive = world.caseSensitive === true || world.caseSensitiveRevocation === true
  const users = organization
    .usersByEmail(email)
    .filter((user) => !isCaseSensitive || user.email.trim() === email)
  if (uid !== undefined && !users.some((user) => isUid(user, uid))) {
    throw badRequest('user_uid does not belong to email')
  }
  if (users.length === 0) {
    if (world.unknownUsers === 'refused') throw notFound('user')
    return success(world.unknownUsers !== 'result_false')
  }
  const extent = {
    devices: devices && world.devicesIgnored !== true && world.registrationsStay !== true,
    warpSession,
    registrationsComeBack: world.registrationsComeBack ?? false,
  }
  for (const user of users) revokeUser(user, extent, at)
  return success(true)
}

/** Lists the active sessions of one user, all at once. */
export function listSessions({ state, organization, at }: OrganizationCall, userId: string): object {
  const { world } = state
  const user = organization.userById(userId)
  if (user === undefined) throw notFound('user')
  const sessions = shownSessions(user.sessions, at, sessionPropagation(state))
  const listed = sessions.map((session) => sessionListing(user, session, at, world))
  if (world.nullForEmpty === true && listed.length === 0) return success(null)
  return success(world.reversed === true ? listed.toReversed() : listed)
}

/** Frees seats, all of them or none. A seat is freed only if neither Access nor Gateway keeps it. */
export function updateSeats({ state: { world }, organization, call, at }: OrganizationCall): object {
  const changes = seatChangesOf(call).map((change) => {
    const users = organization.usersWith('seat', [change.seat_uid])
    if (users.length === 0) throw notFound('seat')
    return { users, isFreed: !change.access_seat && !change.gateway_seat }
  })
  const users = changes.flatMap(({ users: own, isFreed }) => {
    for (const user of isFreed && world.seatsStay !== true ? own : []) {
      freeSeat(user, at)
      if (world.registrationsStay !== true) deleteRegistrations(user, at)
    }
    return own
  })
  return success(world.seatsUnanswered === true ? [] : users.map((user) => seatListing(user, at)))
}

function isUid(user: AccessUser, uid: string): boolean {
  return user.uid.replaceAll('-', '').toLowerCase() === uid.replaceAll('-', '').toLowerCase()
}

function notFound(what: string): Rejection {
  return new Rejection(404, { code: 12130, message: `access.api.error.not_found: ${what} not found` })
}

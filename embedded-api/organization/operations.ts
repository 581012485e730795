import { registrationPropagation, sessionPropagation } from './propagation.ts'
import {
  type AccessUser,
  activeRegistrations,
  deleteRegistrations,
  freeSeat,
  revokeUser,
} from './access-user.ts'
import { type Call, revocationOf, seatChangesOf } from '../http/call-parameters.ts'
import { badRequest, Rejection, success } from '../http/answer.ts'
import { cursorOf, registrationRequestOf, userRequestOf } from './list-parameters.ts'
import { registrationListing, seatListing, sessionListing, userListing } from './listing.ts'
import type { Organization } from './organization.ts'
import { numberedPage, pageAt } from './page.ts'
import { shownRegistrations } from './registration.ts'
import { shownSessions } from './session.ts'
import type { World } from '../world.ts'

/** The accounts that the server has, and how it behaves. */
export interface AccessState {
  readonly organizations: readonly Organization[]
  /** Clock time from a revocation until sessions and devices are no longer listed, milliseconds. */
  readonly propagationMs: number
  readonly world: World
}

/** The parts of one call to an organization. */
export interface OrganizationCall {
  state: AccessState
  organization: Organization
  call: Call
  /** When it takes effect, clock, milliseconds. */
  at: number
}

/** Revokes everybody with an address. */
export function revoke({ state: { world }, organization, call, at }: OrganizationCall): object {
  const { email, devices, user_uid: uid, warp_session_reauth: warpSession = false } = revocationOf(call)
  const users = organization
    .usersByEmail(email)
    .filter((user) => world.caseSensitive !== true || user.email === email)
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

/** Lists users, a page at a time. */
export function listUsers({ state, organization, call, at }: OrganizationCall): object {
  const { world } = state
  const { page, perPage, ...filter } = userRequestOf(call)
  const found =
    world.unfilteredUsers === true
      ? organization.users
      : organization.usersMatching({ ...filter, caseSensitive: world.caseSensitive ?? false })
  const { records, size } = numberedPage(found, page, perPage, world)
  const { afterMs, apartMs } = registrationPropagation(state)
  const listed = records.map((user) =>
    userListing(user, activeRegistrations(user, at, afterMs, apartMs).length, at, world),
  )
  return success(world.nullForEmpty === true && listed.length === 0 ? null : listed, {
    ...(world.withoutResultInfo !== true && {
      result_info: {
        page,
        per_page: size,
        count: listed.length,
        ...(world.withoutTotalCount !== true && { total_count: found.length }),
      },
    }),
  })
}

/** Lists the active sessions of one user, all at once. */
export function listSessions({ state, organization, at }: OrganizationCall, userId: string): object {
  const { world } = state
  const user = organization.userById(userId)
  if (user === undefined) throw notFound('user')
  const sessions = shownSessions(user.sessions, at, sessionPropagation(state))
  const listed = sessions.map((session) => sessionListing(user, session, world))
  if (world.nullForEmpty === true && listed.length === 0) return success(null)
  return success(world.reversed === true ? listed.toReversed() : listed)
}

/** Lists device registrations, a page at a time. */
export function listRegistrations({ state, organization, call, at }: OrganizationCall): object {
  const { world } = state
  const { ids, userIds, status, search, kind, perPage, start } = registrationRequestOf(call)
  const users =
    userIds.length === 0 || world.unfilteredRegistrations === true
      ? organization.users
      : organization.usersWith(world.registrationUserId ?? 'id', userIds)
  const found = users.flatMap((user) =>
    shownRegistrations(user.registrations, at, registrationPropagation(state))
      .filter(({ active, registration: { id, device, kind: its } }) => {
        const text = `${device.name}\n${user.email}\n${user.name}`.toLowerCase()
        return (
          (status === 'all' || active === (status === 'active')) &&
          (ids.length === 0 || ids.includes(id)) &&
          (kind === '' || kind === its) &&
          text.includes(search.toLowerCase())
        )
      })
      .map((shown) => ({ user, shown })),
  )
  const { records, size, next } = pageAt(found, start, perPage, world)
  const info = {
    count: records.length,
    per_page: size,
    cursor: next === undefined ? null : cursorOf(next),
    ...(world.withoutTotalCount !== true && { total_count: null }),
  }
  return success(
    records.map(({ user, shown }) => registrationListing(user, shown, world)),
    { ...((world.withoutResultInfo !== true || next !== undefined) && { result_info: info }) },
  )
}

/** Frees seats, all of them or none. A seat is freed only if neither Access nor Gateway is to keep it. */
export function updateSeats({ state: { world }, organization, call, at }: OrganizationCall): object {
  const changes = seatChangesOf(call).map((change) => {
    const users = organization.usersWith('seat', [change.seat_uid])
    if (users.length === 0) throw notFound('seat')
    return { users, isFreed: !change.access_seat && !change.gateway_seat }
  })
  const users = changes.flatMap(({ users: own, isFreed }) => {
    for (const user of isFreed && world.seatsStay !== true ? own : []) {
      freeSeat(user.seat, at)
      if (world.registrationsStay !== true) deleteRegistrations(user, at)
    }
    return own
  })
  return success(users.map((user) => seatListing(user, at)))
}

function isUid(user: AccessUser, uid: string): boolean {
  return user.uid.replaceAll('-', '').toLowerCase() === uid.replaceAll('-', '').toLowerCase()
}

function notFound(what: string): Rejection {
  return new Rejection(404, { code: 12130, message: `access.api.error.not_found: ${what} not found` })
}

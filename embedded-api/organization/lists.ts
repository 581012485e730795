import { success } from '../http/answer.ts'
import type { World } from '../world.ts'
import { type AccessUser, activeRegistrations, newUser } from './access-user.ts'
import {
  cursorOf,
  loginRequestOf,
  registrationRequestOf,
  type UserRequest,
  userRequestOf,
} from './list-parameters.ts'
import { loginListing, outdatedListing, registrationListing, userListing } from './listing.ts'
import type { OrganizationCall } from './operations.ts'
import type { Organization } from './organization.ts'
import { countsOf, numberedPage, pageAt } from './page.ts'
import { registrationPropagation } from './propagation.ts'
import { type Registration, type ShownRegistration, shownRegistrations } from './registration.ts'

/** Lists users, a page at a time. */
export function listUsers({ state, organization, call, at }: OrganizationCall): object {
  const { world } = state
  const request = userRequestOf(call)
  const { page, perPage, ...filter } = request
  const caseSensitive = world.caseSensitiveFilter === true ? 'filter' : (world.caseSensitive ?? false)
  const found =
    world.unfilteredUsers === true
      ? organization.users
      : organization.usersMatching({ ...filter, caseSensitive })
  const all = world.vanishingUser === true && page === 1 ? [vanishing(request, at), ...found] : found
  const { records, size } = numberedPage(all, page, perPage, world)
  const { afterMs, apartMs } = registrationPropagation(state)
  const isFiltered = filter.email !== '' || filter.name !== '' || filter.search !== ''
  const isCopied =
    world.outdatedCopies === 'everywhere' || (world.outdatedCopies === 'unfiltered' && !isFiltered)
  const listed = records.flatMap((user) => [
    userListing(user, activeRegistrations(user, at, afterMs, apartMs).length, at, world),
    ...(isCopied ? [outdatedListing(user, world)] : []),
  ])
  const pages = Math.ceil(all.length / size) + (world.totalPages === 'too_many' ? 1 : 0)
  return success(world.nullForEmpty === true && listed.length === 0 ? null : listed, {
    ...(world.withoutResultInfo !== true && {
      result_info: {
        page,
        ...countsOf({ count: listed.length, size, total: all.length }, page, world),
        ...(world.totalPages !== undefined && { total_pages: pages }),
      },
    }),
  })
}

/** A user that matches what is requested, and is deleted once the first page was read. */
function vanishing({ email, name, search }: UserRequest, at: number): AccessUser {
  const address = [email, search].find((text) => text.includes('@')) ?? 'user@example.com'
  return newUser({ email: `former-${address}`, ...(name !== '' && { name }), sessions: 0 }, at)
}

/** Lists device registrations, a page at a time. */
export function listRegistrations({ state, organization, call, at }: OrganizationCall): object {
  const { world } = state
  const { userIds, status, perPage, start } = registrationRequestOf(call)
  const users =
    userIds.length === 0 || world.unfilteredRegistrations === true
      ? organization.users
      : organization.usersWith(world.registrationUserId ?? 'id', userIds)
  const found = users.flatMap((user) =>
    shownRegistrations(user.registrations, at, registrationPropagation(state))
      .filter(({ active }) => status === 'all' || active === (status === 'active'))
      .map((shown) => ({ user: shownOwner(user, organization, world), shown })),
  )
  const kept = found.slice(0, world.truncatedRegistrations)
  const { records, size, next } = pageAt(kept, start, perPage, world)
  const listed = records.flatMap(({ user, shown }) =>
    [shown, ...(world.revokedCopies === true ? [revokedCopy(shown.registration, at)] : [])].map((one) =>
      registrationListing(user, one, world),
    ),
  )
  const info = {
    ...countsOf({ count: listed.length, size, total: null }, Math.floor(start / size) + 1, world),
    cursor: next === undefined ? null : world.numericCursors === true ? next : cursorOf(next),
  }
  const isTruncated = kept.length < found.length
  const hasInfo = (world.withoutResultInfo !== true || next !== undefined) && !isTruncated
  return success(listed, hasInfo ? { result_info: info } : {})
}

/** Whom lists show as the owner of a user's registrations. */
function shownOwner(user: AccessUser, { users }: Organization, world: World): AccessUser {
  const isChanged = world.registrationsChangeOwner === true && user.revokedAt !== undefined
  return (isChanged ? users.find((other) => other !== user) : undefined) ?? user
}

function revokedCopy(registration: Registration, at: number): ShownRegistration {
  return { registration: { ...registration, revokedAt: registration.revokedAt ?? at }, active: false }
}

/** Lists the login log, a page at a time. Without `email_exact`, `email` may be a part of the address. */
export function listLogins({ state: { world }, organization, call, at }: OrganizationCall): object {
  const { email, isExact, since, page, perPage } = loginRequestOf(call)
  const users =
    isExact && email !== ''
      ? organization.usersByEmail(email)
      : organization.usersMatching({ email, name: '', search: '', caseSensitive: false })
  const found = users
    .flatMap((user) => user.logins.map((login) => ({ user, login })))
    .filter(({ login }) => isShown(login.at, at, world) && login.at >= since)
    .toSorted((one, other) => other.login.at - one.login.at)
  const { records } = numberedPage(found, page, perPage, world)
  return success(records.map(({ user, login }) => loginListing(user, login)))
}

function isShown(loginAt: number, at: number, { loginLogDelayMs = 0 }: World): boolean {
  return loginAt + loginLogDelayMs <= at
}

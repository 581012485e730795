import { success } from '../http/answer.ts'
import { cursorOf, queryOf } from '../http/parameters.ts'
import type { World } from '../world.ts'
import { type AccessUser, activeRegistrations, newUser } from './access-user.ts'
import { loginListing, outdatedListing, registrationListing, userListing } from './listing.ts'
import type { OrganizationCall } from './operations.ts'
import type { Organization } from './organization.ts'
import { type ShownRegistration, shownRegistrations } from './records.ts'

/** Lists users, a page at a time. */
export function listUsers({ state, organization, record, at }: OrganizationCall): object {
  const { world } = state
  const { page, per_page: perPage, ...filter } = queryOf('list_users', record)
  const caseSensitive = world.caseSensitiveFilter === true ? 'filter' : (world.caseSensitive ?? false)
  const found =
    world.unfilteredUsers === true
      ? organization.users
      : organization.usersMatching({ ...filter, caseSensitive })
  const all = world.vanishingUser === true && page === 1 ? [vanishing(filter, at), ...found] : found
  const { records, size } = pageOf(all, page, perPage, world)
  const isFiltered = Object.values(filter).some((part) => part !== '')
  const isCopied =
    world.outdatedCopies === 'everywhere' || (world.outdatedCopies === 'unfiltered' && !isFiltered)
  const { registrationsPropagationMs = state.propagationMs, apartMs } = world
  const listed = records.flatMap((user) => [
    userListing(user, activeRegistrations(user, at, registrationsPropagationMs, apartMs).length, at, world),
    ...(isCopied ? [outdatedListing(user, world)] : []),
  ])
  const info = { page, ...countsOf(listed.length, size, all.length, page, world) }
  return success(
    world.nullForEmpty === true && listed.length === 0 ? null : listed,
    world.withoutResultInfo === true ? {} : { result_info: info },
  )
}

/** A user that matches what is requested, and is deleted once the first page was read. */
function vanishing(filter: { email: string; name: string; search: string }, at: number): AccessUser {
  const { email, name, search } = filter
  const address = [email, search].find((text) => text.includes('@')) ?? 'user@example.com'
  return newUser({ email: `former-${address}`, ...(name !== '' && { name }), sessions: 0 }, at)
}

/** Lists device registrations, a page at a time. */
export function listRegistrations({ state, organization, record, at }: OrganizationCall): object {
  const { world } = state
  const query = queryOf('list_registrations', record)
  const { status, per_page: perPage, cursor: start = 0 } = query
  const ids = [query['user.id']].flat()
  const users =
    ids.length === 0 || world.unfilteredRegistrations === true
      ? organization.users
      : organization.usersWith(world.registrationUserId ?? 'id', ids)
  const { registrationsPropagationMs = state.propagationMs, apartMs = 0 } = world
  const found = users.flatMap((user) =>
    shownRegistrations(user.registrations, at, registrationsPropagationMs, apartMs)
      .filter(({ active }) => status === 'all' || active === (status === 'active'))
      .map((shown) => ({ user: shownOwner(user, organization, world), shown })),
  )
  const kept = found.slice(0, world.truncatedRegistrations)
  const { records, size, next } = pageFrom(kept, start, perPage, world)
  const listed = records.flatMap(({ user, shown }) =>
    [shown, ...(world.revokedCopies === true ? [revokedCopy(shown, at)] : [])].map((one) =>
      registrationListing(user, one, world),
    ),
  )
  const info = {
    ...countsOf(listed.length, size, null, Math.floor(start / size) + 1, world),
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

function revokedCopy({ registration }: ShownRegistration, at: number): ShownRegistration {
  return { registration: { ...registration, revokedAt: registration.revokedAt ?? at }, active: false }
}

/** Lists the login log, a page at a time. Without `email_exact`, `email` may be a part of the address. */
export function listLogins({ state: { world }, organization, record, at }: OrganizationCall): object {
  const { email, email_exact: isExact, since = 0, page, per_page: perPage } = queryOf('list_logins', record)
  const users =
    isExact && email !== ''
      ? organization.usersByEmail(email)
      : organization.usersMatching({ email, name: '', search: '', caseSensitive: false })
  const { loginLogDelayMs = 0 } = world
  const found = users
    .flatMap((user) => user.logins.map((login) => ({ user, login })))
    .filter(({ login }) => login.at + loginLogDelayMs <= at && login.at >= since)
    .toSorted((one, other) => other.login.at - one.login.at)
  const { records } = pageOf(found, page, perPage, world)
  return success(records.map(({ user, login }) => loginListing(user, login)))
}

/** A part of a list. */
interface Page<T> {
  readonly records: readonly T[]
  /** The actual size of a page, in records. */
  readonly size: number
  /** Where the next page begins; absent on the last one. */
  readonly next?: number
}

/** The page with a number, from 1. */
function pageOf<T>(list: readonly T[], number: number, perPage: number, world: World): Page<T> {
  return pageFrom(list, (number - 1) * stepOf(sizeOf(perPage, world), world), perPage, world)
}

/** The page that begins at record `start` of a list, from 0. */
function pageFrom<T>(list: readonly T[], start: number, perPage: number, world: World): Page<T> {
  const size = sizeOf(perPage, world)
  const records = (world.reversed === true ? list.toReversed() : list).slice(start, start + size)
  return { records, size, ...(start + size < list.length && { next: start + stepOf(size, world) }) }
}

function sizeOf(perPage: number, { pageCap = Infinity }: World): number {
  return Math.min(perPage, pageCap)
}

function stepOf(size: number, { repeatedRecords = false }: World): number {
  return repeatedRecords && size > 1 ? size - 1 : size
}

/** The counts in `result_info` of the page with this number, from 1. `total` may be null. */
function countsOf(
  count: number,
  size: number,
  total: number | null,
  number: number,
  { counts, withoutTotalCount }: World,
): Readonly<Record<string, unknown>> {
  const shown = (value: number | null): unknown => {
    if (value === null) return null
    return counts === 'text' ? `${value}` : counts === 'fraction' ? value + 0.5 : value
  }
  const growing = total === null ? null : total + number - 1
  const stated = { growing, too_small: Math.max(0, count - 1) }
  return {
    count: shown(count),
    per_page: shown(size),
    ...(withoutTotalCount !== true && {
      total_count: counts === 'growing' || counts === 'too_small' ? stated[counts] : shown(total),
    }),
    ...(counts === 'too_many_pages' && total !== null && { total_pages: Math.ceil(total / size) + 1 }),
  }
}

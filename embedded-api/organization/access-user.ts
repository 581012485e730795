import { randomUUID } from 'node:crypto'
import {
  type NewRegistration,
  newRegistrations,
  registeredAgain,
  type Registration,
  shownRegistrations,
} from './registration.ts'
import { newSession, newSessions, type Session, shownSessions } from './session.ts'

/** A user of the Zero Trust organization. Two records may carry the same address, as they can at Cloudflare. */
export interface AccessUser {
  /** UUID, the one in the path of `active_sessions`. */
  id: string
  /** UUID, the one that `user_uid` of a revocation means. Different from `id`, so that mistaking them shows. */
  uid: string
  email: string
  name: string
  seat: Seat
  sessions: Session[]
  registrations: Registration[]
  warpSession: boolean
  /** Milliseconds of the clock; null: never. Without it, the last login is when the latest session was issued. */
  lastLoginAt?: number | null
  /** When the last revocation took effect, in milliseconds of the clock. Absent for a user never revoked. */
  revokedAt?: number
  /** After each revocation a new session begins, issued in a later second than the answer's `Date`. */
  signsInAgain?: boolean
  /** The list shows this user without a filter, or to a `search`, but not to the filters `email` and `name`. */
  foundBySearchOnly?: boolean
}

/** What a test says about a user; the rest is made up. */
export interface NewUser extends Partial<
  Pick<AccessUser, 'name' | 'id' | 'uid' | 'lastLoginAt' | 'signsInAgain' | 'foundBySearchOnly'>
> {
  email: string
  /** How many sessions, default 1. They were issued in the past and last for a day. */
  sessions?: number
  /** How many sessions besides those survive every revocation, default 0. */
  stickySessions?: number
  /** Device registrations, or how many of them, default 0. */
  devices?: number | readonly NewRegistration[]
  /** Default false. */
  warpSession?: boolean
  /** Default: a seat of Access, and one of Gateway if there is a WARP session. */
  seat?: Partial<Pick<Seat, 'uid' | 'access' | 'gateway'>>
}

/** What a revocation takes away besides the sessions, and what follows. */
export interface RevocationExtent {
  devices: boolean
  warpSession: boolean
  /** Whether each device registers anew in a later second. */
  registrationsComeBack?: boolean
}

/** Makes up whatever a test left open. `at` is the clock in milliseconds. */
export function newUser(said: NewUser, at: number): AccessUser {
  const { email, sessions = 1, stickySessions = 0, devices = 0, warpSession = false, seat, ...more } = said
  const name = said.name ?? email.replace(/@.*/, '')
  return {
    id: randomUUID(),
    uid: randomUUID(),
    ...more,
    email,
    name,
    seat: { uid: randomUUID(), access: true, gateway: warpSession, ...seat },
    sessions: newSessions(sessions, stickySessions, at),
    registrations: newRegistrations(devices, name, at),
    warpSession,
  }
}

/** Takes a user's access away at `at` (clock, milliseconds). Idempotent in effect, as the real call is. */
export function revokeUser(user: AccessUser, extent: RevocationExtent, at: number): void {
  user.revokedAt = at
  const begun = user.sessions.filter((session) => session.issuedAt * 1000 <= at)
  for (const session of begun) {
    if (session.sticky !== true) session.revokedAt ??= at
  }
  if (extent.devices) revokeRegistrations(user, extent.registrationsComeBack === true, at)
  if (extent.warpSession) user.warpSession = false
  // A session still to come belongs to an earlier revocation in this very second: one sign-in answers both.
  if (user.signsInAgain === true && begun.length === user.sessions.length) {
    user.sessions.push(newSession(Math.floor(at / 1000) + 1))
  }
}

function revokeRegistrations(user: AccessUser, comeBack: boolean, at: number): void {
  const active = activeRegistrations(user, at, 0).filter(({ sticky }) => sticky !== true)
  for (const registration of active) {
    registration.revokedAt = at
    if (comeBack) user.registrations.push(registeredAgain(registration, (Math.floor(at / 1000) + 1) * 1000))
  }
}

/** Deletes all device registrations of a user at `at` (clock, milliseconds). */
export function deleteRegistrations(user: AccessUser, at: number): void {
  for (const registration of user.registrations) {
    if (registration.createdAt <= at) registration.deletedAt ??= at
  }
}

/**
 * The sessions the API still lists at `at` (clock, milliseconds).
 *
 * @param propagationMs how long after its revocation a session is gone; 0 gives the true state
 * @param apartMs how much later each further session follows
 */
export function activeSessions(user: AccessUser, at: number, propagationMs: number, apartMs = 0): Session[] {
  return shownSessions(user.sessions, at, { afterMs: propagationMs, apartMs })
}

/** The same for device registrations that are neither revoked nor deleted. */
export function activeRegistrations(
  user: AccessUser,
  at: number,
  propagationMs: number,
  apartMs = 0,
): Registration[] {
  return shownRegistrations(user.registrations, at, { afterMs: propagationMs, apartMs })
    .filter(({ active }) => active)
    .map(({ registration }) => registration)
}

/** When the user last signed in, as of `at`, in milliseconds of the clock; undefined: never. */
export function lastLogin({ lastLoginAt, sessions }: AccessUser, at: number): number | undefined {
  if (lastLoginAt !== undefined) return lastLoginAt ?? undefined
  const begun = sessions.map(({ issuedAt }) => issuedAt * 1000).filter((issuedAt) => issuedAt <= at)
  return begun.length === 0 ? undefined : Math.max(...begun)
}

/** The Zero Trust seat of a user. */
export interface Seat {
  /** UUID; undefined for a user who never had a seat. */
  uid: string | undefined
  access: boolean
  gateway: boolean
  /** Milliseconds of the clock. */
  freedAt?: number
}

/** Frees a seat at `at` (clock, milliseconds). */
export function freeSeat(seat: Seat, at: number): void {
  seat.access = false
  seat.gateway = false
  seat.freedAt = at
}

/**
 * Whether Access holds the seat. A login after the seat was freed takes it again.
 *
 * @param lastLoginAt milliseconds of the clock
 */
export function hasAccessSeat(
  { access, freedAt = Infinity }: Seat,
  lastLoginAt: number | undefined,
): boolean {
  return access || (lastLoginAt ?? 0) > freedAt
}

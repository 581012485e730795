import { randomUUID } from 'node:crypto'
import {
  type Login,
  newLogin,
  type NewLogin,
  type NewRegistration,
  newRegistrations,
  newSession,
  newSessions,
  type Registration,
  type Session,
  shownRegistrations,
  shownSessions,
} from './records.ts'

/** A user of the Zero Trust organization. Two records may have the same address, as at Cloudflare. */
export interface AccessUser {
  /** UUID, the one in the path of `active_sessions`. */
  readonly id: string
  /** UUID, the one that `user_uid` of a revocation means. Different from `id`, so that confusing them shows. */
  readonly uid: string
  /** White space around it is listed, but ignored in comparisons. */
  readonly email: string
  readonly name: string
  readonly seat: Seat
  readonly sessions: Session[]
  readonly registrations: Registration[]
  readonly logins: Login[]
  warpSession: boolean
  /** Milliseconds of the clock; null: never. By default the last login is when the latest session was issued. */
  readonly lastLoginAt?: number | null
  /** When the last revocation took effect, milliseconds of the clock. Absent for a user who was never revoked. */
  revokedAt?: number
  /** After each revocation a new session begins with this login, in a later second than the answer's `Date`. */
  readonly signsInAgain: NewLogin | undefined
  /** The list shows this user without a filter, or to a `search`, but not to the filters `email` and `name`. */
  readonly foundBySearchOnly?: boolean
}

/** The Zero Trust seat of a user. */
export interface Seat {
  /** UUID; undefined for a user who never had a seat. */
  readonly uid: string | undefined
  access: boolean
  gateway: boolean
  /** Access takes the seat at this time, and nothing shows it before. Milliseconds of the clock, as all times here. */
  readonly takenAt?: number
  freedAt?: number
}

/** What a test sets of a user; the rest has defaults. */
export interface NewUser extends Partial<
  Pick<AccessUser, 'name' | 'id' | 'uid' | 'lastLoginAt' | 'foundBySearchOnly' | 'warpSession'>
> {
  readonly email: string
  /** Number of sessions, default 1. They were issued in the past and last for a day. */
  readonly sessions?: number
  /** Number of further sessions that survive every revocation, default 0. */
  readonly stickySessions?: number
  /** When further sessions begin that survive every revocation, milliseconds of the clock; default none. */
  readonly laterSessions?: readonly number[]
  /** Device registrations or their number, default 0. */
  readonly devices?: number | readonly NewRegistration[]
  /** Entries of the login log, default one for each session. */
  readonly logins?: readonly NewLogin[]
  /** Whether a new session begins after each revocation, or by which login; default false. */
  readonly signsInAgain?: boolean | NewLogin
  /** Default: a seat of Access, and one of Gateway if there is a WARP session. */
  readonly seat?: Partial<Omit<Seat, 'freedAt'>>
}

/** A user with defaults for the rest. `at` is the clock in milliseconds. */
export function newUser(
  {
    sessions: count = 1,
    stickySessions = 0,
    laterSessions = [],
    devices = 0,
    logins,
    signsInAgain,
    seat,
    ...given
  }: NewUser,
  at: number,
): AccessUser {
  const { warpSession = false, name = given.email.replace(/@.*/, '') } = given
  const sessions = [
    ...newSessions(count, stickySessions, at),
    ...laterSessions.map((begin) => newSession(Math.floor(begin / 1000), true)),
  ]
  const sessionLogins = sessions.map(({ issuedAt }): NewLogin => ({ at: issuedAt * 1000 }))
  return {
    id: randomUUID(),
    uid: randomUUID(),
    ...given,
    name,
    seat: { uid: randomUUID(), access: true, gateway: warpSession, ...seat },
    sessions,
    registrations: newRegistrations(devices, name, at),
    logins: (logins ?? sessionLogins).map((login) => newLogin(login, at)),
    warpSession,
    signsInAgain: signsInAgain === true ? {} : signsInAgain === false ? undefined : signsInAgain,
  }
}

/** Revokes a user's sessions at `at` (clock, milliseconds). Idempotent in effect, like the real call. */
export function revokeSessions(user: AccessUser, at: number): void {
  user.revokedAt = at
  const begun = user.sessions.filter(({ issuedAt }) => issuedAt * 1000 <= at)
  for (const session of begun) {
    if (session.sticky !== true) session.revokedAt ??= at
  }
  // A session in the future belongs to an earlier revocation in the same second: one sign-in follows both.
  if (user.signsInAgain !== undefined && begun.length === user.sessions.length) {
    const issuedAt = nextSecond(at)
    user.sessions.push(newSession(issuedAt))
    user.logins.push(newLogin(user.signsInAgain, issuedAt * 1000))
  }
}

/**
 * Revokes a user's registrations at `at` (clock, milliseconds).
 *
 * @param comeBack whether each device registers again in a later second
 */
export function revokeRegistrations(user: AccessUser, comeBack: boolean, at: number): void {
  for (const registration of activeRegistrations(user, at, 0)) {
    if (registration.sticky === true) continue
    registration.revokedAt = at
    if (!comeBack) continue
    const { device, kind } = registration
    user.registrations.push({ id: randomUUID(), device, kind, createdAt: nextSecond(at) * 1000 })
  }
}

/** Unix seconds. */
function nextSecond(at: number): number {
  return Math.floor(at / 1000) + 1
}

/** Frees the seat at `at` (clock, milliseconds). */
export function freeSeat({ seat }: AccessUser, at: number): void {
  seat.access = false
  seat.gateway = false
  seat.freedAt = at
}

/** Whether Access holds the seat at `at` (clock, milliseconds). A login after the seat was freed takes it again. */
export function hasAccessSeat(user: AccessUser, at: number): boolean {
  const { access, takenAt = Infinity, freedAt } = user.seat
  const isTaken = takenAt <= at && takenAt > (freedAt ?? -Infinity)
  return access || isTaken || (lastLogin(user, at) ?? 0) > (freedAt ?? Infinity)
}

/** Deletes all device registrations of a user at `at` (clock, milliseconds). */
export function deleteRegistrations(user: AccessUser, at: number): void {
  for (const registration of user.registrations) {
    if (registration.createdAt <= at) registration.deletedAt ??= at
  }
}

/** The sessions that the API lists at `at`, see {@link shownSessions}. */
export function activeSessions(user: AccessUser, at: number, propagationMs: number, apartMs = 0): Session[] {
  return shownSessions(user.sessions, at, propagationMs, apartMs)
}

/** The same for device registrations that are neither revoked nor deleted. */
export function activeRegistrations(
  user: AccessUser,
  at: number,
  propagationMs: number,
  apartMs = 0,
): Registration[] {
  return shownRegistrations(user.registrations, at, propagationMs, apartMs)
    .filter(({ active }) => active)
    .map(({ registration }) => registration)
}

/** When the user last signed in, as of `at`; milliseconds of the clock; undefined: never. */
export function lastLogin({ lastLoginAt, sessions }: AccessUser, at: number): number | undefined {
  if (lastLoginAt !== undefined) return lastLoginAt ?? undefined
  const begun = sessions.map(({ issuedAt }) => issuedAt * 1000).filter((issuedAt) => issuedAt <= at)
  return begun.length === 0 ? undefined : Math.max(...begun)
}

import { randomBytes, randomUUID } from 'node:crypto'

/** One application session of a user, as `active_sessions` lists it. */
export interface Session {
  nonce: string
  /** Unix seconds. A session whose time has not come yet is not listed. */
  issuedAt: number
  /** Unix seconds. */
  expiresAt: number
  /** Milliseconds of the clock. */
  revokedAt?: number
  /** Survives every revocation. */
  sticky?: boolean
}

/** A user of the Zero Trust organization. Two records may carry the same address, as they can at Cloudflare. */
export interface AccessUser {
  /** UUID, the one in the path of `active_sessions`. */
  id: string
  /** UUID, the one that `user_uid` of a revocation means. Different from `id`, so that mistaking them shows. */
  uid: string
  email: string
  name: string
  sessions: Session[]
  devices: number
  /** Milliseconds of the clock. */
  devicesRevokedAt?: number
  warpSession: boolean
  /** After each revocation a new session begins, issued in a later second than the answer's `Date`. */
  signsInAgain?: boolean
}

/** What a test says about a user; the rest is made up. */
export interface NewUser {
  email: string
  name?: string
  id?: string
  uid?: string
  /** How many sessions, default 1. They were issued in the past and last for a day. */
  sessions?: number
  /** How many sessions besides those survive every revocation, default 0. */
  stickySessions?: number
  /** How many devices, default 0. */
  devices?: number
  /** Default false. */
  warpSession?: boolean
  /** Default false. */
  signsInAgain?: boolean
}

/** What a revocation takes away besides the sessions. */
export interface RevocationExtent {
  devices: boolean
  warpSession: boolean
}

const HOUR_S = 3600

/** A session issued at `issuedAt` (Unix seconds), good for a day. */
export function newSession(issuedAt: number): Session {
  return { nonce: randomBytes(8).toString('hex'), issuedAt, expiresAt: issuedAt + 24 * HOUR_S }
}

/** Makes up whatever a test left open. `at` is the clock in milliseconds. */
export function newUser(said: NewUser, at: number): AccessUser {
  const anHourAgo = Math.floor(at / 1000) - HOUR_S
  const sessions = Array.from({ length: said.sessions ?? 1 }, (_, index) =>
    newSession(anHourAgo - index * 60),
  )
  for (let index = 0; index < (said.stickySessions ?? 0); index++) {
    sessions.push({ ...newSession(anHourAgo), sticky: true })
  }
  return {
    id: said.id ?? randomUUID(),
    uid: said.uid ?? randomUUID(),
    email: said.email,
    name: said.name ?? said.email.replace(/@.*/, ''),
    sessions,
    devices: said.devices ?? 0,
    warpSession: said.warpSession ?? false,
    ...(said.signsInAgain === undefined ? {} : { signsInAgain: said.signsInAgain }),
  }
}

/** Takes a user's access away at `at` (clock, milliseconds). Idempotent in effect, as the real call is. */
export function revokeUser(user: AccessUser, extent: RevocationExtent, at: number): void {
  const begun = user.sessions.filter((session) => session.issuedAt * 1000 <= at)
  for (const session of begun) {
    if (session.sticky !== true) session.revokedAt ??= at
  }
  if (extent.devices) user.devicesRevokedAt ??= at
  if (extent.warpSession) user.warpSession = false
  // A session still to come belongs to an earlier revocation in this very second: one sign-in answers both.
  if (user.signsInAgain === true && begun.length === user.sessions.length) {
    user.sessions.push(newSession(Math.floor(at / 1000) + 1))
  }
}

/** The sessions the API still lists at `at`; `propagationMs` after its revocation one is gone. */
export function activeSessions(user: AccessUser, at: number, propagationMs: number): Session[] {
  return user.sessions.filter(
    (session) =>
      session.issuedAt * 1000 <= at &&
      session.expiresAt * 1000 > at &&
      (session.revokedAt === undefined || at < session.revokedAt + propagationMs),
  )
}

/** The devices the API still counts at `at`; `propagationMs` after their revocation they are gone. */
export function activeDevices(user: AccessUser, at: number, propagationMs: number): number {
  return user.devicesRevokedAt === undefined || at < user.devicesRevokedAt + propagationMs ? user.devices : 0
}

import { randomBytes } from 'node:crypto'
import type { Propagation } from './propagation.ts'

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

const HOUR_S = 3600

/** A session issued at `issuedAt` (Unix seconds), good for a day. */
export function newSession(issuedAt: number): Session {
  return { nonce: randomBytes(8).toString('hex'), issuedAt, expiresAt: issuedAt + 24 * HOUR_S }
}

/** Sessions issued an hour and more before `at` (clock, milliseconds): `count` of them, and `sticky` besides. */
export function newSessions(count: number, sticky: number, at: number): Session[] {
  const anHourAgo = Math.floor(at / 1000) - HOUR_S
  return [
    ...Array.from({ length: count }, (_, index) => newSession(anHourAgo - index * 60)),
    ...Array.from({ length: sticky }, () => ({ ...newSession(anHourAgo), sticky: true })),
  ]
}

/** The sessions that the API lists at `at` (clock, milliseconds). */
export function shownSessions(
  sessions: readonly Session[],
  at: number,
  { afterMs, apartMs }: Propagation,
): Session[] {
  return sessions.filter(
    ({ issuedAt, expiresAt, revokedAt = Infinity }, index) =>
      issuedAt * 1000 <= at && expiresAt * 1000 > at && at < revokedAt + afterMs + index * apartMs,
  )
}

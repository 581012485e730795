import { randomBytes } from 'node:crypto'
import type { Propagation } from './propagation.ts'

/** One application session of a user, as `active_sessions` lists it. */
export interface Session {
  readonly nonce: string
  /** Unix seconds. A session in the future is not listed. */
  readonly issuedAt: number
  /** Unix seconds. */
  readonly expiresAt: number
  /** Milliseconds of the clock. */
  revokedAt?: number
  /** Survives every revocation. */
  readonly sticky?: boolean
}

const HOUR_S = 3600

/** A session issued at `issuedAt` (Unix seconds), valid for a day. */
export function newSession(issuedAt: number): Session {
  return { nonce: randomBytes(8).toString('hex'), issuedAt, expiresAt: issuedAt + 24 * HOUR_S }
}

/** `count` sessions and `sticky` more, issued at least an hour before `at` (clock, milliseconds). */
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

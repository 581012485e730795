import type { EmailAddress } from './email-address.ts'

/** A user to revoke, checked. */
export interface User {
  /** In the letter case it was given. */
  readonly email: EmailAddress
  /** The user's UUID, 32 hex characters or 36 with hyphens. */
  readonly userUid?: string
  /** From when on the user is to be revoked; undefined: now. */
  readonly revokeAfter?: Moment
}

/** A point in time as it was given, and in milliseconds since the epoch. */
export interface Moment {
  readonly text: string
  readonly at: number
}

/** Whether the time of a user has come. */
export type Timing = 'due' | 'not_due' | 'past'

/** Milliseconds in a day. */
const DAY = 24 * 60 * 60 * 1_000

/**
 * Whether the user is due at `now` (milliseconds since the epoch).
 *
 * @param dueWithinDays - a user whose time is longer ago is `past`: somebody who was rehired must not be signed out
 * for ever
 */
export function timing({ revokeAfter }: User, now: number, dueWithinDays: number): Timing {
  if (revokeAfter === undefined) return 'due'
  if (revokeAfter.at > now) return 'not_due'
  return now - revokeAfter.at > dueWithinDays * DAY ? 'past' : 'due'
}

/** The form in which addresses are compared: without regard to letter case. */
export function addressKey(email: string): string {
  return email.toLowerCase()
}

/** The form in which UUIDs are compared: without hyphens and letter case. */
export function uuidKey(uuid: string): string {
  return uuid.replaceAll('-', '').toLowerCase()
}

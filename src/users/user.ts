import type { EmailAddress } from '../text/email-address.ts'
import type { Uuid } from '../text/uuid.ts'
import type { Moment } from './dates.ts'

/** A user to revoke, checked. */
export interface User {
  /** In the letter case it was given. */
  readonly email: EmailAddress
  readonly userUid?: Uuid
  /** From when on the user is to be revoked; undefined: now. */
  readonly revokeAfter?: Moment
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

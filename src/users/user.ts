import type { EmailAddress } from '../text/email-address.ts'
import type { Place } from '../text/problem.ts'
import type { Uuid } from '../text/uuid.ts'
import { DAY_MS, type Moment } from './dates.ts'

/** A user to revoke, checked. */
export interface User {
  /** In the letter case it was given. */
  readonly email: EmailAddress
  readonly userUid?: Uuid
  /** From when on the user is to be revoked; undefined for now. */
  readonly revokeAfter?: Moment
  /** Decided once, by the time at which the step started. */
  readonly timing: Timing
  /** Where the user is listed: `leavers.csv:12`, `email:2`; the first place, if there are several. */
  readonly source: string
  /** A customer's own reference, such as a ticket number; up to 200 characters of anything. */
  readonly reference?: string
}

/** A row that cannot be used, where the step says to go on without it (`bad-rows: skip`). */
export interface BadRow extends Place {
  /** As given, unchecked; empty if the row has none. */
  readonly email: string
  /** What is wrong with it, each in full sentences. */
  readonly problems: readonly string[]
}

/** Whether the time of a user has come. */
export type Timing = 'due' | 'not_due' | 'past'

/**
 * Whether a user is due at `now` (milliseconds since the epoch).
 *
 * @param revokeAfter - undefined for now
 * @param dueWithinDays - a user whose time is longer ago is `past`, so that someone who is rehired is not signed out
 * forever
 */
export function timingOf(revokeAfter: Moment | undefined, now: number, dueWithinDays: number): Timing {
  if (revokeAfter === undefined) return 'due'
  if (revokeAfter.at > now) return 'not_due'
  return now - revokeAfter.at > dueWithinDays * DAY_MS ? 'past' : 'due'
}

/** Whether the user's time came within the 24 hours before `now` (milliseconds since the epoch). */
export function isNewlyDue({ revokeAfter }: User, now: number): boolean {
  return revokeAfter !== undefined && revokeAfter.at <= now && now - revokeAfter.at <= DAY_MS
}

import type { Seat } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import type { Problem } from '../text/problem.ts'

/**
 * What a step takes away from a user, in the order in which it is checked and shown. The seat comes after the sessions,
 * because a user who is signed in would take it again, and before the devices, because freeing it deletes their
 * registrations.
 */
export const CONTROLS = ['access_tokens', 'sessions', 'seat', 'devices', 'warp_session'] as const

/** The name of a control, as the report has it. */
export type ControlName = (typeof CONTROLS)[number]

/**
 * `verified`: read back. `confirmed`: Cloudflare confirmed it, and nothing can be or was read back. `failed`: it was not
 * done. `not_known`: nothing shows whether it was done.
 */
export type ControlState = 'verified' | 'confirmed' | 'failed' | 'not_known' | 'not_requested'

/** The state of each control of a user. */
export type ControlStates = Readonly<Record<ControlName, ControlState>>

/** Whether the verification of a user succeeded. `not_done`: nothing could be verified either way. */
export type Verification = 'passed' | 'failed' | 'not_done'

/** How many there were before and after the revocation, as far as that is known. */
export interface Counts {
  readonly before?: number | undefined
  readonly after?: number | undefined
}

/** A device registration of a user. */
export interface DeviceRecord {
  readonly id: string
  /** Of the device; undefined if it has none. */
  readonly name?: string | undefined
  readonly registrationType?: string | undefined
  readonly status: 'active' | 'revoked' | 'deleted'
  /** Milliseconds since the epoch; of a revoked one, if it is known. */
  readonly revokedAt?: number | undefined
}

/** The devices of a user. */
export interface DeviceChecks extends Counts {
  /** By status, active ones first; undefined if only their number is known. */
  readonly registrations?: readonly DeviceRecord[] | undefined
}

/** The seats of a user. */
export interface SeatChecks {
  /** `none`: there was none to free. `not_done`: they were left as they are. */
  readonly state: 'removed' | 'none' | 'failed' | 'not_done'
  /** The seats as the answer to their change showed them. */
  readonly seats: readonly Seat[]
  /** In a dry run: whether there is a seat to free. */
  readonly wouldFree?: boolean
}

/** What was found out about a user besides the revocation. A field is absent if it is not known, or was not asked for. */
export interface UserChecks {
  readonly controls: ControlStates
  /** The IDs of the user's records; absent if the user was not looked up, or not found. */
  readonly accountUserIds?: readonly string[]
  /** Absent with `verify: false`. */
  readonly verification?: Verification
  /** When sessions or devices were last read after the revocation, in milliseconds since the epoch. */
  readonly verifiedAt?: number
  readonly sessions?: Counts
  readonly devices?: DeviceChecks
  /** Absent without `remove-seat`. */
  readonly seat?: SeatChecks
  /** What the reader should know though it is no failure. */
  readonly warnings: readonly Problem[]
}

/** The states of controls that all went the same way. What the step does not request is `not_requested`. */
export function sameStates(
  { devices, removeSeat, warpSessionReauth }: Pick<Options, 'devices' | 'removeSeat' | 'warpSessionReauth'>,
  state: ControlState,
): ControlStates {
  return {
    access_tokens: state,
    sessions: state,
    seat: removeSeat ? state : 'not_requested',
    devices: devices ? state : 'not_requested',
    warp_session: warpSessionReauth ? state : 'not_requested',
  }
}

import type { ServerTime } from '../cloudflare/answer.ts'
import type { FailedCall } from '../cloudflare/client.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Seat } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import type { Problem } from '../text/problem.ts'
import type { User } from '../users/user.ts'

/**
 * What a step takes away from a user, in the order in which it is checked and shown. The seat comes after the sessions,
 * because a user who is signed in would take it again, and before the devices, because freeing it deletes their
 * registrations.
 */
export const CONTROLS = ['access_tokens', 'sessions', 'seat', 'devices', 'warp_session'] as const

export type ControlName = (typeof CONTROLS)[number]

/**
 * `verified`: read back. `confirmed`: Cloudflare confirmed it, and nothing can be or was read back. `failed`: it was not
 * done. `not_known`: nothing shows whether it was done.
 */
export type ControlState = 'verified' | 'confirmed' | 'failed' | 'not_known' | 'not_requested'

export type ControlStates = Readonly<Record<ControlName, ControlState>>

/** Whether the verification of a user succeeded. `not_done`: nothing could be verified either way. */
export type Verification = 'passed' | 'failed' | 'not_done'

/** How many there were before and after the revocation, as far as that is known. */
export interface Counts {
  readonly before?: number | undefined
  readonly after?: number | undefined
}

export interface DeviceRecord {
  readonly id: string
  /** Of the device; undefined if it has none. */
  readonly name?: string | undefined
  readonly registrationType?: string | undefined
  readonly status: 'active' | 'revoked' | 'deleted'
  /** Milliseconds since the epoch; of a revoked one, if it is known. */
  readonly revokedAt?: number | undefined
}

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
  /** Registrations by status, active ones first; undefined if only their number is known. */
  readonly devices?: Counts & { readonly registrations?: readonly DeviceRecord[] }
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

/** A confirmed revocation, after which the controls are checked. */
export interface Confirmation {
  readonly user: User
  /** What the confirming answer showed of the server's clock. */
  readonly time: ServerTime
  /** Identifies the confirming call to Cloudflare support. */
  readonly rayId?: string
  /** When it arrived, in milliseconds of the throttle's running time. */
  readonly runningTime: number
  /**
   * Describes the last login allowed after this time, by default the second after the confirmation, from the login log:
   * `2030-01-31T12:03:00Z to grafana.example.com with one-time PIN (203.0.113.7)`; undefined if the log shows none.
   */
  readonly findLogin: (after?: number) => Promise<string | undefined>
}

/** What was found of a control after a confirmed revocation: there is a problem unless it passed. */
export type ControlResult = Passed | NotPassed

type Passed = Found & { readonly state: 'verified' | 'confirmed'; readonly problem?: undefined }
type NotPassed = Found & { readonly state: 'failed' | 'not_known'; readonly problem: ApiProblem }

interface Found {
  readonly warnings: readonly Problem[]
  /** What was read of it, if it was. */
  readonly checks?: Partial<Pick<UserChecks, 'sessions' | 'seat' | 'devices' | 'verifiedAt'>>
}

export const VERIFIED: Passed = { state: 'verified', warnings: [] }

/** @param rayId - of the answer that support is to be asked about */
export function failed(problem: ApiProblem, rayId?: string): NotPassed {
  return { state: 'failed', problem: { ...problem, ...(rayId !== undefined && { rayId }) }, warnings: [] }
}

export function notVerified(problem: ApiProblem): NotPassed {
  const what = `Revoked, but not verified: ${problem.what}`
  return { state: 'not_known', problem: { ...problem, what, scope: 'user' }, warnings: [] }
}

/** The user came back after the revocation: failure or warning, by `signed-in-again`. */
export function cameBack(problem: ApiProblem, { signedInAgain }: Options): ControlResult {
  return signedInAgain === 'fail' ? failed(problem) : { ...VERIFIED, warnings: [{ what: problem.what }] }
}

/**
 * Why a look-up or a check failed.
 *
 * @param alternative - how to do without it if the credential lacks the permission, as a full sentence
 */
export function readProblem(call: FailedCall, alternative: string): ApiProblem {
  if (call.kind === 'stopped') return userProblem(call.reason.what, call.reason.remedy)
  const { problem } = call
  if (problem.permission === undefined || problem.remedy === undefined) return problem
  return { ...problem, remedy: `${problem.remedy} ${alternative}` }
}

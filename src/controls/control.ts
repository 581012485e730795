import type { ServerTime } from '../cloudflare/answer.ts'
import type { FailedCall } from '../cloudflare/client.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import type { Owner } from '../organization/owner.ts'
import type { RunContext } from '../organization/run-context.ts'
import type { User } from '../users/user.ts'

/** Something that a step takes away from a user. */
export interface Control {
  /** Its key in the report. */
  readonly name: string
  /** Its name for people: `Access tokens`. */
  readonly label: string
  /** Its name in a list of what the revoke call covers: `devices`. Undefined for one that the call does not cover. */
  readonly extent?: string
  /** What a run that does not request it leaves untouched, as a full sentence. */
  readonly untouched?: string
  /** Counts the users for whom it was done, for the last line of the log: `2 seats freed`. */
  readonly tally?: (users: number) => string
  /** The inputs that make a step look users up for it, in backticks. */
  readonly lookUpInput?: string
  /** What it means if users cannot be looked up, as a full sentence. */
  readonly withoutLookUp?: string
  /** Whether it is read back as a proof, on which the seat and `verification` depend. */
  readonly isProof: boolean
  readonly isRequested: (options: Options) => boolean
  /** Whether users are looked up for it. */
  readonly needsLookUp: (options: Options) => boolean
  /** How many calls it takes for each user, besides the look-up and the revocation. */
  readonly calls: (options: Options) => number
  /** What is known of it without a look-up. */
  readonly seenWithoutLookUp: (options: Options) => Seen
  /** Reads its state before the revocation; undefined for a control that cannot be read. */
  readonly lookUp?: (owner: Owner, run: RunContext) => Promise<LookedUp>
  /** The problem of a user whose control could not be checked after a confirmed revocation. */
  readonly unchecked: (problem: ApiProblem) => ApiProblem
}

/**
 * `verified`: read back. `confirmed`: Cloudflare confirmed it, and nothing can be or was read back. `failed`: it was not
 * done. `not_known`: nothing proves it one way or the other.
 */
export type ControlState = 'verified' | 'confirmed' | 'failed' | 'not_known' | 'not_requested'

/** A value of the report. */
export type Fact =
  string | number | boolean | null | undefined | readonly Fact[] | { readonly [key: string]: Fact }

/** What was read of a control, or done for it. */
export interface Seen {
  /** Fields of the user's entry in the report. */
  readonly facts: Readonly<Record<string, Fact>>
  /** Undefined where nothing was to be counted. */
  readonly counts?: { readonly before?: number | undefined; readonly after?: number | undefined }
  /** When it was last read after the revocation, in milliseconds since the epoch. */
  readonly readAt?: number
  /** A few words for the log; empty if there is nothing to say. */
  readonly phrase: string
  /** What the job summary says besides the counts; empty if there is nothing to say. */
  readonly detail: string
  /** Set if the user counts in the control's {@link Control.tally}. */
  readonly isTallied?: true
}

/** What was read of a control before the revocation. */
export interface LookedUp {
  readonly seen: Seen
  /** The answers that were read, whose clocks must not contradict the confirmation's. */
  readonly answers: readonly ServerTime[]
  /** Why it could not be read, which makes a dry run fail. */
  readonly problem?: ApiProblem
  /** Checks the control after a confirmed revocation. */
  readonly check: (confirmation: Confirmation, progress: Progress) => Promise<Finding>
}

/** A confirmed revocation. */
export interface Confirmation {
  readonly user: User
  /** What the confirming answer showed of the server's clock. */
  readonly time: ServerTime
  /** Identifies the confirming call to Cloudflare support. */
  readonly rayId?: string
  /** When it arrived, in milliseconds of the queue's running time. */
  readonly runningTime: number
  /** Whether the user was looked up only after it, so that nothing is known of the time before. */
  readonly isLookUpLate: boolean
  /** All answers of the look-up. */
  readonly answers: readonly ServerTime[]
  /**
   * How the user came back, if the login log shows it. It is read once, and only when this is called.
   *
   * @param after - milliseconds since the epoch, by default the second after the confirmation
   */
  readonly login: (after?: number) => Promise<string | undefined>
}

/** How far the controls of a user have been checked. */
export interface Progress {
  /** Whether all proofs so far succeeded. */
  readonly isProven: boolean
  /** Whether the user was seen to be signed in again. */
  readonly signedInAgain: boolean
}

/** What was found out about a control of one user after a confirmed revocation. */
export interface Finding extends Seen {
  readonly state: ControlState
  /** What keeps the user from being revoked. */
  readonly problems: readonly ApiProblem[]
  /** What the reader should know though it is no failure, in full sentences. */
  readonly warnings: readonly string[]
  /** Set if a session or registration was begun after the revocation. */
  readonly signedInAgain?: true
}

/** The result of a control for one user. */
export interface ControlResult extends Finding {
  readonly control: Control
}

/** Nothing was read, and there is nothing to say. */
export const NOTHING_SEEN: Seen = { facts: {}, phrase: '', detail: '' }

/** A finding without problems or warnings. */
export function finding(state: ControlState, seen: Seen = NOTHING_SEEN): Finding {
  return { state, ...seen, problems: [], warnings: [] }
}

/** The control failed: what it takes away is still there. */
export function failed(problem: ApiProblem, seen: Seen = NOTHING_SEEN): Finding {
  return { ...finding('failed', seen), problems: [problem] }
}

/** A confirmed revocation could not be verified. */
export function notVerified(problem: ApiProblem, seen: Seen = NOTHING_SEEN): Finding {
  return { ...finding('not_known', seen), problems: [unverifiable(problem)] }
}

/** The user came back after the revocation: failure or warning, by `signed-in-again`. */
export function cameBack(
  problem: ApiProblem,
  { signedInAgain }: Pick<Options, 'signedInAgain'>,
  seen: Seen = NOTHING_SEEN,
): Finding {
  const base =
    signedInAgain === 'fail'
      ? failed(problem, seen)
      : { ...finding('verified', seen), warnings: [`${problem.what}.`] }
  return { ...base, signedInAgain: true }
}

/** When a control was last read after the revocation, in milliseconds since the epoch; undefined if none was. */
export function lastReadOf(controls: readonly Seen[]): number | undefined {
  return controls.reduce<number | undefined>(
    (last, { readAt }) => (readAt === undefined ? last : Math.max(last ?? readAt, readAt)),
    undefined,
  )
}

/** The problem of a user whose confirmed revocation could not be verified. */
export function unverifiable(problem: ApiProblem): ApiProblem {
  return { ...problem, what: `Revoked, but not verified: ${problem.what}`, scope: 'user' }
}

/**
 * Why a look-up or a check failed.
 *
 * @param alternative - how to do without it if the credential lacks the permission, as a full sentence
 */
export function readProblem(call: FailedCall, alternative: string): ApiProblem {
  if (call.kind === 'stopped') return userProblem(call.reason.what, call.reason.remedy)
  const { problem } = call
  const { permission, remedy } = problem
  return permission === undefined || remedy === undefined
    ? problem
    : { ...problem, remedy: `${remedy} ${alternative}` }
}

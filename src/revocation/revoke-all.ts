import pLimit from 'p-limit'
import pMap from 'p-map'
import { unexpectedProblem } from '../cloudflare/problem.ts'
import { CONTROLS, uncheckedControls } from '../controls/controls.ts'
import { needsLookUp, type Options, verifiesSessions, type RunOptions } from '../inputs/options.ts'
import type { CallPlan } from '../organization/run-context.ts'
import type { RunStop } from '../runner/run-stop.ts'
import type { User } from '../users/user.ts'
import type { DueOutcome } from './outcome.ts'

/** With more due users, evidence from before the revocation is left out where it costs a call for each user. */
const MAX_USERS_OF_SHORT_LIST = 100

/** Sessions before, further letter cases, and a few more reads. */
const SPARE_CALLS_OF_PROOF = 5

/** Plans the calls for this many due users. */
export function planCalls(due: number, options: RunOptions): CallPlan {
  const calls = CONTROLS.reduce(
    (sum, control) => sum + control.calls(options),
    1 + (needsLookUp(options) ? 1 : 0),
  )
  return {
    isLong: due > MAX_USERS_OF_SHORT_LIST,
    maxCalls: due * (calls + (verifiesSessions(options) ? SPARE_CALLS_OF_PROOF : 0)),
    callsOneByOne: due * calls,
  }
}

/** Users whose controls are checked at the same time: more would take memory, and get no answers sooner. */
const MAX_PENDING_PROOFS = 500

/** The outcome for a user, or a function that waits for it. */
export type Pending = DueOutcome | (() => Promise<DueOutcome>)

/** How to process users. */
export interface Processing {
  readonly processUser: (user: User) => Promise<Pending>
  readonly options: Options
  readonly stop: RunStop
  /** Called for each user, as it happens. */
  readonly onOutcome: (outcome: DueOutcome) => void
  /** Called with unexpected errors. */
  readonly onUnexpected: (error: unknown) => void
}

/**
 * Processes all due users: the first alone, then several at once. A failure that would hit all users stops the run; any
 * other concerns its user alone.
 */
export async function revokeAll(
  due: readonly User[],
  { processUser, options, stop, onOutcome, onUnexpected }: Processing,
): Promise<ReadonlyMap<User, DueOutcome>> {
  const outcomes = new Map<User, DueOutcome>()
  const limitProofs = pLimit(MAX_PENDING_PROOFS)
  const proofs: Promise<void>[] = []
  const conclude = (outcome: DueOutcome): void => {
    if (due.length > 1 && outcome.status === 'failed' && outcome.problem.scope === 'all_users') {
      const { what, remedy = '' } = outcome.problem
      stop.stop({ what: `${what}: all other users would fail too`, remedy })
    }
    outcomes.set(outcome.user, outcome)
    onOutcome(outcome)
  }
  const orFailed = async <T>(user: User, work: () => Promise<T>): Promise<T | DueOutcome> =>
    work().catch((error: unknown) => {
      onUnexpected(error)
      return unexpected(user, error, options)
    })
  const start = async (user: User): Promise<void> => {
    const pending: Pending =
      stop.reason === undefined
        ? await orFailed(user, async () => processUser(user))
        : { status: 'skipped', revocation: 'not_sent', user, reason: stop.reason }
    if (typeof pending !== 'function') conclude(pending)
    else {
      proofs.push(
        limitProofs(async () => {
          conclude(await orFailed(user, pending))
        }),
      )
    }
  }
  const [first, ...others] = due
  if (first !== undefined) await start(first)
  await pMap(others, start, { concurrency: options.concurrency })
  await Promise.all(proofs)
  return outcomes
}

/** After an unexpected error, the user counts as not revoked, and the run goes on. */
function unexpected(user: User, error: unknown, options: Options): DueOutcome {
  const now = Date.now()
  return {
    status: 'failed',
    revocation: 'unconfirmed',
    user,
    attempts: 0,
    startedAt: now,
    finishedAt: now,
    problem: unexpectedProblem(error),
    controls: uncheckedControls(options, 'not_known'),
    warnings: [],
  }
}

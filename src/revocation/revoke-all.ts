import pLimit from 'p-limit'
import pMap from 'p-map'
import { unexpectedProblem } from '../cloudflare/problem.ts'
import type { RunStop } from '../runner/run-stop.ts'
import type { User } from '../users/user.ts'
import type { DueOutcome, Outcome } from './outcome.ts'

/** Users who are waited for at once: more would take memory, and get no answer sooner. */
const MOST_WAITED_FOR = 500

/** What became of a user, or what is still to be waited for until that is known. */
export type Pending = DueOutcome | (() => Promise<DueOutcome>)

/** How a run goes about its users. */
export interface RevokeAllOptions {
  readonly revokeOne: (user: User) => Promise<Pending>
  /** Users at once; those that are only waited for do not count. */
  readonly concurrency: number
  readonly stop: RunStop
  /** Called for each user, as it happens. */
  readonly onOutcome: (outcome: DueOutcome) => void
  /** Called with whatever was thrown that nobody thought of. */
  readonly onUnexpected: (error: unknown) => void
}

/** What became of each user; whoever is not in it was left alone. */
export type Outcomes = ReadonlyMap<User, Outcome>

/**
 * Sees to all users who are due: the first alone, then several at once. A failure that would hit everybody stops the
 * run; any other concerns its user alone.
 */
export async function revokeAll(due: readonly User[], options: RevokeAllOptions): Promise<Outcomes> {
  const { revokeOne, concurrency, stop, onOutcome, onUnexpected } = options
  const outcomes = new Map<User, DueOutcome>()
  const placeToWait = pLimit(MOST_WAITED_FOR)
  const waited: Promise<void>[] = []
  const settle = (outcome: DueOutcome): void => {
    if (due.length > 1 && outcome.status === 'failed' && outcome.problem.scope === 'all_users') {
      const { what, remedy = '' } = outcome.problem
      stop.stop({ what: `${what}: everybody else would fail in the same way`, remedy })
    }
    outcomes.set(outcome.user, outcome)
    onOutcome(outcome)
  }
  const orFailed = async <T>(user: User, work: () => Promise<T>): Promise<T | DueOutcome> =>
    work().catch((error: unknown) => {
      onUnexpected(error)
      return unexpected(user, error)
    })
  const begin = async (user: User): Promise<void> => {
    const pending: Pending =
      stop.reason === undefined
        ? await orFailed(user, () => revokeOne(user))
        : { status: 'skipped', revocation: 'not_sent', user, reason: stop.reason }
    if (typeof pending !== 'function') settle(pending)
    else {
      const settled = async (): Promise<void> => {
        settle(await orFailed(user, pending))
      }
      waited.push(placeToWait(settled))
    }
  }
  const [first, ...others] = due
  if (first !== undefined) await begin(first)
  await pMap(others, begin, { concurrency })
  await Promise.all(waited)
  return outcomes
}

/** What an exception that nobody thought of makes of a user: it may not be revoked, and the others go on. */
function unexpected(user: User, error: unknown): DueOutcome {
  const now = Date.now()
  return {
    status: 'failed',
    revocation: 'unconfirmed',
    user,
    attempts: 0,
    startedAt: now,
    finishedAt: now,
    problem: unexpectedProblem(error),
  }
}

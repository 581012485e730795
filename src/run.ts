import pMap from 'p-map'
import type { DueOutcome } from './outcome.ts'
import { unexpected } from './revoke.ts'
import type { RunStop } from './run-stop.ts'
import type { User } from './user.ts'

/** What became of a user, or what is still to be waited for until that is known; it never throws. */
export type Pending = DueOutcome | (() => Promise<DueOutcome>)

/** How a run goes about its users. */
export interface RunOptions {
  readonly revokeOne: (user: User) => Promise<Pending>
  /** Users at once; those that are only waited for do not count. */
  readonly concurrency: number
  readonly stop: RunStop
  /** Called for each user, as it happens. */
  readonly onOutcome: (outcome: DueOutcome) => void
}

/** What became of each user. */
export type Outcomes = ReadonlyMap<User, DueOutcome>

/**
 * Sees to all users who are due: the first alone, then several at once. A failure that would hit everybody stops the
 * run; any other concerns its user alone.
 */
export async function runAll(due: readonly User[], options: RunOptions): Promise<Outcomes> {
  const { revokeOne, concurrency, stop, onOutcome } = options
  const outcomes = new Map<User, DueOutcome>()
  const waited: Promise<void>[] = []
  const settle = (user: User, outcome: DueOutcome): void => {
    if (due.length > 1 && outcome.status === 'failed' && outcome.problem.reach === 'everyone') {
      stop.stop(`${outcome.problem.what}: everybody else would fail in the same way.`)
    }
    outcomes.set(user, outcome)
    onOutcome(outcome)
  }
  const begin = async (user: User): Promise<void> => {
    const pending: Pending = await (stop.why === undefined
      ? revokeOne(user).catch((error: unknown) => unexpected(user, error))
      : ({ status: 'skipped', revocation: 'not_sent', user, why: stop.why } as const))
    if (typeof pending !== 'function') settle(user, pending)
    else {
      const wait = async (): Promise<void> => {
        settle(user, await pending())
      }
      waited.push(wait())
    }
  }
  const [first, ...others] = due
  if (first !== undefined) await begin(first)
  await pMap(others, begin, { concurrency })
  await Promise.all(waited)
  return outcomes
}

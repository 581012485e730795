import pMap from 'p-map'
import type { DueOutcome } from './outcome.ts'
import { unexpected } from './revoke.ts'
import type { RunStop } from './run-stop.ts'
import type { User } from './user.ts'

/** How a run goes about its users. */
export interface RunOptions {
  readonly revokeOne: (user: User) => Promise<DueOutcome>
  /** Users at once. */
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
  const settle = async (user: User): Promise<void> => {
    const outcome = await (stop.why === undefined
      ? revokeOne(user).catch((error: unknown) => unexpected(user, error))
      : ({ status: 'skipped', revocation: 'not_sent', user, why: stop.why } as const))
    if (due.length > 1 && outcome.status === 'failed' && outcome.problem.reach === 'everyone') {
      stop.stop(`${outcome.problem.what}: everybody else would fail in the same way.`)
    }
    outcomes.set(user, outcome)
    onOutcome(outcome)
  }
  const [first, ...others] = due
  if (first !== undefined) await settle(first)
  await pMap(others, settle, { concurrency })
  return outcomes
}

import pMap from 'p-map'
import { unexpectedProblem } from '../cloudflare/problem.ts'
import type { User } from '../users/user.ts'
import { checksBefore } from '../verify/look-up.ts'
import type { RunContext } from '../verify/run-context.ts'
import { dryRunUser } from './dry-run.ts'
import type { DueOutcome, Skipped } from './outcome.ts'
import { type OutcomeOrVerification, revokeUser } from './revoke-user.ts'

/** Users who are verified at the same time: more would take memory, and get no answers sooner. */
const MAX_VERIFICATIONS = 500

/**
 * Revokes all due users, or checks them in a dry run: the first alone, then several at once. A failure that would hit all
 * users stops the run; any other concerns its user alone.
 *
 * @param onOutcome - called for each user, as it happens
 */
export async function revokeAll(
  due: readonly User[],
  run: RunContext,
  onOutcome: (outcome: DueOutcome) => void,
): Promise<ReadonlyMap<User, DueOutcome>> {
  const { options, stop } = run
  const outcomes = new Map<User, DueOutcome>()
  // Not by p-limit, which takes as much memory for each user who waits as the user does.
  const waiting: (() => Promise<DueOutcome>)[] = []
  const verifications = new Set<Promise<void>>()
  const conclude = (outcome: DueOutcome): void => {
    if (due.length > 1 && outcome.status === 'failed' && outcome.problem.scope === 'all_users') {
      const { what, remedy = '' } = outcome.problem
      stop.stop({ what: `${what}: all other users would fail too`, remedy })
    }
    outcomes.set(outcome.user, outcome)
    onOutcome(outcome)
  }
  const verify = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) conclude(await next())
  }
  const start = async (user: User): Promise<void> => {
    const started = await startUser(user, run)
    if (typeof started !== 'function') {
      conclude(started)
      return
    }
    waiting.push(started)
    if (verifications.size >= MAX_VERIFICATIONS) return
    const verification = verify().finally(() => verifications.delete(verification))
    verifications.add(verification)
  }
  const [first, ...others] = due
  if (first !== undefined) await start(first)
  await pMap(others, start, { concurrency: options.concurrency })
  await Promise.all(verifications)
  return outcomes
}

/** After an unexpected error, the user counts as not revoked, and the run goes on. */
async function startUser(user: User, run: RunContext): Promise<OutcomeOrVerification> {
  const { options, stop, log } = run
  if (stop.reason !== undefined) return skipped(user, run, stop.reason)
  try {
    return await (options.dryRun ? dryRunUser(user, run) : revokeUser(user, run))
  } catch (error) {
    log.unexpected(error)
    const now = Date.now()
    return {
      status: 'failed',
      revocation: 'unconfirmed',
      user,
      attempts: 0,
      startedAt: now,
      finishedAt: now,
      problem: unexpectedProblem(error),
      checks: checksBefore(options, 'not_known'),
    }
  }
}

function skipped(user: User, { options }: RunContext, reason: Skipped['reason']): Skipped {
  const checks = checksBefore(options, options.dryRun ? 'not_requested' : 'failed')
  return { status: 'skipped', revocation: 'not_sent', user, reason, checks }
}

import type { Endpoints } from '../cloudflare/endpoints.ts'
import { userProblem } from '../cloudflare/problem.ts'
import { type NotSeen, notSeen, type Patience } from './patience.ts'
import { clocksDisagree, type Evidence, sortSessions, type SortedSessions } from './session-evidence.ts'
import { readSessions } from './sessions-of-user.ts'
import type { Owner } from './user-directory.ts'
import { readProblem } from './read-problem.ts'

/** What a read of a user's sessions showed. */
export interface SeenSessions extends SortedSessions {
  readonly kind: 'seen'
}

/**
 * Reads until no session from before the revocation is left.
 *
 * @param confirmedAt - when the revocation was confirmed, by the running time of the queue
 */
export async function waitForSessions(
  endpoints: Endpoints,
  patience: Patience,
  owner: Owner,
  evidence: Evidence,
  confirmedAt: number,
): Promise<SeenSessions | NotSeen> {
  return patience.until(
    async () => lookAtSessions(endpoints, owner, evidence),
    ({ old }) => old === 0,
    confirmedAt,
  )
}

/** Reads the sessions once. */
async function lookAtSessions(
  endpoints: Endpoints,
  owner: Owner,
  evidence: Evidence,
): Promise<SeenSessions | NotSeen> {
  const sessions = await readSessions(endpoints, owner, 'read')
  if (sessions.kind !== 'read') return notSeen(readProblem(sessions, 'Or remove `verify`.'))
  if (sessions.lists.some((list) => clocksDisagree(list, evidence.confirmation)))
    return notSeen(CLOCKS_DISAGREE)
  const sorted = sessions.lists.map((list) => sortSessions(list.result, list, evidence))
  return {
    kind: 'seen',
    old: sorted.reduce((sum, { old }) => sum + old, 0),
    anew: sorted.flatMap(({ anew }) => anew),
  }
}

/** That nothing can be told by clocks that contradict each other. */
export const CLOCKS_DISAGREE = userProblem(
  'the `Date` headers of the answers contradict each other by more than a minute',
  'Look for a proxy between the runner and Cloudflare that keeps or changes answers.',
)

import { isMissed, type Outcome, totalsOf } from '../revocation/outcome.ts'
import type { Outputs } from '../runner/outputs.ts'

/** GitHub takes 1 MB of outputs per job, counted as UTF-16; the rest is for other outputs. In bytes. */
const ROOM_FOR_FAILED = 900_000

/**
 * The outputs of a run that came to its end.
 *
 * @param report - the path of the report; empty if there is none
 */
export function outputsOf(outcomes: readonly Outcome[], report: string): Outputs {
  const { revoked, failed, skipped, unknown } = totalsOf(outcomes)
  const missed = JSON.stringify(outcomes.filter(isMissed).map(({ user }) => user.email))
  return {
    revoked: revoked > 0 && failed + skipped + unknown === 0 ? 'true' : 'false',
    'revoked-count': `${revoked}`,
    'failed-count': `${failed + skipped}`,
    'unknown-count': `${unknown}`,
    // Never cut: half a list would look like a whole one.
    failed: missed.length * 2 > ROOM_FOR_FAILED ? '' : missed,
    report,
  }
}

import { isNotRevoked, totalsOf } from '../revocation/outcome.ts'
import type { Outputs } from '../runner/step-files.ts'
import type { RunRecord } from './verdict.ts'

/** GitHub takes 1 MB of outputs per job, counted as UTF-16; the rest is for other outputs. In bytes. */
const ROOM_FOR_FAILED = 900_000

/**
 * The outputs of a run that came to its end. A row that could not be used counts as failed, but what it gives for an
 * address is not among the addresses, so that a retry can read them.
 *
 * @param report - the path of the report; empty if there is none
 */
export function outputsOf(
  { outcomes, badRows }: Pick<RunRecord, 'outcomes' | 'badRows'>,
  report: string,
): Outputs {
  const { revoked, failed, skipped, unknown } = totalsOf(outcomes)
  const failures = failed + skipped + badRows.length
  const addresses = JSON.stringify(outcomes.filter(isNotRevoked).map(({ user }) => user.email))
  return {
    revoked: revoked > 0 && failures + unknown === 0 ? 'true' : 'false',
    'revoked-count': `${revoked}`,
    'failed-count': `${failures}`,
    'unknown-count': `${unknown}`,
    // Never cut: half a list would look like a whole one.
    failed: addresses.length * 2 > ROOM_FOR_FAILED ? '' : addresses,
    report,
  }
}

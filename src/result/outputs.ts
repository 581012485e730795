import { failsStep, totalsOf } from '../revocation/outcome.ts'
import { isProblem } from '../text/problem.ts'
import type { RunRecord } from './verdict.ts'

/** The outputs of a step that has not finished, as strings for the runner. */
export const INITIAL_OUTPUTS = {
  revoked: 'false',
  'revoked-count': '0',
  /** Counts are empty when they are not known. */
  'failed-count': '',
  'unknown-count': '',
  /** Also empty unless it was requested. */
  'not-listed-count': '',
  /** JSON array of addresses; empty when it is not known. */
  failed: '',
  /** Path of the report; empty if there is none. */
  report: '',
}

/** GitHub takes 1 MB of outputs per job, counted as UTF-16; the rest is for other outputs. In bytes. */
const ROOM_FOR_FAILED = 900_000

/**
 * The outputs of a finished run. In a dry run, the users who would fail count as failed. A row that could not
 * be used counts as failed, too, but its address is not among the addresses, so that a retry can read them.
 *
 * @param report - the path of the report; empty if there is none
 */
export function outputsOf({ outcomes, list, notListed }: RunRecord, report: string): typeof INITIAL_OUTPUTS {
  const { revoked, unknown } = totalsOf(outcomes)
  const failed = outcomes.filter(failsStep)
  const failures = failed.length + list.badRows.length
  const addresses = JSON.stringify(failed.map(({ user }) => user.email))
  return {
    revoked: revoked > 0 && failures + unknown === 0 ? 'true' : 'false',
    'revoked-count': `${revoked}`,
    'failed-count': `${failures}`,
    'unknown-count': `${unknown}`,
    'not-listed-count': notListed === undefined || isProblem(notListed) ? '' : `${notListed.length}`,
    // Never cut: half a list would look like a whole one.
    failed: addresses.length * 2 > ROOM_FOR_FAILED ? '' : addresses,
    report,
  }
}

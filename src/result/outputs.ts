import { failsStep, totalsOf } from '../revocation/outcome.ts'
import type { RunRecord } from './verdict.ts'

/** The outputs of the step, as strings for the runner. */
export interface Outputs {
  readonly revoked: 'true' | 'false'
  readonly 'revoked-count': string
  /** Empty when it is not known. */
  readonly 'failed-count': string
  /** Empty when it is not known. */
  readonly 'unknown-count': string
  /** JSON array of addresses; empty when it is not known. */
  readonly failed: string
  /** Path of the report; empty if there is none. */
  readonly report: string
}

/** The outputs of a step that has not finished. */
export const INITIAL_OUTPUTS: Outputs = {
  revoked: 'false',
  'revoked-count': '0',
  'failed-count': '',
  'unknown-count': '',
  failed: '',
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
export function outputsOf({ outcomes, list }: RunRecord, report: string): Outputs {
  const { revoked, unknown } = totalsOf(outcomes)
  const failed = outcomes.filter(failsStep)
  const failures = failed.length + list.badRows.length
  const addresses = JSON.stringify(failed.map(({ user }) => user.email))
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

import * as core from '@actions/core'
import type { Outputs } from './fail-closed.ts'
import type { Outcome } from './revoke.ts'

/** The outputs of a run that came to its end. */
export function outputsOf(outcomes: readonly Outcome[]): Outputs {
  const revoked = outcomes.filter(({ status }) => status === 'revoked')
  const failed = outcomes.filter(({ status }) => status === 'failed' || status === 'skipped')
  return {
    revoked: revoked.length > 0 && revoked.length === outcomes.length ? 'true' : 'false',
    'revoked-count': String(revoked.length),
    'failed-count': String(failed.length),
    failed: JSON.stringify(failed.map(({ email }) => email)),
  }
}

/**
 * Hands the outputs to the runner, which takes the last value of each.
 *
 * @throws Error when their file cannot be written
 */
export function writeOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value)
}

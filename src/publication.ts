import * as core from '@actions/core'
import type { Log } from './log.ts'
import { isMissed, totalsOf } from './outcome.ts'
import { outputsOf, writeOutputs } from './outputs.ts'
import type { Privacy } from './privacy.ts'
import { writeReport } from './report.ts'
import type { RunRecord } from './run-record.ts'
import { summaryOf } from './summary.ts'
import { headline, leftUntouched } from './wording.ts'

/** So many failures are annotated each; with more of them, the closing line is an annotation too. */
const FEW = 9

/**
 * Hands out what came of the run: the report, the job summary, the outputs, and the last lines of the log.
 *
 * @returns whether the report could be written; without that proof the step is red
 * @throws Error when the outputs cannot be written
 */
export async function publish(record: RunRecord, privacy: Privacy, log: Log): Promise<boolean> {
  const { options, outcomes } = record
  const report = attemptReport(record, log)
  const summarized = attemptSummary(record, privacy, log)
  writeOutputs(outputsOf(outcomes, report))
  await summarized
  const totals = totalsOf(outcomes)
  const untouched = leftUntouched(options)
  if (totals.revoked > 0 && untouched !== '') log.info(untouched)
  if (report !== '') log.info(`Report: ${report}`)
  const closing = `${headline(outcomes, options)}.`
  if (outcomes.filter(isMissed).length > FEW) log.verdict(closing)
  else log.info(closing)
  return report !== ''
}

function attemptReport(record: RunRecord, log: Log): string {
  try {
    return writeReport(record)
  } catch {
    log.error(
      "The report could not be written into the runner's temporary folder (RUNNER_TEMP); the outputs are true all the same.",
    )
    return ''
  }
}

async function attemptSummary(record: RunRecord, privacy: Privacy, log: Log): Promise<void> {
  try {
    await core.summary.addRaw(summaryOf(record, privacy)).write()
  } catch {
    log.warning(
      'The job summary could not be written (GITHUB_STEP_SUMMARY); everything in it is in the report.',
    )
  }
}

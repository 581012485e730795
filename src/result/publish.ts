import type { InputProblems } from '../inputs/checked-inputs.ts'
import { failsStep, totalsOf } from '../revocation/outcome.ts'
import type { Provenance } from '../runner/environment.ts'
import type { Log } from '../runner/log.ts'
import { INITIAL_OUTPUTS, writeJobSummary, writeOutputs, writeReport } from '../runner/step-files.ts'
import { quantity } from '../text/measures.ts'
import { addressMask } from '../text/plain-text.ts'
import { isProblem, placedText, withTexts } from '../text/problem.ts'
import { reportOf, reportOfProblems } from './report.ts'
import { summaryOf, summaryOfProblems } from './summary.ts'
import { unlistedTexts } from './outcome-words.ts'
import { NOTHING_SENT, type RunRecord, verdictOf } from './verdict.ts'

/** GitHub takes 1 MB of outputs per job, counted as UTF-16; the rest is for other outputs. In bytes. */
const ROOM_FOR_FAILED = 900_000

/**
 * Publishes the report, the outputs, and, by the verdict, the job summary and the last lines of the log.
 *
 * @returns whether the step may be green
 */
export function publish(record: RunRecord, log: Log): boolean {
  const report = attempt(log, () => writeReport(reportOf(record)))
  const outputs = attempt(log, () => writeOutputs(outputsOf(record, report ?? '')))
  for (const row of record.list.badRows) {
    for (const problem of row.problems) log.error(`${row.source}: ${problem}`, row)
  }
  const verdict = verdictOf(record, { report: report !== undefined, outputs: outputs !== undefined })
  const { shown, more } = unlistedTexts(record.notListed, record.options)
  for (const { name, has } of shown) log.info(`${name} is on no list: ${has}.`)
  if (more > 0) log.info(`${quantity(more, 'more user')} on no list: see the report.`)
  publishSummary(summaryOf(record, verdict), log)
  for (const note of verdict.notes) log.info(note)
  if (report !== undefined) log.info(`Report: ${report}`)
  log.verdict(verdict.level, [verdict.headline, ...verdict.remarks].join(' '))
  return verdict.level !== 'error'
}

/** The same for inputs that cannot be used; the outputs keep their initial values, but for the report. */
export function publishProblems(
  { problems: found, warnings, maskEmails }: Omit<InputProblems, 'kind'>,
  provenance: Provenance,
  log: Log,
): boolean {
  const problems = found.map((problem) => withTexts(problem, addressMask(maskEmails)))
  if (maskEmails) log.maskAddresses([])
  for (const warning of warnings) log.warning(placedText(warning))
  const report = attempt(log, () => writeReport(reportOfProblems(problems, provenance)))
  if (report !== undefined) attempt(log, () => writeOutputs({ ...INITIAL_OUTPUTS, report }))
  for (const problem of problems) log.error(placedText(problem), problem.at)
  publishSummary(summaryOfProblems(NOTHING_SENT, problems.map(placedText)), log)
  log.verdict('error', NOTHING_SENT)
  return false
}

/**
 * In a dry run, the users who would fail count as failed. A row that could not be used counts as failed, too, but its
 * address is not among the addresses, so that a retry can read them.
 */
function outputsOf({ outcomes, list, notListed }: RunRecord, report: string): typeof INITIAL_OUTPUTS {
  const { revoked, unknown } = totalsOf(outcomes)
  const failed = outcomes.filter(failsStep)
  const failures = failed.length + list.badRows.length
  const addresses = JSON.stringify(failed.map(({ user }) => user.email))
  return {
    revoked: revoked > 0 && failures + unknown === 0 ? 'true' : 'false',
    'revoked-count': `${revoked}`,
    'failed-count': `${failures}`,
    'unknown-count': `${unknown}`,
    'not-listed-count': isProblem(notListed) ? '' : `${notListed?.length ?? ''}`,
    // Never cut: half a list would look like a whole one.
    failed: addresses.length * 2 > ROOM_FOR_FAILED ? '' : addresses,
    report,
  }
}

function publishSummary(summary: string, log: Log): void {
  if (attempt(log, () => writeJobSummary(summary)) === undefined) {
    log.warning('The job summary could not be written (GITHUB_STEP_SUMMARY).')
  }
}

/** @returns undefined if the work failed */
function attempt(log: Log, work: () => string): string | undefined {
  try {
    return work()
  } catch (error) {
    log.unexpected(error)
    return undefined
  }
}

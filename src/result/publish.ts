import { totalsOf } from '../revocation/outcome.ts'
import type { Log } from '../runner/log.ts'
import { writeJobSummary, writeOutputs, writeReport } from '../runner/step-files.ts'
import { quantity } from '../text/measures.ts'
import { addressMask } from '../text/plain-text.ts'
import { placedText, type Problem, withTexts } from '../text/problem.ts'
import { notListedLines } from './not-listed-text.ts'
import { leftUntouched, OUTCOMES, reservation } from './outcome-table.ts'
import { INITIAL_OUTPUTS, outputsOf } from './outputs.ts'
import { reportOf, reportOfProblems } from './report.ts'
import { summaryOf, summaryOfProblems } from './summary.ts'
import {
  countOf,
  type Provenance,
  type RunRecord,
  type Verdict,
  verdictLine,
  verdictOf,
  verdictOnInputs,
} from './verdict.ts'

/** The verdict on wrong inputs lists this many problems; the log and the summary have all of them. */
const MAX_LISTED = 20

export interface StoppingInputs {
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
  /** Whether masking was requested, or may have been. */
  readonly maskEmails: boolean
}

/**
 * Publishes the result of the run: the report, the outputs, and, by the verdict, the job summary and the last lines of
 * the log.
 *
 * @returns whether the step may be green
 */
export function publish(record: RunRecord, log: Log): boolean {
  const { options, outcomes, list } = record
  const report = attempt(log, () => writeReport(reportOf(record)))?.value
  const outputs = attempt(log, () => {
    writeOutputs({ ...outputsOf(record, report ?? '') })
  })
  for (const row of list.badRows) {
    for (const problem of row.problems) log.error(`${row.source}: ${problem}`, row)
  }
  const verdict = verdictOf(record, { report: report !== undefined, outputs: outputs !== undefined })
  for (const line of notListedLines(record.notListed, options)) log.info(line)
  publishSummary(summaryOf(record, verdict), log)
  const untouched = totalsOf(outcomes).revoked > 0 ? leftUntouched(options) : ''
  // A dry run logs it at its beginning.
  const trust = options.dryRun === true ? '' : reservation(options, countOf(record, OUTCOMES.accepted))
  for (const text of [untouched, trust]) if (text !== '') log.info(text)
  if (report !== undefined) log.info(`Report: ${report}`)
  return close(log, verdict)
}

/** The same for inputs that cannot be used; the outputs keep their initial values, but for the report. */
export function publishProblems(inputs: StoppingInputs, provenance: Provenance, log: Log): boolean {
  const { warnings, maskEmails } = inputs
  const mask = addressMask(maskEmails)
  const problems = inputs.problems.map((problem) => withTexts(problem, mask))
  if (maskEmails) log.maskAddresses([])
  for (const warning of warnings) log.warning(placedText(warning))
  const report = attempt(log, () => writeReport(reportOfProblems(problems, provenance)))?.value
  if (report !== undefined) {
    attempt(log, () => {
      writeOutputs({ ...INITIAL_OUTPUTS, report })
    })
  }
  const verdict = verdictOnInputs(problems.length)
  const texts = problems.map(placedText)
  const more = Math.max(0, problems.length - MAX_LISTED)
  for (const [index, { at }] of problems.entries()) {
    // The verdict lists them as well, but only here GitHub can show them beside their lines.
    if (more > 0 || at?.line !== undefined) log.error(texts[index] ?? '', at)
  }
  publishSummary(summaryOfProblems(verdict, texts, maskEmails), log)
  return close(log, verdict, [
    ...texts.slice(0, MAX_LISTED).map((text, index) => `${index + 1}. ${text}`),
    ...(more > 0 ? [`${quantity(more, 'more problem')}: see the lines above.`] : []),
  ])
}

/** @param details - further lines of the verdict */
function close(log: Log, verdict: Verdict, details: readonly string[] = []): boolean {
  log.verdict(verdict.level, [verdictLine(verdict), ...details])
  return verdict.level !== 'failure'
}

function publishSummary(summary: string, log: Log): void {
  const written = attempt(log, () => {
    writeJobSummary(summary)
  })
  if (written === undefined) log.warning('The job summary could not be written (GITHUB_STEP_SUMMARY).')
}

function attempt<T>(log: Log, work: () => T): { readonly value: T } | undefined {
  try {
    return { value: work() }
  } catch (error) {
    log.unexpected(error)
    return undefined
  }
}

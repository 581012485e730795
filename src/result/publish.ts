import type { InputProblems } from '../inputs/checked-inputs.ts'
import { totalsOf } from '../revocation/outcome.ts'
import type { Log } from '../runner/log.ts'
import { writeJobSummary, writeOutputs, writeReport } from '../runner/step-files.ts'
import { quantity } from '../text/measures.ts'
import { addressMask } from '../text/plain-text.ts'
import { placedText, problemText, withTexts } from '../text/problem.ts'
import type { FilePlace } from '../users/list-findings.ts'
import { INITIAL_OUTPUTS, outputsOf } from './outputs.ts'
import { reportOf, reportOfProblems } from './report.ts'
import { leftUntouched } from './display.ts'
import { summaryOf, summaryOfProblems } from './summary.ts'
import {
  type Provenance,
  type RunRecord,
  type Verdict,
  verdictLine,
  verdictOf,
  verdictOnInputs,
} from './verdict.ts'

/** The annotation and the job summary show this many problems; the log has all of them. */
const MAX_SHOWN = 20

/** This many problems get an annotation of their own: GitHub shows ten, and one of them is the verdict. */
const MAX_ANNOTATED = 8

/**
 * Publishes the result of the run: the report, the outputs, and, by the verdict, the job summary and the last lines of
 * the log.
 *
 * @returns whether the step may be green
 */
export function publish(record: RunRecord, log: Log): boolean {
  const report = attempt(log, () => writeReport(reportOf(record)))
  const outputs = attempt(log, () => {
    writeOutputs({ ...outputsOf(record, report ?? '') })
    return true
  })
  const problems = record.badRows.flatMap(({ source, problems, ...at }) =>
    problems.map((text) => ({ ...at, text: `${source}: ${text}` })),
  )
  for (const { text } of annotate(problems, log)) log.info(text)
  const verdict = verdictOf(record, { report: report !== undefined, outputs: outputs === true })
  publishSummary(summaryOf(record, verdict), log)
  const untouched = leftUntouched(record.options)
  if (totalsOf(record.outcomes).revoked > 0 && untouched !== '') log.info(untouched)
  if (report !== undefined) log.info(`Report: ${report}`)
  return close(log, verdict)
}

/** The same for inputs that cannot be used; the outputs keep their initial values, but for the report. */
export function publishProblems(
  { problems: found, warnings, maskEmails }: InputProblems,
  provenance: Provenance,
  log: Log,
): boolean {
  const mask = addressMask(maskEmails)
  const problems = found.map((problem) => withTexts(problem, mask))
  for (const warning of warnings) log.warning(mask(problemText(warning)))
  const report = attempt(log, () => writeReport(reportOfProblems(problems, provenance)))
  if (report !== undefined) {
    attempt(log, () => {
      writeOutputs({ ...INITIAL_OUTPUTS, report })
    })
  }
  const texts = problems.map(placedText)
  annotate(
    problems.map((problem) => ({ ...problem.at, text: placedText(problem) })),
    log,
  )
  const verdict = verdictOnInputs(problems.length)
  const numbered = texts.map((problem, index) => `${index + 1}. ${problem}`)
  const more = numbered.length - MAX_SHOWN
  if (more > 0) for (const line of numbered) log.info(line)
  const rest = more > 0 ? `${quantity(more, 'more problem')}: see the log.` : ''
  publishSummary(summaryOfProblems(verdict, texts.slice(0, MAX_SHOWN), rest), log)
  return close(log, verdict, ...numbered.slice(0, MAX_SHOWN), ...(rest === '' ? [] : [rest]))
}

/** A full sentence, and where it is shown. */
interface AnnotatedText extends FilePlace {
  readonly text: string
}

/**
 * Shows the first problems where they are, so that a pull request shows them beside the lines that it changes.
 *
 * @returns the problems that are not shown by that
 */
function annotate(problems: readonly AnnotatedText[], log: Log): AnnotatedText[] {
  let annotated = 0
  return problems.filter(({ text, file, line }) => {
    if (file === undefined || line === undefined || annotated === MAX_ANNOTATED) return true
    annotated += 1
    log.errorAt(file, line, text)
    return false
  })
}

/** The last line of the log: an annotation if there is something to do. */
function close(log: Log, verdict: Verdict, ...details: readonly string[]): boolean {
  const { level, stopped } = verdict
  const text = verdictLine(verdict)
  if (level === 'failure') log.failure(stopped === undefined ? text : `${text} ${stopped}`, ...details)
  else if (level === 'warning') log.warning(text)
  else log.info(text)
  return level !== 'failure'
}

function publishSummary(summary: string, log: Log): void {
  try {
    writeJobSummary(summary)
  } catch (error) {
    log.unexpected(error)
    log.warning('The job summary could not be written (GITHUB_STEP_SUMMARY).')
  }
}

function attempt<T>(log: Log, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    log.unexpected(error)
    return undefined
  }
}

import { appendFileSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Hands the outputs to the runner, which takes the last value of each.
 *
 * @throws Error when the runner gave no file for them, or the file cannot be written
 */
export function writeOutputs(outputs: Readonly<Record<string, string>>): void {
  const end = `end_${crypto.randomUUID()}`
  const lines = Object.entries(outputs).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`)
  append('GITHUB_OUTPUT', lines.join(''))
}

/**
 * Adds to the job summary.
 *
 * @param markdown - for GitHub to render
 * @throws Error when the runner gave no file for it, or the file cannot be written
 */
export function writeJobSummary(markdown: string): void {
  append('GITHUB_STEP_SUMMARY', markdown)
}

/**
 * Writes the report into a new folder of the runner's temporary folder, both for their owner alone.
 *
 * @returns the path of the report
 * @throws Error when it cannot be written
 */
export function writeReport(report: object): string {
  const { RUNNER_TEMP: temp = '' } = process.env
  const folder = mkdtempSync(join(temp === '' ? tmpdir() : temp, 'revoke-cloudflare-access-'))
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(report, null, 2), { mode: 0o600, flag: 'wx' })
  // Apart, because a string with it would be another copy of a report of many megabytes.
  appendFileSync(path, '\n')
  return path
}

/** Appends to the file that a variable names, in one write. */
function append(variable: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY', text: string): void {
  const file = process.env[variable] ?? ''
  if (file === '') throw new Error(`${variable} is not set; run this as a step of a workflow`)
  // Writing into a pipe without a reader would never end.
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Error(`${variable} does not name a regular file`)
  }
  appendFileSync(file, text)
}

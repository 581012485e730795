import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import type { Outputs } from './outputs.ts'

/**
 * Hands the outputs to the runner, which takes the last value of each.
 *
 * @throws Error when their file cannot be written
 */
export function writeOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value)
}

/**
 * Adds to the job summary.
 *
 * @param markdown - for GitHub to render
 * @throws Error when its file cannot be written
 */
export async function writeJobSummary(markdown: string): Promise<void> {
  // Writing into a pipe that nobody reads would never end.
  if (!statSync(process.env['GITHUB_STEP_SUMMARY'] ?? '').isFile()) throw new Error('not a regular file')
  await core.summary.addRaw(markdown).write()
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
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return path
}

import { appendFileSync, closeSync, mkdtempSync, openSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * The files that a step hands to the runner. Each function returns the path of what it wrote, and throws an Error if the
 * runner gave none, or if it cannot be written.
 */

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

/** Hands over the outputs. The runner takes the last value of each. */
export function writeOutputs(outputs: typeof INITIAL_OUTPUTS): string {
  const end = `end_${crypto.randomUUID()}`
  const lines = Object.entries(outputs).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`)
  return append('GITHUB_OUTPUT', lines.join(''))
}

export function writeJobSummary(markdown: string): string {
  return append('GITHUB_STEP_SUMMARY', markdown)
}

/**
 * Writes the report into a new folder of the runner's temporary folder, both for their owner alone; user by user, since
 * the text of ten thousand takes more memory than all that is known of them.
 */
export function writeReport({ users, ...run }: { readonly users: readonly object[] }): string {
  const { RUNNER_TEMP: temp = '' } = process.env
  const folder = mkdtempSync(join(temp === '' ? tmpdir() : temp, 'revoke-cloudflare-access-'))
  const path = join(folder, 'report.json')
  const file = openSync(path, 'wx', 0o600)
  writeFileSync(file, JSON.stringify({ ...run, users: [] }, null, 2).replace(/\]\n\}$/, ''))
  let separator = ''
  for (const user of users) {
    const text = JSON.stringify(user, null, 2).replaceAll('\n', '\n    ')
    writeFileSync(file, `${separator}\n    ${text}`)
    separator = ','
  }
  writeFileSync(file, '\n  ]\n}\n')
  closeSync(file)
  return path
}

/** Appends to the file that a variable names, in one write. */
function append(variable: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY', text: string): string {
  const file = process.env[variable] ?? ''
  if (file === '') throw new Error(`${variable} is not set; run this as a step of a workflow`)
  // Writing into a pipe without a reader would never end.
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Error(`${variable} does not name a regular file`)
  }
  appendFileSync(file, text)
  return file
}

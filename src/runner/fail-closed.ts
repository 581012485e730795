import { appendFileSync, statSync } from 'node:fs'
import { inspect } from 'node:util'
import { plainText } from '../text/plain-text.ts'
import { INITIAL_OUTPUTS } from './outputs.ts'

let told = false

/**
 * Makes the process fail unless {@link finish} says otherwise: green means revoked.
 *
 * A JavaScript action passes or fails by its exit code alone, so a process that just ends is green. From here on an
 * exception that nobody thought of, a promise that never settles, and an early exit all leave the step red, with the
 * outputs at their worst. Nothing here needs the toolkit, which may be what is broken.
 *
 * @throws Error when the runner gave no file for the outputs, or the file cannot be written
 */
export function failClosed(): void {
  process.exitCode = 1
  process.on('uncaughtException', (error: unknown) => {
    fail(`The action failed unexpectedly: ${error instanceof Error ? error.message : inspect(error)}.`)
    if (process.env['RUNNER_DEBUG'] === '1') command('debug', inspect(error))
    process.exit()
  })
  process.on('exit', () => {
    if (!told) fail('The action ended before it had a result.')
  })
  const file = process.env['GITHUB_OUTPUT'] ?? ''
  if (file === '') throw new Error('GITHUB_OUTPUT is not set; run this as a step of a workflow')
  const stat = statSync(file, { throwIfNoEntry: false })
  // Writing into a pipe that nobody reads would never end.
  if (stat?.isFile() !== true) throw new Error('GITHUB_OUTPUT does not name a regular file')
  const lines = Object.entries(INITIAL_OUTPUTS).map(([name, value]) => `${name}=${value}\n`)
  appendFileSync(file, lines.join(''))
}

/** How long the runner may take to read what was printed. In milliseconds. */
const READING_TIME = 5_000

/**
 * Ends the process, green or red, once everything printed has been read. Whoever calls this has told the reader why;
 * if nobody reads it, the step is red.
 */
export async function finish(green: boolean): Promise<void> {
  const printed = new Promise<boolean>((resolve) =>
    process.stdout.write('', () => {
      resolve(true)
    }),
  )
  const tooLate = new Promise<boolean>((resolve) => {
    setTimeout(resolve, READING_TIME, false)
  })
  const passed = (await Promise.race([printed, tooLate])) && green
  told = true
  // Explicitly, since the open socket of a proxy that never answers would keep the process alive.
  process.exit(passed ? 0 : 1)
}

function fail(why: string): void {
  told = true
  process.exitCode = 1
  command('error', `${why} Treat the users of this step as not revoked, and run it again.`)
}

function command(name: 'debug' | 'error', text: string): void {
  process.stdout.write(`::${name}::${plainText(text).replaceAll('%', '%25')}\n`)
}

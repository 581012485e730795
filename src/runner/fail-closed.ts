import { writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { inspect } from 'node:util'
import { code, html } from '../text/markup.ts'
import { addressMask, plainText } from '../text/plain-text.ts'
import { INITIAL_OUTPUTS, writeJobSummary, writeOutputs } from './step-files.ts'

const FLUSH_TIMEOUT_MS = 5_000
const FLUSH_PAUSE_MS = 10

const CONSEQUENCE = 'Treat the users of this step as not revoked, and run it again.'

/** Whether addresses were to be masked is not known here. */
const mask = addressMask(true)

let reported = false

/**
 * Makes the process fail unless {@link finish} says otherwise: green means revoked.
 *
 * A JavaScript action passes or fails by its exit code alone, so a process that just ends is green. From here on an
 * unexpected exception, a promise that never settles, and an early exit all leave the step red, with the outputs of a
 * step that has not finished. Nothing here needs the toolkit, which may be what is broken.
 *
 * @throws Error when the runner gave no file for the outputs, or the file cannot be written
 */
export function failClosed(): void {
  process.exitCode = 1
  process.on('uncaughtException', (error: unknown) => {
    fail('The action failed unexpectedly', error instanceof Error ? error.message : inspect(error))
    if (process.env['RUNNER_DEBUG'] === '1') command('debug', inspect(error))
    process.exit()
  })
  process.on('exit', () => {
    if (!reported) fail('The action ended before it had a result')
  })
  writeOutputs(INITIAL_OUTPUTS)
}

/**
 * Ends the process, green or red, once everything printed has been read. The caller has logged the reason. If the output
 * cannot be flushed, the step fails.
 */
export async function finish(green: boolean): Promise<void> {
  const printed = new Promise((resolve) => process.stdout.write('', resolve))
  const isRead = (await Promise.race([printed, wait(FLUSH_TIMEOUT_MS, 'late')])) !== 'late'
  if (green && !isRead) fail('The log could not be written in time')
  reported = true
  // Explicitly, since the open socket of a proxy that never answers would keep the process alive.
  process.exit(green && isRead ? 0 : 1)
}

/** @param detail - text from outside */
function fail(what: string, detail = ''): void {
  reported = true
  process.exitCode = 1
  const quote = plainText(mask(detail))
  try {
    const paragraph = `${quote === '' ? '' : `${code(quote)} `}${html(CONSEQUENCE)}`
    writeJobSummary(`<h3>❌ Cloudflare Access – ${html(what)}.</h3>\n\n${paragraph}\n\n`)
  } catch {
    // The annotation says it, too.
  }
  command('error', `${what}${quote === '' ? '' : `: ${quote}`}. ${CONSEQUENCE}`)
}

/** Prints synchronously, because the process ends before a stream could: the runner may read slowly. */
function command(name: 'debug' | 'error', text: string): void {
  const line = `::${name}::${plainText(mask(text)).replaceAll('%', '%25')}\n`
  // What the stream still buffers is lost; the line break ends the line that it may have begun.
  let rest = Buffer.from(process.stdout.writableLength > 0 ? `\n${line}` : line)
  const attempts = FLUSH_TIMEOUT_MS / FLUSH_PAUSE_MS
  for (let attempt = 0; rest.length > 0 && attempt < attempts; attempt += 1) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      // Otherwise the pipe has no reader any more.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FLUSH_PAUSE_MS)
    }
  }
}

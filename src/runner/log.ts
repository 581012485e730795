import { inspect } from 'node:util'
import * as core from '@actions/core'
import { addressMask, plainText } from '../text/plain-text.ts'
import { elapsed } from '../text/time.ts'

/** GitHub shows ten annotations of each kind for a step; the last error is kept for how the run came out. */
const MOST_ERRORS = 9
const MOST_WARNINGS = 10

/**
 * The step's log. Every line passes through here, in one place, so that nothing from outside can start a workflow
 * command, and no address that is to be masked is shown, whoever composed the line.
 */
export class Log {
  #hide = addressMask(false)
  readonly #start = elapsed()
  #errors = 0
  #warnings = 0

  /** Keeps addresses out of everything that is logged from now on, and registers these with the runner. */
  maskAddresses(addresses: readonly string[]): void {
    this.#hide = addressMask(true)
    for (const address of addresses) core.setSecret(address)
  }

  info(line: string): void {
    core.info(this.#shown(line))
  }

  /** A line that GitHub shows with step debugging on. */
  debug(line: string): void {
    if (core.isDebug()) core.debug(this.#shown(line))
  }

  /** That a part of the run is over, and how long after its beginning. */
  phase(what: string): void {
    this.debug(`${what} after ${Math.round(elapsed() - this.#start)} ms`)
  }

  /** What was thrown and nobody thought of, with its stack, for whoever looks into the step with debugging on. */
  unexpected(error: unknown): void {
    for (const line of inspect(error).split('\n')) this.debug(line)
  }

  /** An annotation, or a line of the log where there are many. */
  warning(line: string): void {
    this.#warnings += 1
    if (this.#warnings <= MOST_WARNINGS) core.warning(this.#shown(line))
    else this.info(`Warning: ${line}`)
  }

  /** The same for a failure. */
  error(line: string): void {
    this.#errors += 1
    if (this.#errors <= MOST_ERRORS) core.error(this.#shown(line))
    else this.info(`Error: ${line}`)
  }

  /** A failure that is in a line of a file: the annotation is shown there. */
  errorAt(file: string, line: number, text: string): void {
    this.#errors += 1
    core.error(this.#shown(text), { file: this.#shown(file), startLine: line })
  }

  /** The last word of a red step, always an annotation. It may have several lines. */
  failure(...lines: readonly string[]): void {
    core.error(lines.map((line) => this.#shown(line)).join('\n'))
  }

  #shown(line: string): string {
    return plainText(this.#hide(line))
  }
}

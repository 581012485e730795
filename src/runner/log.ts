import { inspect } from 'node:util'
import * as core from '@actions/core'
import { addressMask, plainText } from '../text/plain-text.ts'
import { elapsed } from '../text/measures.ts'

/** GitHub shows ten annotations of each kind for a step; the last error is reserved for the verdict. */
const MAX_ERRORS = 9
const MAX_WARNINGS = 10

/**
 * The step's log. All lines pass through here, so that no text from outside can start a workflow command, and no address
 * is shown that has to be masked.
 */
export class Log {
  #mask = addressMask(false)
  readonly #start = elapsed()
  #errors = 0
  #warnings = 0

  /** Masks addresses in all further lines, and registers these addresses with the runner. */
  maskAddresses(addresses: readonly string[]): void {
    this.#mask = addressMask(true)
    for (const address of addresses) core.setSecret(address)
  }

  info(line: string): void {
    core.info(this.#shown(line))
  }

  /** A line that GitHub shows with step debugging on. */
  debug(line: string): void {
    if (core.isDebug()) core.debug(this.#shown(line))
  }

  /** Logs the time since the start at the end of a phase. */
  phase(what: string): void {
    this.debug(`${what} after ${Math.round(elapsed() - this.#start)} ms`)
  }

  /** Logs the stack of an unexpected error at debug level. */
  unexpected(error: unknown): void {
    for (const line of inspect(error).split('\n')) this.debug(line)
  }

  /** An annotation, or a line of the log where there are many. */
  warning(line: string): void {
    this.#warnings += 1
    if (this.#warnings <= MAX_WARNINGS) core.warning(this.#shown(line))
    else this.info(`Warning: ${line}`)
  }

  /** The same for a failure. */
  error(line: string): void {
    this.#errors += 1
    if (this.#errors <= MAX_ERRORS) core.error(this.#shown(line))
    else this.info(`Error: ${line}`)
  }

  /** An error at a line of a file, where GitHub shows the annotation. */
  errorAt(file: string, line: number, text: string): void {
    this.#errors += 1
    core.error(this.#shown(text), { file: this.#shown(file), startLine: line })
  }

  /** The final error of a failed step, always an annotation. It may have several lines. */
  failure(...lines: readonly string[]): void {
    core.error(lines.map((line) => this.#shown(line)).join('\n'))
  }

  #shown(line: string): string {
    return plainText(this.#mask(line))
  }
}

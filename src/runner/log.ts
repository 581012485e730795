import { inspect } from 'node:util'
import * as core from '@actions/core'
import { addressMask, plainText } from '../text/plain-text.ts'
import { monotonicMs } from '../text/measures.ts'
import type { Place } from '../text/problem.ts'

/** GitHub shows ten annotations of each kind for a step. The last of each is reserved for the verdict. */
const MAX_ANNOTATIONS = 9

/**
 * The step's log. All lines pass through here, so that no text from outside can start a workflow command, and no address
 * is shown that has to be masked.
 */
export class Log {
  #mask = addressMask(false)
  readonly #start = monotonicMs()
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
    this.debug(`${what} after ${Math.round(monotonicMs() - this.#start)} ms`)
  }

  /** Logs the stack of an unexpected error at debug level. */
  unexpected(error: unknown): void {
    for (const line of inspect(error).split('\n')) this.debug(line)
  }

  /** A warning annotation, or a line of the log if there are too many of them. */
  warning(text: string): void {
    this.#warnings += 1
    if (this.#warnings <= MAX_ANNOTATIONS) core.warning(this.#shown(text))
    else this.info(`Warning: ${text}`)
  }

  /**
   * An error annotation, or a line of the log if there are too many of them.
   *
   * @param at - the line of a file beside which GitHub shows the annotation, also in pull requests
   */
  error(text: string, at: Pick<Place, 'file' | 'line'> = {}): void {
    this.#errors += 1
    if (this.#errors > MAX_ANNOTATIONS) this.info(`Error: ${text}`)
    else if (at.file === undefined || at.line === undefined) core.error(this.#shown(text))
    else core.error(this.#shown(text), { file: this.#shown(at.file), startLine: at.line })
  }

  /** The result of the step in its last line. Unless all is well, it is an annotation, however many there were before. */
  verdict(level: 'success' | 'warning' | 'failure', lines: readonly string[]): void {
    const text = lines.map((line) => this.#shown(line)).join('\n')
    if (level === 'failure') core.error(text)
    else if (level === 'warning') core.warning(text)
    else core.info(text)
  }

  #shown(line: string): string {
    return plainText(this.#mask(line))
  }
}

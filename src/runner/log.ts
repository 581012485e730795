import { inspect } from 'node:util'
import * as core from '@actions/core'
import { addressMask, plainText } from '../text/plain-text.ts'
import type { Place } from '../text/problem.ts'

/** GitHub shows ten annotations of each kind for a step. The last of each is reserved for the verdict. */
const MAX_ANNOTATIONS = 9

/** Each by its name, since `core[level]` would ship all that the package has. */
const WRITE = { info: core.info, warning: core.warning, error: core.error }

/**
 * The step's log. All lines pass through here, so that no text from outside can start a workflow command, and no address
 * is shown that has to be masked.
 */
export class Log {
  #mask = addressMask(false)
  readonly #annotations = { error: 0, warning: 0 }

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

  /** Logs the stack of an unexpected error at debug level. */
  unexpected(error: unknown): void {
    for (const line of inspect(error).split('\n')) this.debug(line)
  }

  warning(text: string): void {
    this.#annotate('warning', text, {})
  }

  /** @param at - the line of a file beside which GitHub shows the annotation, also in pull requests */
  error(text: string, at: Pick<Place, 'file' | 'line'> = {}): void {
    this.#annotate('error', text, at)
  }

  /** The result of the step in its last line. Unless all is well, it is an annotation, however many there were before. */
  verdict(level: 'info' | 'warning' | 'error', line: string): void {
    WRITE[level](this.#shown(line))
  }

  /** An annotation, or a line of the log if there are too many of its kind. */
  #annotate(kind: 'error' | 'warning', text: string, { file, line }: Pick<Place, 'file' | 'line'>): void {
    this.#annotations[kind] += 1
    if (this.#annotations[kind] > MAX_ANNOTATIONS) {
      this.info(`${kind === 'error' ? 'Error' : 'Warning'}: ${text}`)
      return
    }
    const isPlaced = file !== undefined && line !== undefined
    WRITE[kind](this.#shown(text), isPlaced ? { file: this.#shown(file), startLine: line } : {})
  }

  #shown(line: string): string {
    return plainText(this.#mask(line))
  }
}

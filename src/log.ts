import * as core from '@actions/core'
import { plainText } from './plain-text.ts'

/** GitHub shows ten error annotations of a step; the last one is kept for how the run came out. */
const ANNOTATIONS = 9

/**
 * The step's log. Every line passes through {@link plainText} here, in one place, so that nothing from outside can
 * start a workflow command, whoever composed the line.
 */
export class Log {
  #annotations = 0

  info(line: string): void {
    core.info(plainText(line))
  }

  /** An annotation, or a line of the log where there are many. */
  warning(line: string): void {
    if (this.#mayAnnotate()) core.warning(plainText(line))
    else this.info(`Warning: ${line}`)
  }

  /** The same for a failure. */
  error(line: string): void {
    if (this.#mayAnnotate()) core.error(plainText(line))
    else this.info(`Error: ${line}`)
  }

  /** The last word of a red step, always an annotation. It may have several lines. */
  verdict(...lines: readonly string[]): void {
    core.error(lines.map(plainText).join('\n'))
  }

  #mayAnnotate(): boolean {
    this.#annotations += 1
    return this.#annotations <= ANNOTATIONS
  }
}

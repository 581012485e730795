import * as core from '@actions/core'
import { plainText } from './plain-text.ts'

/**
 * The step's log. Every line passes through {@link plainText} here, in one place, so that nothing from outside can
 * start a workflow command, whoever composed the line.
 */
export const log = {
  info(line: string): void {
    core.info(plainText(line))
  },
  warning(line: string): void {
    core.warning(plainText(line))
  },
  /** One annotation, which may have several lines. */
  error(...lines: string[]): void {
    core.error(lines.map(plainText).join('\n'))
  },
}

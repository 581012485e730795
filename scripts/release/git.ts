import { execFileSync } from 'node:child_process'

/**
 * Runs git in the current folder.
 *
 * @returns its output, without the last line break
 * @throws with its error message if it fails
 */
export function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()
}

import { execFileSync } from 'node:child_process'

/**
 * Runs git in the current folder.
 *
 * @returns what it prints, without the end of the last line
 * @throws Error with what it says, when it fails
 */
export function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()
}

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

/**
 * Runs GitHub's command line, which finds the repository in the clone and the token in the environment.
 *
 * @returns its output, without the last line break
 * @throws if it fails; it has printed why
 */
export function gh(args: readonly string[], input = ''): string {
  return execFileSync('gh', args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'inherit'] }).trim()
}

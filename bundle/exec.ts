/**
 * Stands in for the npm package `@actions/exec` in the bundle (see options.ts).
 *
 * `@actions/core` imports it only to ask the operating system for its name. This action starts no other program, so it
 * does not ship code that could.
 *
 * @throws always
 */
export function getExecOutput(): never {
  throw new Error('@actions/exec is not part of this bundle: this action starts no other program')
}

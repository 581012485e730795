/**
 * Stands in for the npm package `@actions/exec` in the bundle (`paths` in tsconfig.json beside it puts it there).
 *
 * `@actions/core` imports it for one purpose: to ask the operating system for its name. This action starts no other
 * program, so what could start one is not shipped; that also saves the time to load it.
 *
 * @throws Error always
 */
export function getExecOutput(): never {
  throw new Error('@actions/exec is not part of this bundle: this action starts no other program')
}

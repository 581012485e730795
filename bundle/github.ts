/**
 * Stands in for the npm package `@actions/github` in the bundle (see options.ts).
 *
 * Its main module loads Octokit, a third of a megabyte that nothing here calls, and 30 ms of every start. The module with
 * the context is not among its exports, hence the path.
 *
 * @throws SyntaxError if the event file is malformed, like the package
 */
import { Context } from '../node_modules/@actions/github/lib/context.js'

export const context = new Context()

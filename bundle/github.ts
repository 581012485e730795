/**
 * Stands in for the npm package `@actions/github` in the bundle (`paths` in tsconfig.json beside it puts it there).
 *
 * Its main module brings Octokit along, a third of a megabyte that nothing here calls, and 30 ms of every start. The
 * module with the context is not among its exports, hence the path.
 *
 * @throws SyntaxError when the event file is malformed, as the package does
 */
import { Context } from '../node_modules/@actions/github/lib/context.js'

export const context = new Context()

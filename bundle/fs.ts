/**
 * Stands in for `fs` in `@actions/core` in the bundle (scripts/reduced-packages.ts puts it there).
 *
 * Of `fs.promises` the toolkit needs three functions, for the job summary. Loading it takes a millisecond of every
 * start, so the functions that are loaded anyway do the same.
 */
import { accessSync, appendFileSync, constants, existsSync, writeFileSync } from 'node:fs'

export { appendFileSync, constants, existsSync }

export const promises = { access: accessSync, appendFile: appendFileSync, writeFile: writeFileSync }

/**
 * Stands in for `fs` in the packages of the bundle (see options.ts).
 *
 * `@actions/core` uses three functions of `fs.promises`, for the job summary. Loading that takes 2 ms of every start, so
 * functions that are loaded anyway do the same.
 */
import { accessSync, appendFileSync, writeFileSync } from 'node:fs'

export * from 'node:fs'
export const promises = { access: accessSync, appendFile: appendFileSync, writeFile: writeFileSync }

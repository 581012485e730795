import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { parse } from 'yaml'

const Described = v.pipe(v.string(), v.minLength(20))
const Action = v.strictObject({
  name: v.string(),
  description: v.string(),
  author: v.string(),
  branding: v.strictObject({ icon: v.string(), color: v.string() }),
  inputs: v.record(
    v.string(),
    v.strictObject({
      description: Described,
      required: v.literal(false),
      default: v.optional(v.string(), ''),
    }),
  ),
  outputs: v.record(v.string(), v.strictObject({ description: Described })),
  runs: v.strictObject({ using: v.literal('node24'), main: v.literal('dist/index.js') }),
})

/** action.yml, checked. */
export const ACTION = v.parse(
  Action,
  parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')),
)

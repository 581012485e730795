import { expect, test } from '@jest/globals'
import { existsSync, readdirSync } from 'node:fs'
import * as v from 'valibot'
import { parse } from 'yaml'
import { ACTION, exampleText, LEFT_OUT, LIBRARY, usesOf } from './act.ts'
import { codeBlocks, documents } from './documents.ts'

const EXAMPLES = new URL('../../examples/', import.meta.url)
const examples = readdirSync(EXAMPLES).filter((name) => name.endsWith('.yml'))

/** Workflows that only others call, and in whose test they run. */
const CALLED: Readonly<Record<string, string>> = { 'reusable-revoke.yml': 'reusable-caller.yml' }

test.each(examples)('examples/%s is run by a test of its name', (example) => {
  const name = (CALLED[example] ?? example).replace(/\.yml$/, '.test.ts')
  expect(existsSync(new URL(name, import.meta.url))).toBe(true)
})

test('only the named actions are left out', () => {
  const others = examples
    .map(exampleText)
    .flatMap(usesOf)
    .filter((use) => !use.startsWith(`${ACTION}@`) && !use.startsWith(`${LIBRARY}/`))
  const names = new Set(others.map((use) => use.replace(/@.*/, '')))
  expect(Array.from(names).sort()).toEqual(Object.keys(LEFT_OUT).sort())
})

const workflowSchema = v.object({ jobs: v.record(v.string(), v.looseObject({})) })

/** Workflows, by place: the examples, and those that documents show in whole. */
const workflows = [
  ...examples.map((name) => ({ place: `examples/${name}`, text: exampleText(name) })),
  ...documents()
    .flatMap(codeBlocks)
    .filter(({ language, code }) => language === 'yaml' && /^jobs:/m.test(code))
    .map(({ place, code }) => ({ place, text: code })),
]

test.each(workflows)('in $place, the token is a secret of an environment', ({ text }) => {
  const { jobs } = v.parse(workflowSchema, parse(text))
  const withToken = Object.values(jobs).filter((job) =>
    JSON.stringify(job).includes('secrets.CLOUDFLARE_API_TOKEN'),
  )
  for (const job of withToken) expect(job).toHaveProperty('environment')
})

test.each(examples)('examples/%s keeps to what goes well in practice', (example) => {
  const text = exampleText(example)
  expect(text).toContain('\npermissions: {}\n')
  expect(text).not.toMatch(/^\s*concurrency:/m)
  expect(text).not.toMatch(/cron: '0 /)
  // The schedule, and the end of the day in the list, in one time zone.
  expect(text).not.toMatch(/cron: .*\n(?! +timezone: )/)
  expect(new Set(text.match(/timezone: .*/g)).size).toBeLessThanOrEqual(1)
  expect(text.includes('matrix:')).toBe(text.includes('fail-fast: false'))
  // The step verifies by default.
  expect(text).not.toMatch(/^\s*verify:/m)
  // What revokes no one does not need to say what is revoked.
  if (/ dry-run: (?:offline|true)\n/.test(text)) return
  expect(text).toMatch(/devices: (true|\$\{\{ inputs\.devices \}\})/)
  expect(text).toMatch(/warp-session-reauth: (true|\$\{\{ inputs\.warp-session-reauth \}\})/)
})

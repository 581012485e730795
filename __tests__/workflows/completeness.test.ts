import { expect, test } from '@jest/globals'
import { existsSync, readdirSync } from 'node:fs'

import { ACTION, exampleText, LEFT_OUT, LIBRARY, usesOf } from './act.ts'

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

test.each(examples)('examples/%s keeps to what goes well in practice', (example) => {
  const text = exampleText(example)
  expect(text).toContain('\npermissions: {}\n')
  expect(text).not.toMatch(/^\s*concurrency:/m)
  expect(text).not.toMatch(/cron: '0 /)
  // The schedule, and the end of the day in the list, in one time zone.
  expect(text).not.toMatch(/cron: .*\n(?! +timezone: )/)
  expect(new Set(text.match(/timezone: .*/g)).size).toBeLessThanOrEqual(1)
  expect(text.includes('matrix:')).toBe(text.includes('fail-fast: false'))
  // What sends nothing needs to say neither what is revoked nor what is proven.
  if (text.includes('dry-run: offline')) return
  if (text.includes(`uses: ${ACTION}@`)) expect(text).toContain('\n          verify: true\n')
  expect(text).toMatch(/devices: (true|\$\{\{ inputs\.devices \}\})/)
  expect(text).toMatch(/warp-session-reauth: (true|\$\{\{ inputs\.warp-session-reauth \}\})/)
})

import { expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import * as v from 'valibot'
import { parse } from 'yaml'

const RULESETS = new URL('../../.github/rulesets/', import.meta.url)

const rulesetSchema = v.object({
  name: v.string(),
  target: v.picklist(['branch', 'tag']),
  conditions: v.object({ ref_name: v.object({ include: v.array(v.string()), exclude: v.tuple([]) }) }),
  rules: v.array(
    v.looseObject({
      type: v.string(),
      parameters: v.optional(
        v.looseObject({ required_status_checks: v.optional(v.array(v.object({ context: v.string() })), []) }),
      ),
    }),
  ),
})

const rulesets = readdirSync(RULESETS).map((name) =>
  v.parse(rulesetSchema, JSON.parse(readFileSync(new URL(name, RULESETS), 'utf8'))),
)

/** The types of the rules that a reference falls under. */
function rulesFor(ref: string): string[] {
  return rulesets
    .filter(({ conditions }) => conditions.ref_name.include.some((pattern) => matchesGlob(ref, pattern)))
    .flatMap(({ rules }) => rules.map(({ type }) => type))
}

test('the tag of a version cannot change, and the tag of a major version can move', () => {
  expect(rulesFor('refs/tags/v1.10.0').sort()).toEqual(['creation', 'deletion', 'update'])
  expect(rulesFor('refs/tags/v1')).toEqual([])
})

test('branches for patches of older versions are reviewed like main', () => {
  expect(rulesFor('refs/heads/maintenance/v1.0')).toContain('pull_request')
  expect(rulesFor('~DEFAULT_BRANCH')).toEqual(rulesFor('refs/heads/maintenance/v1.0'))
})

test('the check that branches require is a job of CI, and stands for all others', () => {
  const jobSchema = v.object({
    name: v.string(),
    needs: v.optional(v.array(v.string())),
    steps: v.array(v.object({ run: v.optional(v.string()) })),
  })
  const workflowSchema = v.object({ jobs: v.record(v.string(), jobSchema) })
  const ci = readFileSync(new URL('../workflows/ci.yml', RULESETS), 'utf8')
  const { jobs } = v.parse(workflowSchema, parse(ci))
  const required = rulesets.flatMap(({ rules }) =>
    rules.flatMap(({ parameters }) => parameters?.required_status_checks.map(({ context }) => context) ?? []),
  )
  const [all, { name, needs } = {}] = Object.entries(jobs).at(-1) ?? []
  expect(required).toEqual([name])
  expect(needs).toEqual(Object.keys(jobs).filter((job) => job !== all))
  expect(Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run))).toContain('.ci/run')
})

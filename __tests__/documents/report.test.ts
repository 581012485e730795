import * as v from 'valibot'
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { REPORT_SCHEMA } from '../../scripts/report-schema.ts'
import { REPOSITORY } from '../support/repository.ts'
import { Scene, type With } from '../support/scene.ts'

const PAGE = readFileSync(new URL('../../docs/report.md', import.meta.url), 'utf8')

const WITH: With = {
  email: null,
  'users-file': 'leavers.csv',
  'reference-column': 'ticket',
  devices: 'true',
  'warp-session-reauth': 'true',
  verify: 'true',
}
const FILES = {
  'leavers.csv': 'email,revoke_after,ticket\nleaver@example.com,now,HR-1041\n',
  '../event.json': '{}',
}
const ENV = {
  GITHUB_EVENT_PATH: '../event.json',
  GITHUB_ACTION_REPOSITORY: REPOSITORY,
  GITHUB_ACTION_REF: 'v1',
  GITHUB_ACTOR: 'octocat',
  GITHUB_TRIGGERING_ACTOR: 'octocat',
  GITHUB_EVENT_NAME: 'workflow_dispatch',
  GITHUB_REPOSITORY: 'octo-org/offboarding',
  GITHUB_WORKFLOW: 'Revoke with evidence',
  GITHUB_WORKFLOW_REF: 'octo-org/offboarding/.github/workflows/evidence.yml@refs/heads/main',
  GITHUB_WORKFLOW_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  GITHUB_JOB: 'revoke',
  GITHUB_RUN_ID: '1658821493',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_SERVER_URL: 'https://github.com',
}

/** What differs from run to run, or from release to release, and how each different one of it is written in the example. */
const VARYING: readonly (readonly [RegExp, (index: number) => string])[] = [
  [/"version": ?"\d+\.\d+\.\d+"/g, () => '"version":"1.0.0"'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, () => '2030-01-31T18:00:00.000Z'],
  [/[0-9a-f]{16}-[A-Z]{3}/g, () => '8d1f0c3b5a7e9264-FRA'],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (index) => `f174e90a-fafe-4643-bbbc-4a0ed4fc841${index}`],
  [/http:\/\/127\.0\.0\.1:\d+/g, () => 'https://api.cloudflare.com'],
]

/** A report without what differs from run to run. */
function constant(report: string): string {
  return VARYING.reduce((text, [pattern, exampleOf]) => {
    const found = [...new Set(text.match(pattern))]
    return text.replaceAll(pattern, (match) => exampleOf(found.indexOf(match)))
  }, report)
}

/** The example in docs/report.md. */
const [, EXAMPLE = ''] = /^```json\n(.*?)^```$/ms.exec(PAGE) ?? []

test('docs/report.schema.json is a JSON Schema, and the example in docs/report.md fits it', () => {
  const schema: object = v.parse(v.looseObject({}), JSON.parse(readFileSync(REPORT_SCHEMA, 'utf8')))
  const ajv = addFormats(new Ajv2020())
  expect(ajv.validateSchema(schema)).toBe(true)
  expect(ajv.validate(schema, JSON.parse(EXAMPLE))).toBe(true)
})

test('the example in docs/report.md is a report of the action', async () => {
  await using scene = await Scene.openWithoutWaits()
  const { report } = await scene.runSource(WITH, { env: ENV, files: FILES })
  const shown: unknown = JSON.parse(constant(EXAMPLE))
  const made: unknown = JSON.parse(constant(report))
  expect(shown).toEqual(made)
  // In the same order, too.
  expect(JSON.stringify(shown)).toBe(JSON.stringify(made))
})

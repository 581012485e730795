import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { parse } from 'yaml'
import { runStep } from '../../scripts/step.ts'
import { Clock } from '../support/clock.ts'
import { reportOf } from '../support/report.ts'

/** The day for which the dates in the folder `lists` are meant. */
const clock = new Clock(1, Date.parse('2026-11-25T12:00:00Z'))

afterAll(() => {
  clock[Symbol.dispose]()
})

/** A file of the folder `lists`, in the form of the system, and what the lines of that system make of it. */
interface Export {
  readonly file: string
  readonly due: readonly string[]
  readonly notDue?: number
  readonly past?: number
  readonly staying?: number
}

const ANN = 'ann@example.com'
const CY = 'cy@example.com'

/** What each chapter of docs/lists.md has lines for, in their order. */
const SYSTEMS: Readonly<Record<string, readonly Export[]>> = {
  'Google Workspace': [{ file: 'google.csv', due: [ANN, CY], staying: 1 }],
  Okta: [
    { file: 'okta.json', due: [ANN], past: 1 },
    { file: 'okta-report.csv', due: [ANN, CY], staying: 1 },
  ],
  'Microsoft Entra': [
    { file: 'entra-dates.csv', due: [ANN], notDue: 1, past: 1 },
    { file: 'entra-disabled.csv', due: [ANN, 'jo@mail.example'] },
  ],
  'Active Directory': [{ file: 'active-directory.csv', due: [ANN], notDue: 1 }],
  BambooHR: [
    { file: 'bamboohr-api.csv', due: [ANN], staying: 2 },
    { file: 'bamboohr-browser.csv', due: [ANN], notDue: 1, staying: 1 },
  ],
  Personio: [{ file: 'personio.csv', due: [ANN], notDue: 1, staying: 1 }],
  Workday: [{ file: 'workday.csv', due: [ANN], notDue: 1, staying: 1 }],
  SAP: [{ file: 'sap.tsv', due: [ANN], notDue: 1, staying: 1 }],
  Excel: [{ file: 'excel.csv', due: [ANN], notDue: 1, staying: 1 }],
  Jira: [{ file: 'jira.json', due: [ANN], notDue: 1 }],
  'GitHub issue form': [{ file: 'github.json', due: [ANN], notDue: 1 }],
  'A list of nothing but leavers': [{ file: 'leavers-only.csv', due: [ANN, CY] }],
}

/** The lines for each system of docs/lists.md, read as the inputs of a step. */
const chapters = chaptersOf(readFileSync(new URL('../../docs/lists.md', import.meta.url), 'utf8'))

test('every system of docs/lists.md is tested', () => {
  const tested = Object.entries(SYSTEMS).map(([name, files]) => [name, files.length])
  expect(Array.from(chapters, ([name, lines]) => [name, lines.length])).toEqual(tested)
})

const cases = Object.entries(SYSTEMS).flatMap(([system, files]) =>
  files.map((file, index) => ({ ...file, system, lines: chapters.get(system)?.[index] ?? {} })),
)

test.concurrent.each(cases)(
  'the lines for $system do what they say with $file',
  async ({ file, lines, due, notDue = 0, past = 0, staying = 0 }) => {
    const list = lines['users-file'] ?? ''
    // The name of the file decides how it is read.
    expect(list.replace(/.*\./, '')).toBe(file.replace(/.*\./, ''))
    const step = await runStep({
      inputs: { ...lines, 'dry-run': 'offline' },
      files: { [list]: readFileSync(new URL(`lists/${file}`, import.meta.url)) },
      env: { ...clock.env, NODE_OPTIONS: `--import=${clock.preload}` },
    })
    expect(step).toMatchObject({ exitCode: 0, errors: [], warnings: [] })
    const { totals, users } = reportOf(step)
    const found = users.filter(({ status }) => status === 'would_revoke').map(({ email }) => email)
    expect(found).toEqual(due)
    expect(totals).toMatchObject({ not_due: notDue, past, staying })
  },
)

/** The YAML blocks below each heading of the third level. */
function chaptersOf(page: string): ReadonlyMap<string, readonly Readonly<Record<string, string>>[]> {
  const [, ...parts] = page.split(/^### /m)
  return new Map(
    parts.map((part) => {
      const [name = ''] = part.split('\n', 1)
      const blocks = Array.from(part.matchAll(/^```yaml\n(.*?)^```$/gms), ([, block = '']) =>
        v.parse(v.record(v.string(), v.string()), parse(block)),
      )
      return [name, blocks]
    }),
  )
}

import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readInputs } from '../../src/inputs/checked-inputs.ts'
import { problemText } from '../../src/text/problem.ts'
import { StepHere } from '../support/environment.ts'
import type { With } from '../support/scene.ts'

/** The day for which the dates in the folder `field` are meant. */
const NOW = Date.parse('2026-11-25T12:00:00Z')

interface Reading {
  readonly due?: readonly string[]
  readonly stay?: number
  readonly badRows?: readonly unknown[]
  readonly problems?: readonly string[]
  readonly warnings: readonly string[]
  readonly notes?: readonly string[]
}

/** What a step makes of a file of the folder `field`, which holds small lists as systems export them. */
async function readingOf(name: string, inputs: With = {}): Promise<Reading> {
  const bytes = readFileSync(new URL(`field/${name}`, import.meta.url))
  using _step = new StepHere({ email: null, 'users-file': name, ...inputs }, {}, { [name]: bytes })
  const read = await readInputs(NOW)
  const warnings = read.warnings.map(problemText)
  if (read.kind === 'problems') return { problems: read.problems.map(problemText), warnings }
  const { users, unaddressed, badRows, notes } = read.list
  return {
    due: users.filter(({ timing }) => timing === 'due').map(({ email }) => email),
    stay: users.filter(({ timing }) => timing !== 'due').length + unaddressed,
    badRows: badRows.map(({ source, email, problems }) => ({ source, email, problems })),
    warnings,
    notes,
  }
}

describe('lists that do what they mean', () => {
  test.each<[string, With, readonly string[], number]>([
    [
      'google-users.csv',
      {
        'email-column': 'Email Address [Required]',
        'only-rows': 'Status [READ ONLY] = Suspended, Archived',
        'date-column': 'none',
      },
      ['ann.lee@example.com', 'cy.oz@example.com'],
      1,
    ],
    [
      'entra-users.csv',
      { 'email-column': 'mail', 'date-column': 'employeeLeaveDateTime', 'blank-date': 'not-due' },
      ['jo@mail.example'],
      1,
    ],
    [
      'bamboo-staff.csv',
      { 'email-column': 'Work Email', 'date-column': 'Termination Date', 'blank-date': 'not-due' },
      ['bob@example.com'],
      2,
    ],
    [
      'excel-short-rows.csv',
      { 'date-column': 'Last Day', 'blank-date': 'not-due' },
      ['leaver@example.com'],
      18,
    ],
    [
      'semicolons-commas-in-header.csv',
      { 'date-column': 'Austritt', 'date-format': 'DD.MM.YYYY', 'blank-date': 'not-due' },
      ['ann@example.com'],
      1,
    ],
    ['title-rows.csv', {}, ['ann@example.com'], 0],
    [
      'powershell-dates.csv',
      { 'email-column': 'mail', 'date-column': 'accountExpires', 'date-format': 'MM/DD/YYYY' },
      ['ann@example.com'],
      1,
    ],
    [
      'sap-dates.csv',
      { 'date-column': 'EndDate', 'date-format': 'YYYYMMDD', 'blank-date': 'not-due' },
      ['ann@example.com'],
      1,
    ],
    ['api.json', { 'blank-date': 'not-due' }, ['bob@example.com'], 1],
    ['lines.jsonl', {}, ['ann@example.com'], 1],
  ])('%s', async (name, inputs, due, stay) => {
    expect(await readingOf(name, inputs)).toMatchObject({ due, stay, badRows: [], warnings: [] })
  })

  test('title rows are named in the log', async () => {
    expect(await readingOf('title-rows.csv')).toMatchObject({
      notes: ['title-rows.csv: lines 1 and 2 were passed over; the header is line 3.'],
    })
  })

  test('a number is a reference', async () => {
    expect(await readingOf('api.json', { 'blank-date': 'not-due' })).toMatchObject({
      due: ['bob@example.com'],
    })
  })

  test('a person with two dates does not hold others up', async () => {
    expect(await readingOf('rehired.csv', { 'bad-rows': 'skip' })).toMatchObject({
      due: ['bob@example.com'],
      badRows: [
        {
          source: 'rehired.csv:2',
          email: 'ann@example.com',
          problems: [
            '"ann@example.com" is also listed at rehired.csv, line 3, with another `revoke_after`; keep one.',
          ],
        },
      ],
    })
  })
})

describe('lists that are doubtful run with a warning', () => {
  test('dates of logins', async () => {
    expect(await readingOf('okta-users.csv', { 'date-column': 'lastLogin' })).toMatchObject({
      due: ['ann@example.com', 'bob@example.com'],
      warnings: [
        expect.stringMatching(/^`date-column` is "lastLogin", which does not seem to say when users leave/),
      ],
    })
  })

  test('days stored as midnight UTC', async () => {
    expect(await readingOf('midnight-utc.csv', { timezone: 'America/Los_Angeles' })).toMatchObject({
      due: ['ann@example.com'],
      warnings: [
        expect.stringMatching(
          /these look like days stored as midnight UTC. A user with 2026-11-25T00:00:00\.000Z is due from 2026-11-24 16:00 in America\/Los_Angeles/,
        ),
      ],
    })
    expect(await readingOf('midnight-utc.csv')).toMatchObject({ warnings: [] })
  })
})

describe('lists that stop the run', () => {
  const google = { 'email-column': 'Email Address [Required]' }
  test.each<[string, With, readonly (RegExp | string)[]]>([
    [
      'google-users.csv',
      google,
      [
        /none of these seems to say when users leave: .*use a column that says who leaves, as in `only-rows: Status \[READ ONLY\] = VALUE`\.$/,
      ],
    ],
    ['okta-users.csv', {}, [/as in `only-rows: status = VALUE`\.$/]],
    [
      'entra-users.csv',
      {
        'email-column': 'userPrincipalName',
        'date-column': 'employeeLeaveDateTime',
        'blank-date': 'not-due',
      },
      [
        /^entra-users\.csv, line 3: .* is the name of a guest in Entra; use the address, which is in another column, `mail`\.$/,
      ],
    ],
    [
      'rehired.csv',
      {},
      [
        'rehired.csv, line 3: "Ann@example.com" is also listed at rehired.csv, line 2, with another `revoke_after`; keep one.',
      ],
    ],
    [
      'api.json',
      {},
      [
        /^api\.json, line 1: `revoke_after` is "null", which means no date: if users without a date stay, set `blank-date: not-due`/,
      ],
    ],
    [
      'graph.json',
      {},
      [
        /^graph\.json: not a JSON array, but an object; use only the list in it: take it from "value", for example with `jq '\.value'`\.$/,
      ],
    ],
    ['lfs-pointer.csv', {}, [/is a Git LFS pointer, not the list itself: set `lfs: true`/]],
    ['merge-conflict.csv', {}, [/contains the marks of a merge conflict/]],
  ])('%s with %j', async (name, inputs, problems) => {
    const reading = await readingOf(name, inputs)
    expect(reading.problems).toEqual(
      problems.map((problem) => (typeof problem === 'string' ? problem : expect.stringMatching(problem))),
    )
    expect(reading.problems?.join()).not.toMatch(/date-column: |everyone|everybody/)
  })
})

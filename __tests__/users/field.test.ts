import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { With } from '../support/scene.ts'
import { type Reading, readingOf } from '../support/reading.ts'

const STAFF = { 'blank-date': 'not-due' }
const ANN = ['ann@example.com']

/** What a step makes of a file of the folder `field`, which holds small lists as systems export them. */
async function fieldOf(name: string, inputs: With): Promise<Reading> {
  return readingOf(inputs, { [name]: readFileSync(new URL(`field/${name}`, import.meta.url)) })
}

describe('lists that do what they mean', () => {
  test.each<[string, With, object]>([
    [
      'google-users.csv',
      {
        'email-column': 'Email Address [Required]',
        'only-rows': 'Status [READ ONLY] = Suspended, Archived',
        'date-column': 'none',
      },
      {
        due: ['ann.lee@example.com', 'cy.oz@example.com'],
        staying: 1,
        notes: [
          'google-users.csv: `only-rows` selects by "Status [READ ONLY]": "Suspended" 1 row, "Archived" 1 row.',
        ],
        warnings: [],
      },
    ],
    [
      'entra-users.csv',
      { ...STAFF, 'email-column': 'mail', 'date-column': 'employeeLeaveDateTime' },
      { due: ['jo@mail.example'], staying: 1, warnings: [] },
    ],
    [
      'bamboo-staff.csv',
      { ...STAFF, 'email-column': 'Work Email', 'date-column': 'Termination Date' },
      { due: ['bob@example.com'], staying: 2, badRows: [], warnings: [] },
    ],
    [
      'excel-short-rows.csv',
      { ...STAFF, 'date-column': 'Last Day' },
      { due: ['leaver@example.com'], staying: 18, warnings: [] },
    ],
    [
      'semicolons-commas-in-header.csv',
      { ...STAFF, 'date-column': 'Austritt', 'date-format': 'DD.MM.YYYY' },
      { due: ANN, staying: 1, warnings: [] },
    ],
    [
      'title-rows.csv',
      {},
      {
        due: ANN,
        notes: ['title-rows.csv: the header is line 3; the lines above it were skipped.'],
        warnings: [],
      },
    ],
    [
      'powershell-dates.csv',
      { 'email-column': 'mail', 'date-column': 'LastDay', 'date-format': 'MM/DD/YYYY' },
      { due: ANN, notDue: ['bob@example.com'], warnings: [] },
    ],
    [
      'sap-dates.csv',
      { ...STAFF, 'date-column': 'EndDate', 'date-format': 'YYYYMMDD' },
      { due: ANN, notDue: ['bob@example.com'], staying: 0, warnings: [] },
    ],
    ['midnight-utc.csv', {}, { due: ANN, warnings: [] }],
    [
      'midnight-utc.csv',
      { timezone: 'America/Los_Angeles' },
      {
        due: ANN,
        warnings: [
          'midnight-utc.csv: every timestamp is midnight UTC, so these look like days stored as midnight UTC. A user with 2026-11-25T00:00:00.000Z is due from 2026-11-24 16:00 (America/Los_Angeles), not from the end of a day. If days are meant, write them without a time.',
        ],
      },
    ],
    ['api.json', STAFF, { due: ['bob@example.com'], staying: 1, warnings: [] }],
    [
      'offsets.csv',
      {},
      { due: ['ann@example.com', 'bob@example.com', 'cy@example.com', 'di@example.com'], warnings: [] },
    ],
    ['tabs.tsv', {}, { due: ANN, warnings: [] }],
    ['no-dates.csv', STAFF, { due: ANN, staying: 11, warnings: [] }],
  ])('%s with %j', async (name, inputs, reading) => {
    expect(await fieldOf(name, inputs)).toMatchObject(reading)
  })
})

describe('lists that stop the run', () => {
  test.each<[string, With, readonly RegExp[]]>([
    [
      'google-users.csv',
      { 'email-column': 'Email Address [Required]' },
      [
        /^google-users\.csv:1: no column is called "revoke_after", .* `only-rows` says who leaves, .*docs\/lists\.md\.$/,
      ],
    ],
    [
      'okta-users.csv',
      {},
      [/^okta-users\.csv:1: .*The columns are "email", "status", "created", "lastLogin"\. .*`only-rows`/],
    ],
    [
      'okta-users.csv',
      { 'date-column': 'lastLogin' },
      [/^okta-users\.csv:1: the column "lastLogin" \(`date-column`\) does not seem/],
    ],
    [
      'entra-users.csv',
      { ...STAFF, 'email-column': 'userPrincipalName', 'date-column': 'employeeLeaveDateTime' },
      [/^entra-users\.csv:3: .* guest .*`mail`/],
    ],
    [
      'api.json',
      {},
      [/^api\.json:1: `revoke_after` is "null", which means no date\. .*`blank-date: not-due`/],
    ],
    [
      'graph.json',
      {},
      [/^graph\.json:1: unknown or repeated keys: .*"value"\. .*use only the list in "value"\.$/],
    ],
    [
      'unquoted-comma.csv',
      { 'date-column': 'none', 'only-rows': 'Status = Suspended' },
      [/^unquoted-comma\.csv:2: .*missing or shifted/],
    ],
    [
      'notice-and-last-day.csv',
      { 'email-column': 'E-Mail', 'date-format': 'DD.MM.YYYY' },
      [/^notice-and-last-day\.csv:1: no column is called "revoke_after"/],
    ],
    [
      'expired-accounts.csv',
      {
        ...STAFF,
        'email-column': 'mail',
        'date-column': 'AccountExpirationDate',
        'date-format': 'MM/DD/YYYY',
      },
      [
        /^expired-accounts\.csv:2: "AccountExpirationDate" .*an account has expired when that day begins\. .*`\.ToString\('o'\)`/,
      ],
    ],
  ])('%s with %j', async (name, inputs, problems) => {
    const reading = await fieldOf(name, inputs)
    expect(reading.problems).toEqual(problems.map((problem) => expect.stringMatching(problem)))
    expect(reading.problems?.join()).not.toMatch(/date-column: (?!none)|everyone|everybody/)
  })
})

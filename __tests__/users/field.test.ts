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
    [
      'rehired.csv',
      { 'bad-rows': 'skip' },
      {
        due: ['bob@example.com'],
        badRows: [expect.stringMatching(/^rehired\.csv:2 ann@example\.com: .* rehired\.csv:3, /)],
      },
    ],
    ['api.json', STAFF, { due: ['bob@example.com'], staying: 1, warnings: [] }],
    ['lines.jsonl', {}, { due: ANN, notDue: ['bob@example.com'], warnings: [] }],
    [
      'odd-years.csv',
      { 'bad-rows': 'skip' },
      {
        due: ['bob@example.com'],
        badRows: ['ann', 'kim', 'lee', 'max'].map((name) => expect.stringContaining(`${name}@example.com`)),
      },
    ],
    [
      'status-values.csv',
      { 'date-column': 'none', 'only-rows': 'status = "Left, paid"' },
      { due: ANN, staying: 4, warnings: [] },
    ],
    [
      'status-values.csv',
      { 'date-column': 'none', 'only-rows': 'status = Gekündigt, Not active' },
      { due: ['di@example.com', 'eve@example.com'], staying: 3, warnings: [] },
    ],
    ['note-with-address.csv', {}, { due: ANN, notDue: ['bob@example.com'], warnings: [] }],
    [
      'offsets.csv',
      {},
      { due: ['ann@example.com', 'bob@example.com', 'cy@example.com', 'di@example.com'], warnings: [] },
    ],
    ['near-titles.csv', { 'email-column': 'E-mail', 'date-column': 'EndDate' }, { due: ANN, warnings: [] }],
    ['one-leaver.json', {}, { due: ANN, warnings: [] }],
    ['late-header.csv', {}, { due: ANN, warnings: [] }],
    ['tabs.tsv', {}, { due: ANN, warnings: [] }],
    ['no-dates.csv', STAFF, { due: ANN, staying: 11, warnings: [] }],
    [
      'other-delimiter.csv',
      { ...STAFF, 'bad-rows': 'skip' },
      {
        due: ['bob@example.com'],
        staying: 1,
        badRows: [expect.stringMatching(/^other-delimiter\.csv:2 ann@example\.com;2026-11-23: /)],
      },
    ],
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
      'rehired.csv',
      {},
      [
        /^rehired\.csv:2: "ann@example\.com" is also listed at rehired\.csv:3, with another `revoke_after`\. Find out which is right, and remove the other\.$/,
      ],
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
    ['lfs-pointer.csv', {}, [/^lfs-pointer\.csv: the file is a Git LFS pointer, .*Set `lfs: true`/]],
    ['merge-conflict.csv', {}, [/^merge-conflict\.csv: the file contains the marks of a merge conflict/]],
    [
      'odd-years.csv',
      {},
      [
        /csv:3: .*2569.*50 years ahead/,
        /csv:4: .*0026.* before 1971/,
        /csv:5: .*1930.* before 1971/,
        /csv:6: .*2083.*50 years ahead/,
      ],
    ],
    [
      'status-values.csv',
      { 'date-column': 'none', 'only-rows': 'status = Left, paid' },
      [/"Left, paid" as several values.*double quotation marks/],
    ],
    [
      'status-values.csv',
      { 'date-column': 'none', 'only-rows': 'status = Suspendd' },
      [/"Suspendd", which no row has, but the column has "Suspended"/],
    ],
    [
      'status-values.csv',
      { 'date-column': 'none', 'only-rows': 'status == Suspended' },
      [/`only-rows` has `=` in "= Suspended"/],
    ],
    [
      'powershell-date.json',
      {},
      [/is how Windows PowerShell writes a date in JSON\. Write the date with `\.ToString\('o'\)`\.$/],
    ],
    ['invisible.csv', {}, [/^invisible\.csv:2: .* contains U\+200E, which no date has/]],
    ['table.txt', {}, [/^table\.txt: the file looks like a table or JSON, .*`\.csv`/]],
    ['glued-header.csv', {}, [/^glued-header\.csv:1: there is an address in or above the header/]],
    ['other-delimiter.csv', STAFF, [/^other-delimiter\.csv:2: /]],
    [
      'unquoted-comma.csv',
      { 'date-column': 'none', 'only-rows': 'Status = Suspended' },
      [/^unquoted-comma\.csv:2: .*missing or shifted/],
    ],
    ['open-quote.csv', { 'if-empty': 'ignore' }, [/a quotation mark is wrong here/]],
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

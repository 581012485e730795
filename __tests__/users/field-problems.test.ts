import { describe, expect, test } from '@jest/globals'
import type { With } from '../support/scene.ts'
import { fieldOf } from './field-list.ts'

const STAFF = { 'blank-date': 'not-due' }

describe('lists that stop the run', () => {
  test.each<[string, With, readonly RegExp[]]>([
    [
      'google-users.csv',
      { 'email-column': 'Email Address [Required]' },
      [
        /^google-users\.csv:1: no column is called "revoke_after", .* `date-column: none` together with `only-rows`\. .*docs\/lists\.md\.$/,
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
      [
        /^graph\.json: the JSON is an object around a list\. .*Take it from "value", for example with `jq '\.value'`\.$/,
      ],
    ],
    [
      'lfs-pointer.csv',
      {},
      [/^lfs-pointer\.csv: the file is a Git LFS pointer, not the list itself\. Set `lfs: true`/],
    ],
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
    ['table.txt', {}, [/^table\.txt: the file looks like a table, .*Rename it to end in `\.csv`/]],
    ['glued-header.csv', {}, [/^glued-header\.csv:1: there is an address in the header/]],
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

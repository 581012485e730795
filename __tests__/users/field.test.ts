import { describe, expect, test } from '@jest/globals'
import type { With } from '../support/scene.ts'
import { fieldOf } from './field-list.ts'

const STAFF = { 'blank-date': 'not-due' }
const ANN = ['ann@example.com']

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
        notes: ['title-rows.csv: lines 1 and 2 were skipped; the header is line 3.'],
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

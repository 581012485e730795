import { describe, expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import type { With } from '../support/scene.ts'

/** The users of a CSV file, or the problems with it. */
async function listOf(csv: string, inputs: With): Promise<unknown> {
  const given = { email: null, 'users-file': 'l.csv', 'if-empty': 'ignore', ...inputs }
  const { inputs: checked, problems } = await read(given, {}, { 'l.csv': csv })
  return checked?.list.users ?? problems
}

const END_OF_NOVEMBER = Date.parse('2026-12-01T00:00:00Z')

test('columns have the names that the step gives', async () => {
  const inputs = {
    'email-column': 'work mail',
    'date-column': 'AUSTRITTS-DATUM',
    'reference-column': 'Ticket',
    'date-format': 'DD.MM.YYYY',
    'blank-date': 'not-due',
  }
  const csv =
    'Name;Work-Mail;Austrittsdatum;Ticket\nA;a@example.com;30.11.2026;HR-1\nB;b@example.com;;\nC;c@example.com;now;\n'
  expect(await listOf(csv, inputs)).toEqual([
    {
      email: 'a@example.com',
      revokeAfter: { text: '30.11.2026', at: END_OF_NOVEMBER },
      timing: 'not_due',
      reference: 'HR-1',
      source: 'l.csv:2',
    },
    { email: 'b@example.com', timing: 'not_due', source: 'l.csv:3' },
    { email: 'c@example.com', timing: 'due', source: 'l.csv:4' },
  ])
})

test('an expression that came out empty is the default', async () => {
  const csv = 'email,revoke_after\na@example.com,now\n'
  expect(await listOf(csv, { 'email-column': '', 'date-column': '' })).toHaveLength(1)
})

test('without a date column nothing but addresses, UUIDs and the reference is left', async () => {
  expect(
    await listOf('email,user_uid,Ticket\na@example.com,,1\n', { 'reference-column': 'ticket' }),
  ).toHaveLength(1)
  expect(await listOf('email,,\na@example.com,,\n', {})).toHaveLength(1)
  expect(await listOf('Email,Name\na@example.com,A\n', { 'date-column': 'None' })).toHaveLength(1)
})

test('a long reference is cut to two thousand characters', async () => {
  const csv = `email,t\na@example.com,${'word '.repeat(600)}\nb@example.com,${'x'.repeat(2_000)}\n`
  expect(await listOf(csv, { 'reference-column': 't' })).toEqual([
    expect.objectContaining({ reference: expect.stringMatching(/^(?:word ){399}word…$/) }),
    expect.objectContaining({ reference: 'x'.repeat(2_000) }),
  ])
})

describe('problems with a header name the line to write', () => {
  const dates =
    'no column is called "revoke_after", so any of these may hold the dates on which users leave: '
  const noDates = 'no column is called "revoke_after", and none of these seems to say when users leave: '
  const columns = 'The columns are "Name", "Mail".'
  test.each<[string, string, With, string]>([
    [
      'dates under another name',
      'email,Last Day\na@example.com,2027-01-31\n',
      {},
      `${dates}"Last Day". Set \`date-column: Last Day\`.`,
    ],
    [
      'several of them',
      'email,From,Until,Note\na@example.com,1.2.2020,31/1/27,x\n',
      {},
      `${dates}"From", "Until", "Note". Set \`date-column: Until\`.`,
    ],
    [
      'dates that are not there yet',
      'email,Austrittsdatum\na@example.com,\n',
      {},
      `${dates}"Austrittsdatum". Set \`date-column: Austrittsdatum\`.`,
    ],
    [
      'no dates',
      'email,Team\na@example.com,x\n',
      {},
      `${noDates}"Team". Add a column with the dates, or use a column that says who leaves, as in \`only-rows: COLUMN = VALUE\`. Only if everyone in the file is to be revoked now, set \`date-column: none\`.`,
    ],
    [
      'a title that YAML would misread',
      'email,"# date: last"\na@example.com,now\n',
      {},
      `${dates}"# date: last". Set \`date-column: "# date: last"\`.`,
    ],
    [
      'a column without a title',
      'email,\na@example.com,now\n',
      {},
      'a column without a title has something in it, which may be a date; give the column a title.',
    ],
    [
      'a date column that is not there',
      'Name,Mail\nA,a@example.com\n',
      { 'email-column': 'mail', 'date-column': 'Exit' },
      `no column is called "Exit" (\`date-column\`). ${columns}`,
    ],
    [
      'a date column beside the usual one',
      'email,Exit,Revoke After\na@example.com,now,now\n',
      { 'date-column': 'Exit' },
      'there is a column "Revoke After" beside `date-column: Exit`, so it is not clear which dates count; remove that input, or rename the column.',
    ],
    [
      'the usual one, and none',
      'email,revoke_after\na@example.com,now\n',
      { 'date-column': 'none' },
      'there is a column "revoke_after" beside `date-column: none`, so it is not clear which dates count; remove that input, or rename the column.',
    ],
    [
      'no addresses',
      'Name,Mail\nA,a@example.com\n',
      {},
      `no column is called "email". ${columns} Set \`email-column: Mail\`, or add a header if the first row is none.`,
    ],
    [
      'addresses in several columns',
      'Name,Mail\na@example.com,b@example.com\n',
      {},
      `no column is called "email". ${columns} Set \`email-column\` to the one with the addresses that the users sign in with, or add a header if the first row is none.`,
    ],
    [
      'an address column that is not there',
      'Name,Mail\nA,x\n',
      { 'email-column': 'Work' },
      `no column is called "Work" (\`email-column\`). ${columns} Set \`email-column\` to the one with the addresses that the users sign in with, or add a header if the first row is none.`,
    ],
    [
      'a reference column that is not there',
      'Name,Mail\nA,a@example.com\n',
      { 'email-column': 'Mail', 'date-column': 'none', 'reference-column': 'Ticket' },
      `no column is called "Ticket" (\`reference-column\`). ${columns}`,
    ],
    [
      'one column for two things',
      'email,Exit\na@example.com,now\n',
      { 'date-column': 'Exit', 'reference-column': 'Exit' },
      '`email-column`, `date-column`, and `reference-column` must be different columns.',
    ],
    [
      'the same column twice',
      'email,Exit,exit\na@example.com,now,now\n',
      { 'date-column': 'Exit' },
      'two columns have the same name, the second "exit"; keep one.',
    ],
    [
      'no header',
      'a@example.com,now\n',
      {},
      'the first row must be a header, but it contains an address; add a line with the names of the columns above it, such as `email`.',
    ],
  ])('%s', async (_name, csv, inputs, problem) => {
    expect(await listOf(csv, inputs)).toEqual([`l.csv, line 1: ${problem}`])
  })
})

test('titles from the file are quoted, escaped, and cut; a row of people is not shown where addresses are masked', async () => {
  const csv = `email,\u202E${'Evil '.repeat(30)}\na@example.com,x\n`
  expect(await listOf(csv, {})).toEqual([expect.stringMatching(/"\\u\{202E\}(?:Evil ){11,15}…"/)])
  const row = 'Ann Doe ann@example.com,x\n'
  expect(JSON.stringify(await listOf(row, { 'mask-emails': 'true' }))).not.toMatch(/Ann|ann@/)
})

test('a named date column names the date in messages', async () => {
  const csv = 'email,Exit\na@example.com,\nb@example.com,soon\n'
  expect(await listOf(csv, { 'date-column': 'exit' })).toEqual([
    'l.csv, line 2: "Exit" is blank: if users without a date stay, set `blank-date: not-due`; for a user who leaves, write the date, or `now`.',
    expect.stringMatching(/^l\.csv, line 3: "Exit" "soon" is not a date like 2026-11-30,/),
  ])
})

test('a short row does not hide the address column', async () => {
  expect(await listOf('email,when,note\nb@example.com\na@example.com,2026-11-30,\n', {})).toContainEqual(
    expect.stringMatching(/Set `date-column: when`/),
  )
  expect(await listOf('email,\nb@example.com\na@example.com,\n', {})).toHaveLength(2)
})

test('a reference that only a later row has is kept', async () => {
  const csv = 'email,Ticket\na@example.com,\nA@example.com,HR-2\n'
  expect(await listOf(csv, { 'reference-column': 'Ticket' })).toMatchObject([{ reference: 'HR-2' }])
})

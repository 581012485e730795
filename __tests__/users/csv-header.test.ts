import { describe, expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import type { With } from '../support/scene.ts'

/** Who is due by a CSV file, and the notes; or the problems with it. */
async function readingOf(
  csv: string,
  inputs: With = {},
): Promise<{ due?: string[]; notes?: readonly string[]; problems: readonly string[] }> {
  const { inputs: checked, problems } = await read(
    { email: null, 'users-file': 'l.csv', ...inputs },
    {},
    { 'l.csv': csv },
  )
  if (checked === undefined) return { problems }
  const { users, notes } = checked.list
  return { due: users.filter(({ timing }) => timing === 'due').map(({ email }) => email), notes, problems }
}

describe('the delimiter is the one with which the header has the wanted columns', () => {
  test.each<[string, string, With]>([
    [
      'more commas than semicolons',
      'email;Name, First, Title;Exit\na@example.com;Lee, Ann, Dr.;now\nb@example.com;x;2999-01-01\n',
      { 'date-column': 'Exit' },
    ],
    [
      'more semicolons than commas',
      'email,Name; First; Title,Exit\na@example.com,Lee; Ann; Dr.,now\n',
      { 'date-column': 'Exit' },
    ],
    [
      'more commas than tabs',
      'Last, First, Title\temail\tExit\nLee, Ann, Dr.\ta@example.com\tnow\n',
      { 'date-column': 'Exit' },
    ],
    ['a delimiter within quotation marks', '"Name; a";email,Exit;x\n', { 'date-column': 'Exit' }],
    ['a single column', 'email\na@example.com\n', {}],
    ['a comma in the only other title', 'email;"Last, First"\na@example.com;x\n', { 'date-column': 'none' }],
    [
      'columns that only one delimiter has',
      'email,x;email;Ticket;y\nnobody;a@example.com;1;now\n',
      { 'reference-column': 'Ticket', 'date-column': 'none' },
    ],
  ])('%s', async (name, csv, inputs) => {
    const { due, problems } = await readingOf(csv, inputs)
    if (name.startsWith('a delimiter'))
      expect(problems).toEqual([expect.stringMatching(/no column is called "email"/)])
    else expect(due).toEqual(['a@example.com'])
  })
})

describe('title rows', () => {
  const LIST = 'email;revoke_after\na@example.com;now\n'
  test.each([
    ['one', `All leavers, of 2026\n${LIST}`, ['l.csv: line 1 was passed over; the header is line 2.']],
    ['two', `"Leavers ""A""\n";;\n${LIST}`, ['l.csv: lines 1 and 2 were passed over; the header is line 3.']],
    [
      'many',
      `Report;;\nby: HR;;\n\n\nas of; 2026-11-25;\n${LIST}`,
      ['l.csv: lines 1 to 5 were passed over; the header is line 6.'],
    ],
    [
      'with quotation marks',
      `The "best" list\n${LIST}`,
      ['l.csv: line 1 was passed over; the header is line 2.'],
    ],
    ["Excel's", `sep=;\n${LIST}`, ['l.csv: line 1 was passed over; the header is line 2.']],
    ['blank ones only', `\n\n ; \n${LIST}`, []],
  ])('%s', async (_name, csv, notes) => {
    if (csv.includes(' ; ')) expect(await readingOf(csv)).toMatchObject({ due: ['a@example.com'] })
    else expect(await readingOf(csv)).toEqual({ due: ['a@example.com'], notes, problems: [] })
  })

  test('lines are counted as in the file', async () => {
    expect((await readingOf(`Report\r\n\r\n${LIST}b;now\r\n`)).problems).toEqual([
      expect.stringMatching(/^l\.csv, line 5: "b" is not an email/),
    ])
  })

  test('an address above the header may be a user', async () => {
    for (const above of ['a@example.com;now', 'Report for hr@example.com', ';;x y@z w']) {
      expect((await readingOf(`Report\n${above}\n${LIST}`)).problems).toEqual([
        expect.stringMatching(
          /^l\.csv, line 2: there is an address above the header, which seems to be line 3; move/,
        ),
      ])
    }
  })

  test('the row of a user is not a header, even if one of its cells has the name of the column', async () => {
    const csv = 'Address,Contact by,Exit\na@example.com,email,now\nb@example.com,email,now\n'
    expect((await readingOf(csv)).problems).toEqual([
      expect.stringMatching(/^l\.csv, line 1: no column is called "email"/),
    ])
  })

  test('the header is one of the first ten rows', async () => {
    expect((await readingOf(`${'x\n'.repeat(9)}${LIST}`)).due).toEqual(['a@example.com'])
    expect((await readingOf(`${'x\n'.repeat(10)}${LIST}`)).problems).toEqual([
      expect.stringMatching(/^l\.csv, line 1: no column is called "email"/),
    ])
  })
})

describe('a date column beside a named one is an error, even if it is used for something else', () => {
  const CSV = 'email,revoke_after,Exit\na@example.com,2999-01-01,now\n'
  test.each<[With]>([
    [{ 'date-column': 'none', 'reference-column': 'revoke_after' }],
    [{ 'date-column': 'Exit', 'reference-column': 'revoke_after' }],
    [{ 'date-column': 'Exit', 'email-column': 'Revoke After' }],
    [{ 'date-column': 'none', 'only-rows': 'revoke_after = 2999-01-01' }],
  ])('%j', async (inputs) => {
    const { problems } = await readingOf(CSV, inputs)
    expect(problems).toEqual([expect.stringMatching(/there is a column "revoke_after" beside `date-column/)])
  })

  test('and so is one that is the reference as well', async () => {
    expect((await readingOf(CSV, { 'reference-column': 'revoke_after' })).problems).toEqual([
      expect.stringMatching(/must be different columns/),
    ])
  })
})

describe('advice is never dangerous', () => {
  test.each([
    'lastLogin',
    'Last Sign In [READ ONLY]',
    'hire_date',
    'birthday',
    'Created',
    'createdDateTime',
    'whenChanged',
    'Last Seen',
    'Start Date',
    'Eintritt',
    'Date of Birth',
    'pwdLastSet',
    'LastLogonDate',
    'Joined',
    'Last Activity (UTC)',
    'onPremisesLastSyncDateTime',
    'activated',
    'BEGDA',
    'lastLogoff',
    'Original_Hire_Date',
    'On leave until',
    'passwordChanged',
  ])('%s is not proposed for the dates, and warned about where it is named', async (title) => {
    const csv = `email,"${title}"\na@example.com,2026-11-20\n`
    const { problems } = await readingOf(csv)
    expect(problems).toEqual([
      expect.stringMatching(/none of these seems to say when users leave: .*`only-rows: COLUMN = VALUE`\.$/),
    ])
    const named = await read(
      { email: null, 'users-file': 'l.csv', 'date-column': title, 'due-within-days': '3650' },
      {},
      { 'l.csv': csv },
    )
    expect(named.warnings).toEqual([
      expect.stringContaining(`\`date-column\` is "${title}", which does not seem to say when users leave`),
    ])
  })

  test.each([
    'Last Day',
    'Termination Date',
    'employeeLeaveDateTime',
    'Austrittsdatum',
    'End Date',
    'accountExpires',
    'Contract until',
    'when',
    'Date of leaving',
    'Exit',
    'ENDDA',
    'Departure',
    'deactivatedAt',
    'Vertragsende',
  ])('%s is', async (title) => {
    const csv = `email,lastLogin,"${title}"\na@example.com,2026-11-20,2026-11-20\n`
    expect((await readingOf(csv)).problems).toEqual([
      expect.stringContaining(`Set \`date-column: ${title}\`.`),
    ])
    const named = await read(
      { email: null, 'users-file': 'l.csv', 'date-column': title, 'due-within-days': '3650' },
      {},
      { 'l.csv': csv },
    )
    expect(named.warnings).toEqual([])
  })

  test.each(['Manager Email', 'Recovery Email', 'Created by', 'Personal mail'])(
    '%s is not proposed for the addresses',
    async (title) => {
      const csv = `Name,${title}\nAnn,a@example.com\n`
      expect((await readingOf(csv)).problems).toEqual([
        expect.stringMatching(/Set `email-column` to the one with the addresses that the users sign in with/),
      ])
      const named = await read(
        { email: null, 'users-file': 'l.csv', 'email-column': title, 'date-column': 'none' },
        {},
        { 'l.csv': csv },
      )
      expect(named.warnings).toEqual([
        expect.stringContaining(`\`email-column\` is "${title}", which does not seem to hold`),
      ])
    },
  )

  test.each(['Gender', 'Department', 'Suspended', 'Terminated'])(
    '%s without dates is not proposed for them',
    async (title) => {
      const csv = `email,${title}\na@example.com,x\n`
      expect((await readingOf(csv)).problems.join()).not.toContain('date-column: ' + title)
    },
  )

  test('`date-column: none` is proposed for no export of a whole staff', async () => {
    const note = 'Only if everyone in the file is to be revoked now, set `date-column: none`.'
    expect((await readingOf('email,Team\na@example.com,x\n')).problems.join()).toContain(note)
    for (const title of ['Status', 'accountEnabled', 'Suspended', 'Employment type', 'lastLogin']) {
      expect((await readingOf(`email,Team,${title}\na@example.com,x,y\n`)).problems.join()).not.toContain(
        'date-column: none',
      )
    }
  })
})

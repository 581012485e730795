import { describe, expect, test } from '@jest/globals'
import type { With } from '../support/scene.ts'
import { tableOf } from '../support/reading.ts'

const ANN = { due: ['ann@example.com'] }

/** Reads a table with one row of a user who leaves now, and whatever is in the other columns. */
async function columnsOf(header: string, row: string, inputs: With = {}): ReturnType<typeof tableOf> {
  return tableOf(`${header}\n${row}\n`, inputs)
}

describe('titles', () => {
  test.each<[string, string, With]>([
    [
      'without letter case, spaces, hyphens, and underscores',
      'WORK_e-mail,last DAY',
      { 'email-column': 'Work Email', 'date-column': 'LastDay' },
    ],
    ['composed', 'email,Ku\u0308ndigung', { 'date-column': 'Kündigung' }],
    ['over two lines', 'email,"Revoke\nAfter"', {}],
    [
      'with an address as an example in round brackets',
      'email,"Revoke After (e.g. ann@example.com)"',
      { 'date-column': 'Revoke After (e.g. ann@example.com)' },
    ],
    [
      'that are used alone if one fits exactly',
      'email,Exit,exit',
      { 'date-column': 'exit', 'email-column': 'email' },
    ],
  ])('%s', async (_name, header, inputs) => {
    const row = header.includes('exit') ? 'ann@example.com,2030-01-01,now' : 'ann@example.com,now'
    expect(await columnsOf(header, row, inputs)).toMatchObject(ANN)
  })

  test('that are equally near are an error', async () => {
    const { problems } = await columnsOf('Email,E-Mail', 'a@example.com,b@example.com')
    expect(problems).toEqual([
      'l.csv:1: several columns are called nearly the same: "Email", "E-Mail". Rename all of them but the right one, or write its exact title in the input.',
    ])
  })

  test('are quoted, cut, and at most fifty', async () => {
    const header = [
      'email',
      `\u202E${'Evil '.repeat(30)}`,
      ...Array.from({ length: 400 }, (_, index) => `c${index}`),
    ]
    const { problems } = await columnsOf(header.join(), 'ann@example.com')
    expect(problems).toEqual([
      expect.stringMatching(/"\u202E(?:Evil ){11,15}…", "c0", .*"c47", and 352 more\./),
    ])
    expect(problems?.join().length).toBeLessThan(1_500)
  })

  test('that look like a credential are not repeated', async () => {
    const token = `cfut_${'a'.repeat(40)}`
    const { problems } = await columnsOf(`email,${token}`, 'ann@example.com,now')
    expect(problems).toEqual([expect.stringMatching(/"email", something that looks like a credential\./)])
  })
})

test('without a date column nothing but addresses, UUIDs and the reference is left', async () => {
  expect(
    await columnsOf('email,user_uid,Ticket', 'ann@example.com,,1', { 'reference-column': 'ticket' }),
  ).toMatchObject(ANN)
  expect(await columnsOf('email,,', 'ann@example.com,,')).toMatchObject(ANN)
  expect(await columnsOf('Email,Name', 'ann@example.com,A', { 'date-column': 'None' })).toMatchObject(ANN)
})

test.each(['Name', 'Invited By'])(
  'no title is proposed for dates or addresses, such as %s',
  async (title) => {
    expect((await columnsOf(`Commencement Date,${title}`, '2026-11-20,ann@example.com')).problems).toEqual([
      `l.csv:1: no column is called "email" (\`email-column\`). The columns are "Commencement Date", "${title}".`,
      `l.csv:1: no column is called "revoke_after", so nothing says when users leave. The columns are "Commencement Date", "${title}". Set \`date-column\` to the one with the dates on which users leave, or if \`only-rows\` says who leaves, set \`date-column: none\`. For a list of nothing but leavers, see docs/lists.md.`,
    ])
  },
)

describe('a title that says in plain words that it is something else stops the run', () => {
  test.each([
    'lastLogin',
    'Last Sign-In [READ ONLY]',
    'last_seen',
    'Hire Date',
    'Hired',
    'Start Date',
    'startedAt',
    'Date of Birth',
    'createdDateTime',
    'whenChanged',
    'MODIFIED',
    'Updated on',
    'LastLogonDate',
  ])('%s', async (title) => {
    const { problems } = await columnsOf(`email,${title}`, 'ann@example.com,now', { 'date-column': title })
    expect(problems).toEqual([
      expect.stringMatching(
        /^l\.csv:1: the column ".*" \(`date-column`\) does not seem to say when users leave/,
      ),
    ])
  })

  test.each([
    'Contract Start/End',
    'Leave start',
    'Changed to leaving',
    'Last Day (updated)',
    'Termination date, modified',
    'offboardingCreated',
    'Disabled: changed',
    'deactivatedAt changed',
    'Expires (updated)',
    'Restarted',
    'Unseen',
    'Austritt',
  ])('but %s does not', async (title) => {
    expect(
      await columnsOf(`email,"${title}"`, 'ann@example.com,now', { 'date-column': title }),
    ).toMatchObject({ ...ANN, warnings: [] })
  })

  test.each(['Manager Email', 'supervisorMail'])('%s', async (title) => {
    const { problems } = await columnsOf(`Name,${title}`, 'A,ann@example.com', {
      'email-column': title,
      'date-column': 'none',
    })
    expect(problems).toEqual([
      expect.stringMatching(/\(`email-column`\) does not seem to have the addresses of the users who leave/),
    ])
  })
})

describe('problems with the header', () => {
  test.each<[string, string, With, string]>([
    [
      'all missing columns at once',
      'Name,Mail',
      {
        'email-column': 'mail',
        'date-column': 'Exit',
        'reference-column': 'Ticket',
        'only-rows': 'State = x',
      },
      'no column is called "Exit" (`date-column`) or "Ticket" (`reference-column`) or "State" (`only-rows`). The columns are "Name", "Mail".',
    ],
    [
      'a date column beside the usual one',
      'email,Exit,Revoke After',
      { 'date-column': 'Exit' },
      'the list has a column "Revoke After", but `date-column` is "Exit", so it is not clear which dates count. If the dates of that column are the right ones, remove `date-column`. If not, rename the column.',
    ],
    [
      'the usual one, and none',
      'email,revoke_after',
      { 'date-column': 'none' },
      'the list has a column "revoke_after", but `date-column` is "none", so it is not clear which dates count. If the dates of that column are the right ones, remove `date-column`. If not, rename the column.',
    ],
    [
      'one column for two things',
      'email,Exit',
      { 'date-column': 'Exit', 'reference-column': 'Exit' },
      '`email-column`, `date-column`, and `reference-column` must be different columns. The columns are "email", "Exit".',
    ],
    [
      'no header',
      'ann@example.com,now',
      {},
      'there is an address in or above the header, which seems to be line 1 and reads "ann@example.com", "now". Write a line with the names of the columns above the users, and no address in it or above it.',
    ],
  ])('%s', async (_name, header, inputs, problem) => {
    expect((await columnsOf(header, 'ann@example.com,now,now', inputs)).problems).toEqual([
      `l.csv:1: ${problem}`,
    ])
  })

  test('a column without a title must be blank where nothing says what the dates are', async () => {
    const { problems } = await tableOf('email,\nann@example.com,\nbob@example.com,2999-01-01\n')
    expect(problems).toEqual([
      expect.stringMatching(
        /^l\.csv:1: no column is called "revoke_after", .* The columns are "email", ""\./,
      ),
    ])
  })
})

test('a named date column names the date in messages', async () => {
  const { problems } = await tableOf('email,Exit\na@example.com,\nb@example.com,soon\n', {
    'date-column': 'exit',
  })
  expect(problems).toEqual([
    'l.csv:2: "Exit" is blank. If users without a date stay, set `blank-date: not-due`. For a user who leaves, write the date, or `now`.',
    expect.stringMatching(/^l\.csv:3: "Exit" "soon" is not a date in the format YYYY-MM-DD,/),
  ])
})

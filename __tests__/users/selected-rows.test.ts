import { describe, expect, test } from '@jest/globals'
import { type Reading, readingOf, tableOf } from '../support/reading.ts'
import type { With } from '../support/scene.ts'

const STAFF = [
  'Mail,Account Status,Left on',
  'ann@example.com, SUSPENDED ,2020-01-31',
  'bob@example.com,Active,not a date',
  ',Active,',
  'nobody,On leave,',
  'cy@example.com,archived,now',
  'dee@example.com,suspended,now',
].join('\n')

const readStaff = async (inputs: With, csv = STAFF): Promise<Reading> =>
  tableOf(csv, { 'email-column': 'Mail', ...inputs })

test('only the rows with one of the values count; the users of all other rows stay', async () => {
  expect(
    await readStaff({ 'only-rows': 'account-status = Suspended , ARCHIVED', 'date-column': 'Left on' }),
  ).toMatchObject({
    due: ['cy@example.com', 'dee@example.com'],
    past: ['ann@example.com'],
    staying: 3,
    badRows: [],
    notes: ['l.csv: `only-rows` selects by "Account Status": "Suspended" 2 rows, "ARCHIVED" 1 row.'],
    warnings: [],
  })
})

test('a selected row must have a date, and an address unless it is not due', async () => {
  const { problems } = await readStaff({
    'only-rows': 'Account Status = Active, On leave',
    'date-column': 'Left on',
  })
  expect(problems).toEqual([
    expect.stringMatching(/^l\.csv:3: "Left on" "not a date" is not a date/),
    expect.stringMatching(/^l\.csv:4: the address is missing/),
    expect.stringMatching(/^l\.csv:4: "Left on" is blank/),
    expect.stringMatching(/^l\.csv:5: "nobody" is not an email address/),
    expect.stringMatching(/^l\.csv:5: "Left on" is blank/),
  ])
})

test('with `blank-date: not-due` no date is needed, because the rows say who leaves', async () => {
  const inputs = { 'only-rows': 'Account Status = Archived', 'date-column': 'none', 'blank-date': 'not-due' }
  expect(await readStaff(inputs)).toMatchObject({ due: ['cy@example.com'], staying: 5 })
})

test('it does not replace dates', async () => {
  const { problems } = await readStaff({ 'only-rows': 'Account Status = Suspended' })
  expect(problems).toEqual([
    expect.stringMatching(/or if `only-rows` says who leaves, set `date-column: none`\./),
  ])
})

test('a user who is selected in one row, and not in another, is a contradiction', async () => {
  const csv = 'Mail,Status\na@example.com,Gone\nA@example.com,Active\n'
  expect((await readStaff({ 'date-column': 'none', 'only-rows': 'Status = Gone' }, csv)).problems).toEqual([
    expect.stringMatching(/^l\.csv:2: .* is also listed at l\.csv:3/),
  ])
})

describe('if no row is selected, the list is empty', () => {
  const inputs = { 'only-rows': 'Account Status = Left', 'date-column': 'none' }
  const what = 'l.csv: `only-rows` selects no row.'
  const values = 'The column "Account Status" has the values "SUSPENDED", "Active", "On leave", "archived".'

  test.each<[string, object]>([
    [
      'fail',
      {
        problems: [`${what} ${values} If that is not a mistake, set \`if-empty\` to \`warn\` or \`ignore\`.`],
      },
    ],
    ['warn', { warnings: [`${what} ${values}`], staying: 6 }],
    ['ignore', { warnings: [], notes: expect.arrayContaining([what]) }],
  ])('%s', async (ifEmpty, reading) => {
    expect(await readStaff({ ...inputs, 'if-empty': ifEmpty })).toMatchObject(reading)
  })
})

const VALUES = [
  'Mail,a=b,Status',
  'ann@example.com,x,"Left, paid"',
  'bob@example.com,y,Suspended',
  'cy@example.com,z,  Not   Active ',
  'di@example.com,x,"A ""B"" (C); D=E and F"',
  'eve@example.com,x,Left',
].join('\n')

describe('the input', () => {
  test.each<[string, string, string[]]>([
    ['values on lines', 'Status = Suspended,\n  not active', ['bob', 'cy']],
    ['a value on a line of its own', 'Status =\nSuspended\nLeft\n', ['bob', 'eve']],
    ['a value in double quotation marks', 'Status = "Left, paid", Suspended', ['ann', 'bob']],
    ['a value that has everything', 'Status = "A ""B"" (C); D=E and F"', ['di']],
    ['a title with an equals sign', 'a=b = x', ['ann', 'di', 'eve']],
    ['a title as good as that', 'A = B = z', ['cy']],
    ['an odd comma', 'Status = Suspended,,', ['bob']],
    ['neighbours that are meant', 'Status = "Left", "paid"', ['eve']],
    ['a near value that is meant', 'Status = "Suspende", Left', ['eve']],
    ['a near value of four letters', 'Status = Lefd, Suspended', ['bob']],
    ['words within words', 'Status = Suspended, Android, Oregon', ['bob']],
  ])('%s', async (_name, onlyRows, due) => {
    expect(await readStaff({ 'only-rows': onlyRows, 'date-column': 'none' }, VALUES)).toMatchObject({
      due: due.map((name) => `${name}@example.com`),
    })
  })

  test.each<[string, RegExp]>([
    ['Status', /^`only-rows` is "Status"\. Write a column and its values/],
    ['= Suspended', /^`only-rows` is "= Suspended"\. Write/],
    ['Status\n= Suspended', /^`only-rows` is "Status\n= Suspended"\. Write/],
    ['Status = ,', /`only-rows` has no values\. Write/],
    ['Status == Suspended', /`only-rows` has `=` in "= Suspended"\. It takes one column/],
    ['Status != Active', /no column is called "Status !" \(`only-rows`\)/],
    ['Status = Suspended; Left', /has `;` in/],
    ['Status = [Suspended]', /has `\[` in/],
    ["Status = 'Suspended'", /has `'` in/],
    ['Status = “Suspended”', /has `“` in/],
    ['Status = "Suspended', /has `"` in/],
    ['Status = Suspended or Left', /has the word `or` in/],
    ['Status = Suspended, Team = HR', /has `=` in "Team = HR"/],
    ['Status = Suspended\nTeam = HR', /has `=` in "Team = HR"/],
    [
      'Status = Left, paid',
      /has "Left, paid" as several values, but that is one value of the column\. Write it in double/,
    ],
    [
      'Status = Suspendd',
      /selects "Suspendd", which no row has, but the column has "Suspended"\. .*or if it is right, write it in double quotation marks/,
    ],
    ['Status = Suspendedd', /has "Suspended"/],
    ['Status = Suspedned', /has "Suspended"/],
    ['Status = Suspendet', /has "Suspended"/],
    ['Status = Left, Not Activ', /has "Not {3}Active"/],
  ])('%j is an error', async (onlyRows, problem) => {
    const { problems } = await readStaff(
      { 'only-rows': onlyRows, 'date-column': 'none', 'if-empty': 'ignore' },
      VALUES,
    )
    expect(problems).toEqual([expect.stringMatching(problem)])
  })

  test('needs columns', async () => {
    const { problems } = await readingOf({ 'only-rows': 'A = B' }, { 'l.txt': 'a@example.com\n' })
    expect(problems).toEqual([
      '`only-rows` needs columns. Use it with a table in `users-file`, such as a `.csv` file.',
    ])
  })

  test('may be as long as it can be', async () => {
    const onlyRows = `Status = ${Array.from({ length: 900 }, (_, index) => `v${index}`).join()}`
    expect(
      await readStaff({ 'only-rows': onlyRows, 'date-column': 'none', 'if-empty': 'ignore' }, VALUES),
    ).toMatchObject({ staying: 5 })
    for (const values of ['x,'.repeat(1_001), 'x'.repeat(201)]) {
      const longer = await readStaff({ 'only-rows': `Status = ${values}`, 'date-column': 'none' }, VALUES)
      expect(longer.problems).toEqual([
        'l.csv:1: `only-rows` has more than 1,000 values, or one of more than 200 characters.',
      ])
    }
  })
})

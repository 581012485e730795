import { expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'

/** The result for each row of a list, most of whose users stay. */
async function rowsOf(csv: string): Promise<unknown> {
  const inputs = { email: null, 'users-file': 'l.csv', 'blank-date': 'not-due', 'bad-rows': 'skip' }
  const { inputs: checked, problems } = await read(inputs, {}, { 'l.csv': csv })
  if (checked === undefined) return problems
  const { users, badRows, unaddressed } = checked.list
  return {
    due: users.filter(({ timing }) => timing === 'due').map(({ source }) => source),
    stay: users.filter(({ timing }) => timing === 'not_due').map(({ source }) => source),
    bad: badRows.map(({ source, email }) => `${source} ${email}`),
    unaddressed,
  }
}

const GOOD = ['w@example.com,Wen,now,x', 'x@example.com,Xi,,x', 'y@example.com,Yo,,']

/** More rows of people who stay, so that most rows can be used. */
const MORE = Array.from({ length: 4 }, (_, index) => `u${index}@example.com,U,,`)

const listOf = (...rows: readonly string[]): string =>
  ['email,name,revoke_after,note', ...GOOD, ...rows].join('\n')

test('cells that are missing at the end are blank', async () => {
  expect(await rowsOf(listOf('a@example.com,Ann,now', 'b@example.com,Bob', 'c@example.com', ',Dee'))).toEqual(
    {
      due: ['l.csv:2', 'l.csv:5'],
      stay: ['l.csv:3', 'l.csv:4', 'l.csv:6', 'l.csv:7'],
      bad: [],
      unaddressed: 1,
    },
  )
})

test('surplus cells count only if they are not blank', async () => {
  expect(await rowsOf(listOf('a@example.com,Ann,now,x,,,', 'b@example.com,Bob,now,x,y'))).toMatchObject({
    due: ['l.csv:2', 'l.csv:5'],
    bad: ['l.csv:6 b@example.com'],
  })
})

test('a row that lacks a cell in the middle does not pass for one that ends early', async () => {
  const short = [
    'a@example.com,now',
    'b@example.com,2026-11-20',
    'Cy,c@example.com',
    'd@example.com,Dee,x',
    'e@example.com,20 Nov 2026',
    'f@example.com,f@home.example',
  ]
  expect(await rowsOf(listOf(...MORE, ...short))).toMatchObject({
    due: ['l.csv:2'],
    bad: [
      'l.csv:9 a@example.com',
      'l.csv:10 b@example.com',
      'l.csv:11 c@example.com',
      'l.csv:12 d@example.com',
      'l.csv:13 e@example.com',
      'l.csv:14 f@example.com',
    ],
  })
})

test('a short row may have dates and addresses where complete rows have them', async () => {
  const csv = [
    'email,manager,hired,revoke_after,note',
    'a@example.com,m@example.com,2020-01-31,now,x',
    'b@example.com,m@example.com,2020-01-31,now',
    'c@example.com,m@example.com,2020-01-31',
  ]
  expect(await rowsOf(csv.join('\n'))).toMatchObject({
    due: ['l.csv:2', 'l.csv:3'],
    stay: ['l.csv:4'],
    bad: [],
  })
  const early = csv.map((row, index) => (index === 0 ? `${row},more` : row))
  expect(await rowsOf(early.join('\n'))).toEqual(
    expect.arrayContaining([expect.stringMatching(/seems to lack a cell in the middle/)]),
  )
})

test('titles that are missing at the end of the header make no row short', async () => {
  expect(
    await rowsOf('email,hired,revoke_after,,\na@example.com,2020-01-31,now\nb@example.com,2020-01-31,\n'),
  ).toMatchObject({
    due: ['l.csv:2'],
    stay: ['l.csv:3'],
    bad: [],
  })
})

test('a column without a title must be blank where nothing says what the dates are', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => `u${index}@example.com,`)
  const csv = ['email,', ...rows, 'late@example.com,2999-01-01'].join('\n')
  const { problems } = await read({ email: null, 'users-file': 'l.csv' }, {}, { 'l.csv': csv })
  expect(problems).toEqual([
    expect.stringMatching(
      /^l\.csv, line 42: a column without a title has something in it, which may be a date/,
    ),
  ])
})

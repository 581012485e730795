import { expect, test } from '@jest/globals'
import { type Reading, tableOf } from '../support/reading.ts'

/** What a list whose users mostly stay comes to. */
const rowsOf = async (csv: string): Promise<Reading> =>
  tableOf(csv, { 'blank-date': 'not-due', 'bad-rows': 'skip' })

const GOOD = ['w@example.com,Wen,now,x', 'x@example.com,Xi,,x', 'y@example.com,Yo,,']

/** More rows of people who stay, so that most rows can be used. */
const MORE = Array.from({ length: 4 }, (_, index) => `u${index}@example.com,U,,`)

const listOf = (...rows: readonly string[]): string =>
  ['email,name,revoke_after,note', ...GOOD, ...rows].join('\n')

test('cells that are missing at the end are blank', async () => {
  expect(
    await rowsOf(listOf('a@example.com,Ann,now', 'b@example.com,Bob', 'c@example.com', ',Dee')),
  ).toMatchObject({ due: ['w@example.com', 'a@example.com'], staying: 5, badRows: [] })
})

test('surplus cells count only if they are not blank', async () => {
  expect(await rowsOf(listOf('a@example.com,Ann,now,x,,,', 'b@example.com,Bob,now,x,y'))).toMatchObject({
    due: ['w@example.com', 'a@example.com'],
    badRows: [expect.stringMatching(/^l\.csv:6 b@example\.com: this row has 5 cells, the header has 4\./)],
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
    due: ['w@example.com'],
    badRows: ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) =>
      expect.stringMatching(
        new RegExp(`^l\\.csv:${9 + index} ${name}@.*(?: missing or shifted| is not a date)`),
      ),
    ),
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
    due: ['a@example.com', 'b@example.com'],
    staying: 1,
    badRows: [],
  })
  const early = csv.map((row, index) => (index === 0 ? `${row},more` : row))
  expect((await rowsOf(early.join('\n'))).problems?.join()).toMatch(/missing or shifted/)
})

test('titles that are missing at the end of the header make no row short', async () => {
  expect(
    await rowsOf('email,hired,revoke_after,,\na@example.com,2020-01-31,now\nb@example.com,2020-01-31,\n'),
  ).toMatchObject({
    due: ['a@example.com'],
    staying: 1,
    badRows: [],
  })
})

const STAFF = [
  'email,name,team,revoke_after,note',
  'x@example.com,Xi,A,now,n',
  'y@example.com,Yo,A,,n',
  ',Zoe,B,,',
]

/** Reads the staff with one row more, of someone who leaves. */
const staffWith = async (row: string): Promise<Reading> => rowsOf([...STAFF, row, ''].join('\n'))

test('a row with blank cells too many that lacks one in the middle revokes nobody else', async () => {
  const csv = [
    'name,revoke_after,hired,email,manager',
    'Xi,now,2020-01-31,x@example.com,boss@example.com',
    'Ann,now,a@example.com,boss@example.com,,,',
  ]
  expect(await rowsOf(csv.join('\n'))).toMatchObject({
    due: ['x@example.com'],
    badRows: [expect.stringMatching(/^l\.csv:3 a@example\.com, boss@example\.com: .* missing or shifted/)],
  })
})

test.each([
  ['a delimiter of another kind', 'a@example.com;Ann;A;2026-11-23;'],
  ['a delimiter of another kind between two cells', 'a@example.com,Ann;A,2026-11-23'],
  ['one cell with the whole row', '"a@example.com,Ann,A,2026-11-23,"'],
  ['a name with a comma, so that the address is elsewhere', 'Lee, a@example.com,A,2026-11-23'],
  ['one delimiter too many before the date', 'a@example.com,Lee,Ann,,2026-11-23,'],
  ['a row in two lines', 'a@example.com,Ann,A\n2026-11-23,note'],
  ['a display name', 'Ann <a@example.com>,Ann,A,,'],
  ['two addresses', 'a@example.com b@example.com,Ann,A,,'],
])('nobody stays because a row was not understood: %s', async (_name, row) => {
  const { due, badRows, problems } = await staffWith(row)
  expect(problems).toBeUndefined()
  expect(due).toEqual(['x@example.com'])
  expect(badRows).toHaveLength(1)
})

test.each([
  ['no address', ',Ann,A,,'],
  ['a word for none', 'n/a,Ann,A,,'],
  ['a word', 'Ann,Ann,A,,'],
  ["a guest's name", 'a_mail.example#EXT#@example.onmicrosoft.com,Ann,A,,'],
  ['a date to come, and no address', ',Ann,A,2027-01-31,'],
  ['a date long ago, and no address', ',Ann,A,2020-01-31,'],
])('someone stays with %s', async (_name, row) => {
  expect(await staffWith(row)).toMatchObject({ due: ['x@example.com'], staying: 3, badRows: [] })
})

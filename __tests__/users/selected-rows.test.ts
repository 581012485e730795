import { describe, expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
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

const FILE = { email: null, 'users-file': 'l.csv', 'email-column': 'Mail' }

const readStaff = async (inputs: With, csv = STAFF): ReturnType<typeof read> =>
  read({ ...FILE, ...inputs }, {}, { 'l.csv': csv })

test('only the rows with one of the values count; the users of all other rows stay', async () => {
  const { inputs, warnings } = await readStaff({
    'only-rows': 'account-status = Suspended , ARCHIVED',
    'date-column': 'Left on',
  })
  expect(inputs?.list).toMatchObject({
    users: [
      { email: 'ann@example.com', timing: 'past' },
      { email: 'bob@example.com', timing: 'not_due' },
      { email: 'cy@example.com', timing: 'due' },
      { email: 'dee@example.com', timing: 'due' },
    ],
    unaddressed: 2,
    badRows: [],
  })
  expect(warnings).toEqual([])
})

test('a selected row must have an address and a date', async () => {
  const { problems } = await readStaff({
    'only-rows': 'Account Status = Active, On leave',
    'date-column': 'Left on',
  })
  expect(problems).toEqual([
    expect.stringMatching(/^l\.csv, line 3: "Left on" "not a date" is not a date/),
    expect.stringMatching(/^l\.csv, line 4: the address is missing/),
    expect.stringMatching(/^l\.csv, line 4: "Left on" is blank/),
    expect.stringMatching(/^l\.csv, line 5: "nobody" is not an email address/),
    expect.stringMatching(/^l\.csv, line 5: "Left on" is blank/),
  ])
})

test('it does not replace dates', async () => {
  const { problems } = await readStaff({ 'only-rows': 'Account Status = Suspended' })
  expect(problems).toEqual([expect.stringMatching(/Set `date-column: Left on`\.$/)])
  const csv = 'email,Status,Team\na@example.com,Gone,x\n'
  const named = { 'email-column': 'email', 'only-rows': 'Status = Gone' }
  expect((await readStaff(named, csv)).problems).toEqual([
    expect.stringMatching(/or set `date-column: none` to revoke the users of the selected rows\.$/),
  ])
  const { inputs } = await readStaff({ ...named, 'date-column': 'none' }, csv)
  expect(inputs?.list.users).toMatchObject([{ timing: 'due' }])
})

test('a user who is selected in one row, and left out in another, is a contradiction', async () => {
  const csv = 'email,Status\na@example.com,Gone\nA@example.com,Active\n'
  const inputs = { 'email-column': 'email', 'date-column': 'none', 'only-rows': 'Status = Gone' }
  expect((await readStaff(inputs, csv)).problems).toEqual([
    expect.stringMatching(/^l\.csv, line 3: .* is also listed at l\.csv, line 2/),
  ])
})

test('if no row is selected, a warning names up to ten values', async () => {
  const { inputs, warnings } = await readStaff({
    'only-rows': 'Account Status = Left',
    'date-column': 'none',
  })
  expect(inputs?.list.users.map(({ timing }) => timing)).not.toContain('due')
  expect(warnings).toEqual([
    '`only-rows` selects no row of l.csv; check its values. The column "Account Status" has the values "SUSPENDED", "Active", "On leave", "archived", "suspended".',
  ])
  const rows = Array.from({ length: 30 }, (_, index) => `u${index}@example.com,v${index}`)
  const csv = `email,s,t\n${rows.join('\n')}\n`
  const many = await readStaff({ 'email-column': 'email', 'only-rows': 's = x', 'date-column': 'none' }, csv)
  expect(many.warnings).toEqual([expect.stringMatching(/"v8", "v9"\.$/)])
  const header = await readStaff(
    { 'email-column': 'email', 'only-rows': 's = x', 'date-column': 'none', 'if-empty': 'ignore' },
    'email,s\n',
  )
  expect(header.warnings).toEqual([])
  const empty = await readStaff(
    { 'email-column': 'email', 'only-rows': 's = x', 'date-column': 'none' },
    'email,s\na@example.com,\n',
  )
  expect(empty.warnings).toEqual([expect.stringMatching(/has no values\.$/)])
})

describe('mistakes', () => {
  test.each<[string, With, RegExp]>([
    [
      'no value',
      { 'only-rows': 'Account Status' },
      /^`only-rows` is "Account Status": write a column and its values, like `only-rows: Status = Suspended, Archived`\.$/,
    ],
    ['a blank value', { 'only-rows': 'Account Status = ,' }, /^`only-rows` is "Account Status = ,": write/],
    ['no column', { 'only-rows': '= Suspended' }, /^`only-rows` is "= Suspended": write/],
    [
      'a column that is not there',
      { 'only-rows': 'State = Suspended' },
      /^l\.csv, line 1: no column is called "State" \(`only-rows`\)\. The columns are/,
    ],
    [
      'a list without columns',
      { 'users-file': 'l.txt', 'only-rows': 'A = B' },
      /^`only-rows` needs columns: use it with a CSV file in `users-file`\.$/,
    ],
  ])('%s', async (_name, inputs, problem) => {
    const { problems } = await read(
      { ...FILE, 'date-column': 'none', ...inputs },
      {},
      { 'l.csv': STAFF, 'l.txt': 'a@example.com\n' },
    )
    expect(problems).toContainEqual(expect.stringMatching(problem))
  })

  test('values of those who stay are warned about', async () => {
    const { warnings } = await readStaff({
      'only-rows': 'Account Status = Active',
      'date-column': 'none',
      'bad-rows': 'skip',
    })
    expect(warnings).toEqual([
      expect.stringMatching(/^`only-rows` selects the rows with "active", which seem to be users who stay/),
    ])
  })
})

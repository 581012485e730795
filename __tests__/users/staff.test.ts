import { describe, expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'

const STAFF = { email: null, 'users-file': 'l.csv', 'blank-date': 'not-due' }

describe('what systems write for no date is blank', () => {
  test.each<[string, string[]]>([
    ['nothing', ['', '/  /', '  .  .']],
    ['dashes', ['-', '--', '---', '–', '—']],
    [
      'no answer',
      ['n/a', 'N/A', 'n.a.', 'NA', '#N/A', '<NA>', '(empty)', '(blank)', '_No response_', 'Never'],
    ],
    ['words of programs', ['none', 'nil', 'NULL', '(null)', 'undefined', 'NaN', 'NaT', '\\N']],
    ['numbers', ['0', '00000000', '9223372036854775807']],
    ['zeros', ['0000-00-00', '00.00.0000', '00/00/0000', '0000-00-00 00:00:00']],
    ['the year 1', ['0001-01-01T00:00:00', '1/1/0001 12:00:00 AM']],
    ['years of Windows', ['1601-01-01T00:00:00Z', '1600-12-31T16:00:00-08:00', '1753-01-01 00:00:00.000']],
    ['years of spreadsheets', ['1899-12-30', '12/30/1899 12:00:00 AM', '00.01.1900', '1899-05-17']],
    ['the year 1900', ['1900-01-01', '01-JAN-1900', '19000101']],
    ['the first day of Unix', ['1970-01-01', '01.01.1970', '01/01/1970 00:00', '1970-01-01T00:00:00Z']],
    ['the same elsewhere', ['1969-12-31', '1970-01-01T01:00:00+01:00', '1969-12-31T16:00:00-08:00']],
  ])('%s', async (_name, dates) => {
    const rows = dates.map((date, n) => `b${n}@example.com,"${date}",x\n,"${date}",x\nnobody,"${date}",x\n`)
    const csv = { 'l.csv': `email,revoke_after,n\na@example.com,now,x\n${rows.join('')}` }
    const { inputs } = await read(STAFF, {}, csv)
    expect(inputs?.list).toMatchObject({ users: [{ timing: 'due' }], staying: 3 * dates.length })
    const { problems } = await read({ ...STAFF, 'blank-date': 'stop' }, {}, csv)
    expect(problems[0]).toMatch(
      /^l\.csv:3: `revoke_after` is (?:blank|".+", which means no date)(?: \(\d+ such rows: .*\))?\. If users without a date stay, set `blank-date: not-due`\. For a user who leaves, write the date, or `now`\.$/,
    )
  })
})

describe('`blank-date: not-due` needs a list that says who leaves', () => {
  const NOBODY =
    /this entry has no place for a date, so nothing says whether the user leaves\. Add a `revoke_after` to every entry/
  test.each<[string, Record<string, string>, Record<string, string>, RegExp]>([
    ['a column that got lost', { 'l.csv': 'email\na@example.com\nb@example.com\n' }, {}, NOBODY],
    ['`date-column: none`', { 'l.csv': 'email,Team\na@example.com,x\n' }, { 'date-column': 'none' }, NOBODY],
    ['addresses alone', { 'l.txt': 'a@example.com\n' }, { 'users-file': 'l.txt' }, NOBODY],
    ['addresses in `email`', {}, { email: 'a@example.com, b@example.com', 'users-file': '' }, NOBODY],
  ])('%s', async (_name, files, inputs, problem) => {
    const { problems } = await read({ ...STAFF, ...inputs }, {}, files)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems).toEqual(problems.map(() => expect.stringMatching(problem)))
  })

  test('a list in which no one leaves is fine, and not empty, even if no one has an address', async () => {
    for (const rows of ['a@example.com,,x\nb@example.com,-,x\n', ',,x\nnone,n/a,x\n']) {
      const { inputs } = await read(STAFF, {}, { 'l.csv': `email,revoke_after,name\n${rows}` })
      expect(inputs?.list).toMatchObject({ users: [], staying: 2 })
    }
  })

  test('an address in `email` goes with the dates of a file', async () => {
    const csv = { 'l.csv': 'email,revoke_after\na@example.com,\n' }
    const { inputs } = await read({ ...STAFF, email: 'b@example.com' }, {}, csv)
    expect(inputs?.list).toMatchObject({ users: [{ email: 'b@example.com', timing: 'due' }], staying: 1 })
  })
})

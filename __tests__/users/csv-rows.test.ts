import { describe, expect, test } from '@jest/globals'
import { parseCsv } from '../../src/users/csv-rows.ts'
import { usersOf } from '../support/users.ts'

const LINE_BREAK = /a cell contains a line break and may have swallowed the rows up to line \d+/

describe('two stray quotation marks hide no user', () => {
  test.each([
    ['in a column that is not read', 'a@example.com,"x\nb@example.com,y\nc@example.com,z"\nd@example.com,w'],
    ['at the end of a cell', 'a@example.com,"\nb@example.com,y\n"\nd@example.com,w'],
    ['so that cells are missing', 'a@example.com,"x\nb@example.com,y\nc",z\nd@example.com,w'],
    ['in the column of the addresses', '"a@example.com\nb@example.com",y\nd@example.com,w'],
    ['before a name in the column of the addresses', '"a@example.com\nbob",y\nd@example.com,w'],
  ])('%s', async (_name, rows) => {
    for (const badRows of ['stop', 'skip']) {
      const problems = await usersOf(
        null,
        { 'l.csv': `email,note\n${rows}\n` },
        { 'date-column': 'none', 'bad-rows': badRows },
      )
      expect(problems).toEqual([expect.stringMatching(LINE_BREAK)])
    }
  })

  test('in the header', async () => {
    expect(
      await usersOf(null, { 'l.csv': 'email,"note\na@example.com,x\nb@example.com",y\n' }),
    ).toContainEqual(expect.stringMatching(/^l\.csv, line 1: a cell contains a line break .* up to line 3;/))
  })
})

test('a note of several lines is fine, and so is a title', async () => {
  const text =
    'email,note,"Revoke\nAfter"\r\na@example.com,"one\r\ntwo\n\nthree",now\r\nb@example.com,x,now\r\n'
  expect(await usersOf(null, { 'l.csv': text })).toEqual(['a@example.com', 'b@example.com'])
})

test('lines are numbered as an editor numbers them', async () => {
  const text = '\r\nemail,note\r\na@example.com,"one\r\ntwo\r\nthree"\r\n\r\nb,x\r\rc,"y\nz"\n'
  expect(await usersOf(null, { 'l.csv': text }, { 'date-column': 'none' })).toEqual([
    expect.stringMatching(/^l\.csv, line 7: "b" is not/),
    expect.stringMatching(/^l\.csv, line 9: "c" is not/),
  ])
})

test('an error of the receiver is passed on', async () => {
  const onRow = (): never => {
    throw new Error('no room')
  }
  const start = { delimiter: ',' }
  await expect(parseCsv(Buffer.from('a\n'), start, { onRow, onWrongQuote: () => true })).rejects.toThrow(
    'no room',
  )
})

test('the delimiter is found before quotation marks are judged', async () => {
  const text = '"Name";"Mail, work"\n"Doe, ""J""";a@example.com\n'
  expect(await usersOf(null, { 'l.csv': text })).toEqual([
    'l.csv, line 1: no column is called "email". The columns are "Name", "Mail, work". Set `email-column: "Mail, work"`, or add a header if the first row is none.',
  ])
})

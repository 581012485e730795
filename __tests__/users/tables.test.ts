import { describe, expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import { usersOf } from '../support/users.ts'

const UUID = '01234567-89ab-cdef-0123-456789abcdef'

describe('tables', () => {
  test.each<[string, string | Uint8Array, string[]]>([
    ['the plain case', 'email\na@example.com\nb@example.com\n', ['a@example.com', 'b@example.com']],
    [
      'byte-order mark, CRLF, quotes, blank lines',
      '\uFEFF"email","revoke_after"\r\n"a@example.com","now"\r\n\r\n,\r\n',
      ['a@example.com'],
    ],
    [
      'line endings of several kinds',
      'email,revoke_after\r\na@example.com,now\nb@example.com,now\rc@example.com,now\r\n',
      ['a@example.com', 'b@example.com', 'c@example.com'],
    ],
    [
      'UUIDs in two spellings',
      `email,user_uid\na@example.com,${UUID}\na@example.com,${UUID.replaceAll('-', '').toUpperCase()}\n`,
      [`a@example.com ${UUID}`],
    ],
  ])('%s', async (_name, text, expected) => {
    for (const name of ['l.csv', 'l.TSV', 'l.tab'])
      expect(await usersOf(null, { [name]: text })).toEqual(expected)
  })
})

test('a reference is cut to two hundred characters, and one that only a later row has is kept', async () => {
  const list = [
    { email: 'a@example.com', reference: 'x'.repeat(201) },
    { email: 'b@example.com', reference: 'x'.repeat(200) },
    { email: 'c@example.com' },
    { email: 'C@example.com', reference: 'HR-2' },
  ]
  const { inputs } = await read({ email: JSON.stringify(list) })
  expect(inputs?.list.users.map(({ reference }) => reference)).toEqual([
    `${'x'.repeat(199)}…`,
    'x'.repeat(200),
    'HR-2',
  ])
})

test('an empty file beside `email` is mentioned', async () => {
  const files = { 'l.csv': 'email\n' }
  const both = { email: 'a@example.com', 'users-file': 'l.csv' }
  expect((await read(both, {}, files)).problems).toEqual([
    'l.csv: the list has no users. If that is not a mistake, set `if-empty` to `warn` or `ignore`.',
  ])
  expect((await read({ ...both, 'if-empty': 'warn' }, {}, files)).warnings).toEqual([
    'the list has no users.',
  ])
  expect((await read({ ...both, 'if-empty': 'ignore' }, {}, files)).inputs?.list.notes).toEqual([
    'l.csv: the list has no users.',
  ])
})

test('every address of a list is on record, whatever is wrong with its row', async () => {
  const csv = [
    'email,status,revoke_after',
    'Due@example.com,x,now',
    'stays@example.com,y,',
    'Bad <bad@example.com>,x,now',
    'long@example.com,x,now,1',
    'late@example.com,x,2999-12-31',
  ]
  const { inputs } = await read(
    { email: null, 'users-file': 'l.csv', 'only-rows': 'status = x', 'bad-rows': 'skip' },
    {},
    { 'l.csv': csv.join('\n') },
  )
  const names = ['due', 'stays', 'bad', 'long', 'late']
  const named = [...names, 'absent'].filter((name) => inputs?.list.isNamed(`${name}@example.com`))
  expect(named).toEqual(names)
})

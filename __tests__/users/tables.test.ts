import { expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import { usersOf } from '../support/users.ts'

const UUID = '01234567-89ab-cdef-0123-456789abcdef'

test.each(['l.csv', 'l.TSV', 'l.tab'])('%s is a table, in which a UUID has two spellings', async (name) => {
  const text = `email,user_uid\na@example.com,${UUID}\na@example.com,${UUID.replaceAll('-', '').toUpperCase()}\n`
  expect(await usersOf(null, { [name]: text })).toEqual([`a@example.com ${UUID}`])
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

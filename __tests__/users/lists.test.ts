import { describe, expect, test } from '@jest/globals'
import { usersOf } from '../support/users.ts'

const UUID = '01234567-89ab-cdef-0123-456789abcdef'
const OTHER_UUID = 'ffffffff-89ab-cdef-0123-456789abcdef'

describe('`email`', () => {
  test.each([
    [
      'several lines',
      'a@example.com\nb@example.com\r\n\nc@example.com',
      ['a@example.com', 'b@example.com', 'c@example.com'],
    ],
    ['commas', 'a@example.com, b@example.com,', ['a@example.com', 'b@example.com']],
    [
      'JSON objects',
      JSON.stringify([
        { email: 'a@example.com', user_uid: UUID },
        { email: 'b@example.com', revoke_after: '2026-11-30' },
      ]),
      [`a@example.com ${UUID}`, 'b@example.com 2026-12-01T00:00:00.000Z'],
    ],
    ['an address twice', 'A@example.com, a@EXAMPLE.com', ['A@example.com']],
  ])('%s', async (_name, email, expected) => {
    expect(await usersOf(email)).toEqual(expected)
  })

  test.each<[string, RegExp]>([
    ...[
      `${'@{mail=ann@example.com}\n'.repeat(40)}bob@example.com`,
      'System.Object[]',
      'System.Collections.Hashtable System.Collections.Hashtable',
      '[object Object],[object Object]',
      'Array',
    ].map((email): [string, RegExp] => [
      email,
      /^email: "[^"]*" contains what is left of objects that were not written as JSON\. Use `toJSON\(…\)`/,
    ]),
    [
      '### Email\n\nann@example.com\n\n### Team\n\n_No response_',
      /is the body of an issue form, with its headings\. Use only the address in it/,
    ],
  ])('what is pasted instead of a list: %.30j', async (email, problem) => {
    expect(await usersOf(email)).toEqual([expect.stringMatching(problem)])
  })

  test.each(['[ann@example.com|mailto:ann@example.com]', '[ann@example.com](mailto:ann@example.com)'])(
    '%s is not JSON',
    async (email) => {
      const problems = await usersOf(email)
      expect(problems).toEqual([expect.stringMatching(/^email: ".*ann@example\.com.*" /)])
      expect(JSON.stringify(problems)).not.toContain('JSON')
    },
  )

  test.each([', ,', '[]'])('without addresses is an empty list: %j', async (email) => {
    expect(await usersOf(email)).toEqual([
      'email: the list has no users. If that is not a mistake, set `if-empty` to `warn` or `ignore`.',
    ])
  })

  test('`user-uid` belongs to one address', async () => {
    expect(await usersOf('a@example.com', {}, { 'user-uid': UUID })).toEqual([`a@example.com ${UUID}`])
  })

  test.each<[string, string | null, Record<string, string>]>([
    ['two addresses', 'a@example.com, b@example.com', {}],
    ['a file', null, { 'l.txt': 'b@example.com\n' }],
    ['an address and a file', 'a@example.com', { 'l.txt': 'b@example.com\n' }],
    ['JSON', JSON.stringify([{ email: 'a@example.com', user_uid: OTHER_UUID }]), {}],
  ])('`user-uid` cannot be used with %s', async (_name, email, files) => {
    expect(await usersOf(email, files, { 'user-uid': UUID })).toEqual([
      expect.stringMatching(/^`user-uid` requires exactly one address/),
    ])
  })
})

test('other files have one address a line', async () => {
  expect(
    await usersOf(null, {
      leavers: '# those who leave\na@example.com\r\n\n  b@example.com # by the end of May\n',
    }),
  ).toEqual(['a@example.com', 'b@example.com'])
  expect(await usersOf(null, { 'l.txt': 'a@example.com\nb\n' })).toEqual([
    expect.stringMatching(/^l\.txt:2: "b"/),
  ])
})

test.each([
  'email,revoke_after\nann@example.com,2026-11-23\n',
  '# leavers\nann@example.com;2026-11-23\n',
  'Name\tEmail\nAnn\tann@example.com\n',
  '["a@example.com"]',
  '{"email": "a@example.com"}',
])('a table or JSON with another name says so: %j', async (text) => {
  expect(await usersOf(null, { 'l.txt': text })).toEqual([
    'l.txt: the file looks like a table or JSON, not like a list with one address per line. Rename it by its format to end in `.csv`, `.tsv`, `.json`, or `.jsonl`.',
  ])
})

test('several addresses on a line are not a table', async () => {
  expect(await usersOf(null, { 'l.txt': 'a@example.com, b@example.com\n' })).toEqual([
    'l.txt:1: "a@example.com, b@example.com" contains several addresses. Give each address a line or an entry of its own.',
  ])
})

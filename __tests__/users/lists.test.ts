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
    ['a JSON array', '["a@example.com", " b@example.com "]', ['a@example.com', 'b@example.com']],
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

  test.each<[string, string, RegExp[]]>([
    [
      'all bad entries',
      'a, b@example.com, c',
      [/^`email`, entry 1: "a" is not an email/, /^`email`, entry 3: "c" is not an email/],
    ],
    [
      'JSON that is none',
      '["a@example.com"',
      [/^`email`, line 1, column 17: not valid JSON: a closing bracket is missing\.$/],
    ],
    [
      'unknown keys',
      '[{"email": "a@example.com", "revokeAfter": "now"}]',
      [/^`email`, entry 1: the key "revokeAfter" is unknown; the keys are "email"/],
    ],
    [
      'keys that stand there twice',
      '[{"email": "a@example.com", "email": "b@example.com"}]',
      [/^`email`, entry 1: a key appears twice; keep one/],
    ],
    [
      'other types',
      '[7, null, {"email": true}]',
      [
        /entry 1: the number 7 is not a user; write an address, or an object/,
        /entry 2: `null` is not a user/,
        /entry 3: "email" is `true`; write it as text in quotation marks\.$/,
      ],
    ],
    [
      'bad details',
      '[{"email": "", "user_uid": "x", "revoke_after": ""}]',
      [/entry 1: the address is missing/, /the UUID "x" is not/, /`revoke_after` is blank/],
    ],
    [
      'two UUIDs',
      JSON.stringify([
        { email: 'a@example.com', user_uid: UUID },
        { email: 'A@example.com', user_uid: OTHER_UUID },
      ]),
      [/entry 2: "A@example.com" is also listed at `email`, entry 1, with another UUID/],
    ],
    [
      'two dates',
      JSON.stringify([{ email: 'a@example.com', revoke_after: '2026-11-30' }, { email: 'a@example.com' }]),
      [/with another `revoke_after`/],
    ],
  ])('%s', async (_name, email, expected) => {
    expect(await usersOf(email)).toEqual(expected.map((sentence) => expect.stringMatching(sentence)))
  })

  test('`user-uid` goes with exactly one address and no file', async () => {
    expect(await usersOf('a@example.com', {}, { 'user-uid': UUID })).toEqual([`a@example.com ${UUID}`])
    const wrong = [expect.stringMatching(/^`user-uid` goes with exactly one address/)]
    expect(await usersOf('a@example.com, b@example.com', {}, { 'user-uid': UUID })).toEqual(wrong)
    expect(await usersOf('a@example.com', { 'l.txt': '' }, { 'user-uid': UUID })).toEqual(wrong)
    expect(await usersOf(null, { 'l.txt': '' }, { 'user-uid': UUID })).toEqual(wrong)
    expect(
      await usersOf(JSON.stringify([{ email: 'a@example.com', user_uid: UUID }]), {}, { 'user-uid': UUID }),
    ).toEqual(wrong)
  })
})

/** A list with other columns has to say where its dates are. */
function datesOf(text: string | Uint8Array): Record<string, string> {
  return { 'date-column': /revoke/i.test(String(text)) ? 'revoke_after' : 'none' }
}

describe('CSV', () => {
  test.each<[string, string | Uint8Array, string[]]>([
    ['the plain case', 'email\na@example.com\nb@example.com\n', ['a@example.com', 'b@example.com']],
    [
      'headers in any spelling',
      'Name,E-Mail,USER UID,Revoke-After\nx,a@example.com,,2026-11-30\n',
      ['a@example.com 2026-12-01T00:00:00.000Z'],
    ],
    [
      'byte-order mark, CRLF, quotes, blank lines',
      '\uFEFF"email","name"\r\n"a@example.com","Name, ""A"""\r\n\r\n,\r\n',
      ['a@example.com'],
    ],
    ['semicolons', 'name;email\nx;a@example.com\n', ['a@example.com']],
    [
      'line endings of several kinds',
      'email,notes\r\na@example.com,x\nb@example.com,y\rc@example.com,z\r\n',
      ['a@example.com', 'b@example.com', 'c@example.com'],
    ],
    [
      'a row cut short, among line endings of several kinds',
      'email,notes\r\na@example.com,hi\r\nb@example.com,laptop returned\nc@example.com\r\n',
      ['a@example.com', 'b@example.com', 'c@example.com'],
    ],
    ['tabs', 'name\temail\nx\ta@example.com\n', ['a@example.com']],
    ['now', 'email,revoke_after\na@example.com,NOW\n', ['a@example.com']],
    [
      'a timestamp',
      'email,revoke_after\na@example.com,2026-11-30T18:00:00+01:00\n',
      ['a@example.com 2026-11-30T17:00:00.000Z'],
    ],
    [
      'UUIDs in two spellings',
      `email,user_uid\na@example.com,${UUID}\na@example.com,${UUID.replaceAll('-', '').toUpperCase()}\n`,
      [`a@example.com ${UUID}`],
    ],
    ['a header alone', 'email\n', []],
    ['nothing at all', '', []],
  ])('%s', async (_name, text, expected) => {
    expect(await usersOf(null, { 'l.csv': text }, { 'if-empty': 'ignore', ...datesOf(text) })).toEqual(
      expected,
    )
  })

  test.each<[string, string | Uint8Array, RegExp[]]>([
    [
      'every bad row',
      'email,revoke_after\na@example.com,\nb,2026-13-01\nc@example.com,30.11.2026\n',
      [
        /^l\.csv, line 2: `revoke_after` is blank/,
        /^l\.csv, line 3: "b" is not an email/,
        /^l\.csv, line 3: `revoke_after` "2026-13-01" is not a valid date; fix it\.$/,
        /^l\.csv, line 4: .*"30\.11\.2026"/,
      ],
    ],
    [
      'a day that does not exist',
      'email,revoke_after\na@example.com,2026-02-30\n',
      [/line 2: `revoke_after` "2026-02-30"/],
    ],
    [
      'a time without offset',
      'email,revoke_after\na@example.com,2026-11-30T18:00:00\n',
      [/line 2: `revoke_after`/],
    ],
    [
      'a time that does not exist',
      'email,revoke_after\na@example.com,2026-11-30T25:00:00Z\n',
      [/line 2: `revoke_after`/],
    ],
    [
      'no header',
      'a@example.com\nb@example.com\n',
      [/^l\.csv, line 1: the first row must be a header, but it contains an address/],
    ],
    [
      'a column twice',
      'email,E-Mail\na@example.com,b@example.com\n',
      [/^l\.csv, line 1: two columns have the same name, the second "E-Mail"/],
    ],
    [
      'a cell too many',
      'name,email\nDoe, J,a@example.com\nx,b@example.com\n',
      [/^l\.csv, line 2: this row has 3 cells, the header has 2/],
    ],
    [
      'a quote that does not end',
      'name,email\n"x,a@example.com\ny,b@example.com\n',
      [/^l\.csv, line \d+: a quotation mark is wrong here or on an earlier line/],
    ],
    [
      'a quote in the middle',
      'name,email\nx"y"z "q",a@example.com\n"x"y,b@example.com\n',
      [
        /^l\.csv, line 2: a quotation mark is wrong here or on an earlier line/,
        /^l\.csv, line 3: a quotation mark is wrong here or on an earlier line/,
      ],
    ],
    ['no UTF-8', new Uint8Array([0x65, 0xff, 0xfe]), [/not in UTF-8: save the list as "CSV UTF-8"/]],
  ])('%s', async (_name, text, expected) => {
    expect(await usersOf(null, { 'l.csv': text }, datesOf(text))).toEqual(
      expected.map((sentence) => expect.stringMatching(sentence)),
    )
  })
})

test('other files have one address a line', async () => {
  expect(
    await usersOf(null, {
      leavers: '# those who leave\na@example.com\r\n\n  b@example.com # by the end of May\n',
    }),
  ).toEqual(['a@example.com', 'b@example.com'])
  expect(await usersOf(null, { 'l.txt': 'a@example.com\nb\n' })).toEqual([
    expect.stringMatching(/^l\.txt, line 2: "b"/),
  ])
})

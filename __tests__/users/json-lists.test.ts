import { describe, expect, test } from '@jest/globals'
import { readingOf } from '../support/reading.ts'
import { read } from '../support/inputs.ts'
import { usersOf } from '../support/users.ts'

test.each<[string, RegExp]>([
  [
    '[\n{"email": "a@example.com",\n"revoke_after": "now", "revoke_after": "now"}]',
    /^l\.json:2: unknown or repeated keys: "revoke_after"\. The keys are "email" and .*, each once\./,
  ],
  ['[\n"a",\n\n{"mail": 1}]', /^l\.json:4: unknown or repeated keys: "mail"\./],
  [
    '[\n"a@example.com",\n]',
    /^l\.json:3: not valid JSON at line 3, column 1: value expected\. Write .* no comma after the last entry/,
  ],
  [
    "[\n'a@example.com']",
    /^l\.json:2: not valid JSON at line 2, column 1: invalid symbol\. .*double quotation/,
  ],
  ['["a@example.com"', /: close bracket expected\./],
  ['[1] // two', /: invalid comment token\. .*no comments/],
  ['"a@example.com"\n"b@example.com"', /^l\.json:2: .*end of file expected\. .*ending `\.jsonl`/],
  ['7', /^l\.json:1: `7` is not a user\. Write an address, or an object/],
  ['{"mail": "a@example.com"}', /^l\.json:1: unknown or repeated keys: "mail"/],
  ['[{"email": "a@example.com", "groups": ["b@example.com"]}]', /keys: "groups"\. The keys .*, each once\.$/],
  [
    '{"id": 1, "value": ["a@example.com"]}',
    /keys: "id", "value"\. .*around a list, use only the list in "value"\.$/,
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString'].map((key): [string, RegExp] => [
    `[{"email": "a@example.com", "${key}": {"email": "b@example.com"}}]`,
    new RegExp(`unknown or repeated keys: "${key}"`),
  ]),
])('the line and the mistake in a JSON file are named: %j', async (json, problem) => {
  expect((await readingOf({}, { 'l.json': json })).problems).toEqual([expect.stringMatching(problem)])
})

test.each([
  ['one object', '{"email": "a@example.com"}'],
  ['one address', '"a@example.com"'],
  ['an array', '["a@example.com"]'],
])('%s is a list', async (_name, json) => {
  expect(await readingOf({}, { 'l.json': json })).toMatchObject({ due: ['a@example.com'] })
  if (json !== '"a@example.com"') expect(await usersOf(json)).toEqual(['a@example.com'])
})

describe('values of another type are named with their key', () => {
  test.each<[string, RegExp]>([
    ['{"email": null}', /email:1: "email" is `null`\. Write it as text in quotation marks\.$/],
    ['{"email": 4711}', /email:1: "email" is `4711`\. Write it as text/],
    ['{"email": ["a@example.com"]}', /email:1: "email" is an array\. Write it as text/],
    ['{"email": "a@example.com", "user_uid": null}', /email:1: "user_uid" is `null`/],
    ['{"email": "a@example.com", "revoke_after": 20261120}', /email:1: "revoke_after" is `20261120`/],
    ['{"email": "a@example.com", "revoke_after": false}', /email:1: "revoke_after" is `false`/],
    ['{"email": "a@example.com", "reference": {}}', /email:1: "reference" is an object/],
    [
      '{"email": "a@example.com", "revoke_after": null}',
      /email:1: `revoke_after` is "null", which means no date/,
    ],
    ['{"revoke_after": "now"}', /email:1: the address is missing/],
    ['["a@example.com"]', /email:1: an array is not a user/],
  ])('%s', async (element, problem) => {
    expect(await usersOf(`[${element}]`)).toEqual([expect.stringMatching(problem)])
  })
})

test('a number is fine as a reference, and is kept as it is written', async () => {
  const elements = [12345678901234567890n, '-1.50', 'null', '"HR-1"'].map(
    (reference, index) => `{"email": "u${index}@example.com", "reference": ${reference}}`,
  )
  const { inputs } = await read({ email: `[${elements.join()}]` })
  const references = ['12345678901234567890', '-1.50', undefined, 'HR-1']
  expect(inputs?.list.users.map(({ reference }) => reference)).toEqual(references)
})

test.each(['l.jsonl', 'l.NDJSON'])('%s has objects and addresses, one a line', async (name) => {
  const text = '{"email": "a@example.com"}\r\n\n"b@example.com"\n  {"email": "c@example.com", "reference": 7}'
  expect(await usersOf(null, { [name]: text })).toEqual(['a@example.com', 'b@example.com', 'c@example.com'])
})

test.each<[string, RegExp]>([
  ['"a@example.com"\n\n{"email": "b"}\n{"mail": 1}\n', /^l\.jsonl:4: unknown or repeated keys: "mail"/],
  ['"a@example.com"\n{"email": \n"b"}\n', /^l\.jsonl:2: not valid JSON at line 2, column 11: value expected/],
  ['["a@example.com"]\n', /^l\.jsonl:1: an array is not a user/],
])('problems of JSON Lines name the line: %j', async (text, problem) => {
  expect(await usersOf(null, { 'l.jsonl': text })).toEqual([expect.stringMatching(problem)])
})

describe('with `blank-date: not-due`', () => {
  test.each<[string, readonly unknown[], object]>([
    [
      'a user whose date is blank stays, even without a valid address',
      [
        { email: 'a@example.com', revoke_after: 'n/a' },
        { email: null, revoke_after: null },
        { email: 'b@example.com', revoke_after: 'now' },
      ],
      { due: ['b@example.com'], staying: 2 },
    ],
    [
      'an entry without the key may mean two things',
      [{ email: 'a@example.com', revoke_after: 'now' }, { email: 'b@example.com' }, 'c@example.com'],
      {
        problems: [
          expect.stringMatching(
            /^email:2: `blank-date: not-due` means .* no place for a date.* `null` in JSON/,
          ),
          expect.stringMatching(/^email:3: `blank-date: not-due` means /),
        ],
      },
    ],
    [
      'that is told besides what else is wrong with the entry',
      [{ email: 'a@example.com', revoke_after: 'now' }, { email: 7 }],
      {
        problems: [
          expect.stringMatching(/^email:2: `blank-date: not-due` means /),
          'email:2: "email" is `7`. Write it as text in quotation marks.',
        ],
      },
    ],
  ])('%s', async (_name, list, reading) => {
    const inputs = { email: JSON.stringify(list), 'blank-date': 'not-due' }
    expect(await readingOf(inputs)).toMatchObject(reading)
  })
})

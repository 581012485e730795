import { describe, expect, test } from '@jest/globals'
import { readingOf } from '../support/reading.ts'
import { read } from '../support/inputs.ts'
import { usersOf } from '../support/users.ts'

test('JSON files name lines', async () => {
  const problemsOf = async (json: string): Promise<unknown> =>
    (await readingOf({}, { 'l.json': json })).problems
  expect(
    await problemsOf('[\n{"email": "a@example.com",\n"revoke_after": "now", "revoke_after": "now"}]'),
  ).toEqual(['l.json:2: the key "revoke_after" appears twice. Keep one.'])
  expect(await problemsOf('[\n"a",\n\n{"mail": 1}]')).toEqual([
    expect.stringMatching(/^l\.json:4: the key "mail" is unknown\./),
  ])
  expect(await problemsOf('[\n"a@example.com",\n]')).toEqual([
    'l.json: not valid JSON at line 3, column 1: a value is missing, or there is a comma too many.',
  ])
  expect(await problemsOf("[\n'a@example.com']")).toEqual([
    'l.json: not valid JSON at line 2, column 1: strings are in double quotation marks, not in single ones.',
  ])
  expect(await problemsOf('[1] // two')).toEqual([expect.stringMatching(/JSON has no comments/)])
})

test('all unknown keys and all doubled ones are named, up to fifty', async () => {
  const keys = Array.from({ length: 60 }, (_, index) => `"k${index}": 1`).join()
  expect(
    await usersOf(`[{"email": "a", "email": "b", "reference": 1, "reference": 2, "id": 1, ${keys}}]`),
  ).toEqual([
    'email:1: the keys "email", "reference" appear twice. Keep one.',
    expect.stringMatching(
      /^email:1: the keys "id", "k0", .* "k48", and 11 more are unknown\. The keys are "email"/,
    ),
  ])
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
    ['{"email": 4711}', /email:1: "email" is the number 4711\. Write it as text/],
    ['{"email": ["a@example.com"]}', /email:1: "email" is an array\. Write it as text/],
    ['{"email": "a@example.com", "user_uid": null}', /email:1: "user_uid" is `null`/],
    [
      '{"email": "a@example.com", "revoke_after": 20261120}',
      /email:1: "revoke_after" is the number 20261120/,
    ],
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
  expect(inputs?.list.users.map(({ reference }) => reference)).toEqual([
    '12345678901234567890',
    '-1.50',
    undefined,
    'HR-1',
  ])
})

test.each(['__proto__', 'constructor', 'prototype', 'toString'])(
  'the key %s is unknown like any other',
  async (key) => {
    expect(await usersOf(`[{"email": "a@example.com", "${key}": {"email": "b@example.com"}}]`)).toEqual([
      expect.stringContaining(`the key "${key}" is unknown`),
    ])
  },
)

test.each<[string, string]>([
  ['{"value": ["a@example.com"]}', `Take it from "value", for example with \`jq '.value'\`.`],
  [
    '{"title": "x", "fields": [{"id": 1}], "data": {"employees": [{"email": "a@example.com"}]}}',
    `Take it from "data" → "employees", for example with \`jq '.data.employees'\`.`,
  ],
  ['{"a b": []}', 'Take it from "a b".'],
])('a list that is wrapped in something: %s', async (text, remedy) => {
  expect(await usersOf(null, { 'l.json': text })).toEqual([expect.stringContaining(remedy)])
})

test.each([
  ['a number', '7', /^l\.json: the JSON is not a list\. Write it in brackets/],
  ['an object with other keys', '{"mail": "a@example.com"}', /^l\.json:1: the key "mail" is unknown/],
  [
    'an object with more keys',
    '{"email": "a@example.com", "groups": ["a"]}',
    /^l\.json:1: the key "groups" is unknown/,
  ],
])('%s is not a list', async (_name, text, problem) => {
  expect(await usersOf(null, { 'l.json': text })).toEqual([expect.stringMatching(problem)])
})

describe('JSON Lines', () => {
  test('objects and addresses, one a line', async () => {
    const text =
      '{"email": "a@example.com"}\r\n\n"b@example.com"\n  {"email": "c@example.com", "reference": 7}'
    for (const name of ['l.jsonl', 'l.NDJSON']) {
      expect(await usersOf(null, { [name]: text })).toEqual([
        'a@example.com',
        'b@example.com',
        'c@example.com',
      ])
    }
  })

  test('problems name the line', async () => {
    expect(await usersOf(null, { 'l.jsonl': '"a@example.com"\n\n{"email": "b"}\n{"mail": 1}\n' })).toEqual([
      expect.stringMatching(/^l\.jsonl:4: the key "mail" is unknown/),
    ])
    expect(await usersOf(null, { 'l.jsonl': '"a@example.com"\n{"email": \n"b"}\n' })).toEqual([
      expect.stringMatching(/^l\.jsonl:2: not valid JSON at line 2, column 11: a value is missing/),
    ])
    expect(await usersOf(null, { 'l.jsonl': '["a@example.com"]\n' })).toEqual([
      expect.stringMatching(/^l\.jsonl:1: an array is not a user/),
    ])
  })
})

describe('with `blank-date: not-due`', () => {
  const INPUTS = { 'blank-date': 'not-due' }

  test('a user whose date is blank stays, even without a valid address', async () => {
    const list = [
      { email: 'a@example.com', revoke_after: 'n/a' },
      { email: null, revoke_after: null },
      { email: 'b@example.com', revoke_after: 'now' },
    ]
    expect(await readingOf({ email: JSON.stringify(list), ...INPUTS })).toMatchObject({
      due: ['b@example.com'],
      staying: 2,
    })
  })

  test('an entry without the key may mean two things', async () => {
    const list = [
      { email: 'a@example.com', revoke_after: 'now' },
      { email: 'b@example.com' },
      'c@example.com',
    ]
    expect(await usersOf(null, { 'l.json': JSON.stringify(list) }, INPUTS)).toEqual([
      expect.stringMatching(/^l\.json:1: `blank-date: not-due` means .* no place for a date/),
    ])
  })

  test('that is told besides what else is wrong with the entry', async () => {
    const list = [{ email: 'a@example.com', revoke_after: 'now' }, { email: 7 }]
    expect((await readingOf({ email: JSON.stringify(list), ...INPUTS })).problems).toEqual([
      expect.stringMatching(/^email:2: `blank-date: not-due` means /),
      'email:2: "email" is the number 7. Write it as text in quotation marks.',
    ])
  })
})

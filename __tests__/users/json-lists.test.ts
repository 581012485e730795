import { describe, expect, test } from '@jest/globals'
import { readElements } from '../../src/users/json-elements.ts'
import { read } from '../support/inputs.ts'
import { usersOf } from '../support/users.ts'

test('JSON files name lines', async () => {
  expect(
    await usersOf(null, {
      'l.json': '[\n{"email": "a@example.com",\n"revoke_after": "2999-01-01", "revoke_after": "now"}]',
    }),
  ).toEqual([expect.stringMatching(/^l\.json, line 2: a key appears twice/)])
  expect(await usersOf(null, { 'l.json': '[\n"a@example.com",\n{"email": "b@example.com"}]' })).toEqual([
    'a@example.com',
    'b@example.com',
  ])
  expect(await usersOf(null, { 'l.json': '[\n"a",\n\n{"mail": 1}]' })).toEqual([
    expect.stringMatching(/^l\.json, line 4: the key "mail" is unknown/),
    expect.stringMatching(/^l\.json, line 2: "a" is not an email/),
  ])
  expect(await usersOf(null, { 'l.json': '{\n"a": 1}' })).toEqual([
    expect.stringMatching(/^l\.json: not a JSON array/),
  ])
  expect(await usersOf(null, { 'l.json': '[\n"a@example.com",\n]' })).toEqual([
    expect.stringMatching(/^l\.json, line 3, column 1: not valid JSON: .* a comma too many\.$/),
  ])
})

describe('values of another type are named with their key', () => {
  test.each<[string, RegExp]>([
    ['{"email": null}', /entry 1: "email" is `null`; write it as text in quotation marks\.$/],
    ['{"email": 4711}', /entry 1: "email" is the number 4711; write it as text/],
    ['{"email": ["a@example.com"]}', /entry 1: "email" is an array; write it as text/],
    ['{"email": "a@example.com", "user_uid": null}', /entry 1: "user_uid" is `null`/],
    [
      '{"email": "a@example.com", "revoke_after": 20261120}',
      /entry 1: "revoke_after" is the number 20261120/,
    ],
    ['{"email": "a@example.com", "revoke_after": false}', /entry 1: "revoke_after" is `false`/],
    ['{"email": "a@example.com", "reference": {}}', /entry 1: "reference" is an object/],
    [
      '{"email": "a@example.com", "revoke_after": null}',
      /entry 1: `revoke_after` is "null", which means no date/,
    ],
    ['{"revoke_after": "now"}', /entry 1: the address is missing/],
    ['["a@example.com"]', /entry 1: an array is not a user/],
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
  ['{"value": ["a@example.com"]}', `take it from "value", for example with \`jq '.value'\`.`],
  [
    '{"title": "x", "fields": [{"id": 1}], "data": {"employees": [{"email": "a@example.com"}]}}',
    `take it from "data" → "employees", for example with \`jq '.data.employees'\`.`,
  ],
  ['{"a b": []}', 'take it from "a b".'],
  ['{"email": "a@example.com"}', 'write the list in brackets, like ["user@example.com", …].'],
  ['"a@example.com"', 'write the list in brackets, like ["user@example.com", …].'],
])('a list that is wrapped in something: %s', async (text, remedy) => {
  expect(await usersOf(null, { 'l.json': text })).toEqual([expect.stringContaining(remedy)])
})

test('an error of the receiver is passed on', async () => {
  const read = readElements('["a@example.com"]', () => {
    throw new Error('no room')
  })
  await expect(read).rejects.toThrow('no room')
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
      expect.stringMatching(/^l\.jsonl, line 4: the key "mail" is unknown/),
      expect.stringMatching(/^l\.jsonl, line 3: "b" is not an email/),
    ])
    expect(await usersOf(null, { 'l.jsonl': '"a@example.com"\n{"email": \n"b"}\n' })).toEqual([
      expect.stringMatching(/^l\.jsonl, line 2, column 11: not valid JSON: a value is missing/),
    ])
    expect(await usersOf(null, { 'l.jsonl': '["a@example.com"]\n' })).toEqual([
      expect.stringMatching(/^l\.jsonl, line 1: an array is not a user/),
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
    const { inputs } = await read({ email: JSON.stringify(list), ...INPUTS })
    expect(inputs?.list).toMatchObject({
      users: [
        { email: 'a@example.com', timing: 'not_due' },
        { email: 'b@example.com', timing: 'due' },
      ],
      unaddressed: 1,
    })
  })

  test('an entry without the key may mean two things', async () => {
    const list = [
      { email: 'a@example.com', revoke_after: 'now' },
      { email: 'b@example.com' },
      'c@example.com',
    ]
    expect(await usersOf(null, { 'l.json': JSON.stringify(list) }, INPUTS)).toEqual([
      expect.stringMatching(
        /^l\.json, line 1: `revoke_after` is missing: with `blank-date: not-due`, write `null`/,
      ),
      expect.stringMatching(/^l\.json, line 1: `revoke_after` is missing/),
    ])
  })
})

import { expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import type { With } from '../support/scene.ts'

test.each<[string, With, RegExp]>([
  [
    'a key that is unknown',
    { email: '[{"email": "a@example.com", "UserUid": "", "x": 1}]' },
    /^`email`, entry 1: the keys "UserUid", "x" are unknown; the keys are "email", "user_uid", "revoke_after", and "reference"\.$/,
  ],
  [
    'a key that is no string',
    { email: '[{"email": "a@example.com", "reference": true}]' },
    /^`email`, entry 1: "reference" is `true`; write it as text/,
  ],
  [
    'single quotes',
    { email: "['a@example.com']" },
    /^`email`, line 1, column 2: not valid JSON: strings are in double quotation marks/,
  ],
  [
    'a comma too many',
    { email: '["a@example.com",]' },
    /^`email`, line 1, column 18: not valid JSON: .* a comma too many\.$/,
  ],
  [
    'a comment',
    { email: '["a@example.com" // Ann\n]' },
    /^`email`, line 1, column 18: not valid JSON: JSON has no comments\.$/,
  ],
  ['a word', { email: '[a@example.com]' }, /^`email`, line 1, column 2: not valid JSON\.$/],
])('%s', async (_name, inputs, sentence) => {
  const { problems } = await read(inputs)
  expect(problems).toEqual([expect.stringMatching(sentence)])
})

test('references in JSON', async () => {
  const { inputs } = await read({ email: '[{"email": "a@example.com", "reference": " HR-1 "}]' })
  expect(inputs?.list.users).toMatchObject([{ reference: 'HR-1' }])
})

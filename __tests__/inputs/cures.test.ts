import { expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'
import type { With } from '../support/scene.ts'

const key = (text: string): With => ({ 'api-token': null, 'api-email': 'a@example.com', 'api-key': text })

test.each<[string, With, RegExp]>([
  [
    'quotes around a token',
    { 'api-token': '"cfut_0123"' },
    /^`api-token` is in quotation marks: remove them/,
  ],
  ['quotes around a key', key("'0123'"), /^`api-key` is in quotation marks/],
  [
    'the name of a secret',
    { 'api-token': 'secrets.API_TOKEN' },
    /^`api-token` is the name of a value.*`\$\{\{ secrets\./,
  ],
  ['a variable', { 'api-token': '$API_TOKEN' }, /^`api-token` is the name of a value/],
  ['a variable as key', key('${API_KEY}'), /^`api-key` is the name of a value/],
  [
    'the name of a secret as ID',
    { 'account-id': 'secrets.ACCOUNT' },
    /^`account-id` is the name of a value.*`\$\{\{ secrets\./,
  ],
  [
    'the name of an account',
    { 'account-id': 'Example Ltd' },
    /^`account-id` is not 32 hex.* copy the account ID, not the name.*in the URL, after `dash\.cloudflare\.com\/`\.$/,
  ],
  [
    'the name of a zone',
    { 'account-id': null, 'zone-id': 'example.com' },
    /^`zone-id` is not 32 hex.*on the overview page of the domain/,
  ],
  [
    'the URL of the dashboard',
    { 'account-id': `https://dash.cloudflare.com/${'a'.repeat(32)}/home` },
    /^`account-id` is a URL: use only the account ID in it/,
  ],
  [
    'digits that YAML made a number',
    { 'account-id': '1.23456789012346E+31' },
    /^`account-id` was read as a number: put the ID in quotes/,
  ],
  ['more digits', { 'account-id': 'Infinity' }, /was read as a number/],
  [
    'a name as address',
    { email: 'Ann <ann@example.com>' },
    /^`email`: "Ann <ann@example.com>" contains angle brackets; write only the address/,
  ],
  [
    'semicolons',
    { email: 'a@example.com; b@example.com' },
    /contains a semicolon; give one address per line/,
  ],
  ['a link', { email: 'mailto:a@example.com' }, /begins with `mailto:`; remove that/],
  ['an expression without braces', { email: 'inputs.email' }, /is the name of a value, not the value/],
  [
    'a single object',
    { email: '{"email": "a@example.com"}' },
    /^`email`: not a JSON array; write the list in brackets/,
  ],
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

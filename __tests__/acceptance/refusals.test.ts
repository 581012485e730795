import { expect, test } from '@jest/globals'
import { openAcceptance, TEST_USER } from './acceptance-scene.ts'

const YES = ['--yes', TEST_USER]
const AGREED = { ACCEPTANCE_USER: 'colleague@acceptance.example.com' }

test.concurrent.each<[string, readonly string[], Record<string, string>, RegExp]>([
  [
    'no --yes',
    ['--devices', '--seat'],
    {},
    /revokes all of the test user's devices[^]*frees the test user's seat[^]*Nothing was done\. To go ahead, add --yes/,
  ],
  ['an unknown option', [...YES, '--device'], {}, /Options are --yes/],
  ['another address', ['--yes', 'colleague@example.com'], {}, /after --yes is not the one/],
  ['a colleague', ['--yes', AGREED.ACCEPTANCE_USER], AGREED, /before the @ must contain "acceptance"/],
  ['no account', YES, { ACCEPTANCE_ACCOUNT_ID: '' }, /Set ACCEPTANCE_ACCOUNT_ID/],
  ['a Global API key', YES, { ACCEPTANCE_API_TOKEN: `cfk_${'a'.repeat(40)}` }, /A Global API key cannot/],
  ['another base URL', [...YES, '--api-base-url', 'https://192.0.2.1/'], {}, /--api-base-url must be/],
])('%s: nothing is sent, and no value repeated', async (_name, args, env, words) => {
  await using acceptance = await openAcceptance()
  const { exitCode, printed } = await acceptance.run(args, env)
  expect(exitCode).toBe(2)
  expect(printed).toMatch(words)
  expect(printed).not.toMatch(/example\.com|aaaa|cfk_/)
  expect(acceptance.scene.api.requests).toEqual([])
})

test.concurrent.each<[string, Record<string, string>, number, RegExp, number]>([
  [
    'a user that the organization does not know',
    { ACCEPTANCE_USER: 'acceptance-2@example.com' },
    0,
    /does not know the user in ACCEPTANCE_USER/,
    2,
  ],
  [
    'a token that may not read',
    { ACCEPTANCE_API_TOKEN: 'a'.repeat(40) },
    0,
    /The list of users cannot be read \(HTTP 40\d, code \d+\)\. The token needs/,
    1,
  ],
  ['close to the rate limit', {}, 1_100, /Fewer than 200 calls are left/, 1],
])('%s: nothing is changed', async (_name, env, spent, words, reads) => {
  await using acceptance = await openAcceptance()
  acceptance.scene.api.spend(spent)
  const { exitCode, printed } = await acceptance.run(['--yes', env['ACCEPTANCE_USER'] ?? TEST_USER], env)
  expect(exitCode).toBe(2)
  expect(printed).toMatch(words)
  expect(acceptance.scene.api.requests.map(({ method }) => method)).toEqual(Array(reads).fill('GET'))
})

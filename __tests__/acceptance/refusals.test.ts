import { expect, test } from '@jest/globals'
import { intention, readSettings } from '../../scripts/acceptance/settings.ts'
import { openAcceptance, TEST_USER } from './acceptance-scene.ts'

const YES = ['--yes', TEST_USER]
const ENV = {
  ACCEPTANCE_ACCOUNT_ID: '0'.repeat(32),
  ACCEPTANCE_API_TOKEN: 'a'.repeat(40),
  ACCEPTANCE_USER: TEST_USER,
}
const COLLEAGUES = ['colleague@example.com', 'colleague@acceptance.example.com']

test.each<[string, readonly string[], Record<string, string>, RegExp]>([
  ['another address', ['--yes', COLLEAGUES[0] ?? ''], {}, /after --yes is not the one in ACCEPTANCE_USER/],
  ['the address in another case', ['--yes', TEST_USER.toLowerCase()], {}, /after --yes is not the one/],
  ...COLLEAGUES.map((user): [string, string[], Record<string, string>, RegExp] => [
    user,
    ['--yes', user],
    { ACCEPTANCE_USER: user },
    /before the @ must contain "acceptance"/,
  ]),
  ['no user', [], { ACCEPTANCE_USER: '' }, /Set ACCEPTANCE_USER to the email address/],
  ['no account', YES, { ACCEPTANCE_ACCOUNT_ID: '' }, /Set ACCEPTANCE_ACCOUNT_ID/],
  ['no token', YES, { ACCEPTANCE_API_TOKEN: '' }, /Set ACCEPTANCE_API_TOKEN/],
  ['a Global API key', YES, { ACCEPTANCE_API_TOKEN: `cfk_${'a'.repeat(40)}` }, /A Global API key cannot/],
  [
    'a base URL that is not safe',
    [...YES, '--api-base-url', 'http://192.0.2.1'],
    {},
    /must begin with https/,
  ],
])('%s is refused, without repeating a value', (_name, args, env, sentence) => {
  const problems = readSettings(args, { ...ENV, ...env })
  expect(problems).toEqual([expect.stringMatching(sentence)])
  expect(JSON.stringify(problems)).not.toMatch(/@example\.com|aaaa|cfk_/)
})

test('the announcement says what is revoked', () => {
  const announced = (args: readonly string[]): string => {
    const settings = readSettings(args, ENV)
    return 'token' in settings ? intention(settings) : ''
  }
  expect(announced([])).toMatch(/It revokes the test user[^]*devices alone[^]*seat alone/)
  expect(announced(['--devices', '--seat'])).toMatch(/--devices: it revokes all[^]*--seat: it frees/)
})

test.concurrent.each<[string, readonly string[], RegExp]>([
  ['no --yes', ['--devices', '--seat'], /Nothing was done\. To go ahead, add --yes/],
  ['an unknown option', [...YES, '--device'], /Options are --yes/],
  ['a file that cannot be written', [...YES, '--json', 'missing/folder/file'], /cannot be written/],
])('%s: nothing is sent', async (_name, args, words) => {
  await using acceptance = await openAcceptance()
  const { exitCode, printed } = await acceptance.run(args)
  expect(exitCode).toBe(2)
  expect(printed).toMatch(words)
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
  const { exitCode, printed, json } = await acceptance.run(
    ['--yes', env['ACCEPTANCE_USER'] ?? TEST_USER],
    env,
  )
  expect(exitCode).toBe(2)
  expect(json).toBeUndefined()
  expect(printed).toMatch(words)
  expect(acceptance.scene.api.requests.map(({ method }) => method)).toEqual(Array(reads).fill('GET'))
})

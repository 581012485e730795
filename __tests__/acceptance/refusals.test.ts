import { expect, test } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { openAcceptance, TEST_USER } from './acceptance-scene.ts'

const YES = ['--yes', TEST_USER]

test.concurrent.each<[string, readonly string[], Record<string, string>, RegExp]>([
  ['no --yes', ['--devices', '--seat'], {}, /Nothing was done\. To go ahead, add --yes/],
  ['another address', ['--yes', 'other@example.com'], {}, /after --yes is not the one in ACCEPTANCE_USER/],
  ['the address in another case', ['--yes', TEST_USER.toLowerCase()], {}, /after --yes is not the one/],
  [
    'a colleague',
    ['--yes', 'colleague@example.com'],
    { ACCEPTANCE_USER: 'colleague@example.com' },
    /before the @ must contain "acceptance"/,
  ],
  [
    'a domain of that name',
    ['--yes', 'colleague@acceptance.example.com'],
    { ACCEPTANCE_USER: 'colleague@acceptance.example.com' },
    /before the @ must contain "acceptance"/,
  ],
  ['no user', YES, { ACCEPTANCE_USER: '' }, /Set ACCEPTANCE_USER to the email address/],
  ['no account', YES, { ACCEPTANCE_ACCOUNT_ID: '' }, /Set ACCEPTANCE_ACCOUNT_ID/],
  ['no token', YES, { ACCEPTANCE_API_TOKEN: '' }, /Set ACCEPTANCE_API_TOKEN/],
  ['a Global API key', YES, { ACCEPTANCE_API_TOKEN: `cfk_${'a'.repeat(40)}` }, /A Global API key cannot/],
  [
    'a base URL that is not safe',
    [...YES, '--api-base-url', 'http://192.0.2.1'],
    {},
    /must begin with https/,
  ],
  ['an unknown option', [...YES, '--device'], {}, /Options are --yes/],
  ['a file that cannot be written', [...YES, '--json', 'missing/folder/file'], {}, /cannot be written/],
])('%s: nothing is sent', async (_name, args, env, words) => {
  await using acceptance = await openAcceptance()
  const { exitCode, printed } = await acceptance.run(args, env)
  expect(exitCode).toBe(2)
  expect(printed).toMatch(words)
  for (const secret of [TEST_USER, '@example.com', DEMO_TOKEN, 'cfk_']) expect(printed).not.toContain(secret)
  expect(acceptance.scene.api.requests).toEqual([])
})

test.concurrent('the announcement', async () => {
  await using acceptance = await openAcceptance()
  const { printed } = await acceptance.run(['--devices', '--seat'])
  expect(printed).toMatch(/It revokes the test user/)
  expect(printed).toMatch(/--devices: it revokes all of the test user's devices/)
  expect(printed).toMatch(/--seat: it frees the test user's seat/)
  const other = await acceptance.run([])
  expect(other.printed).toMatch(/leaves the test user's devices alone/)
  expect(other.printed).toMatch(/leaves the test user's seat alone/)
})

test.concurrent('a user that the organization does not know: nothing is changed', async () => {
  await using acceptance = await openAcceptance()
  const user = 'acceptance-2@example.com'
  const { exitCode, printed, json } = await acceptance.run(['--yes', user], { ACCEPTANCE_USER: user })
  expect(exitCode).toBe(2)
  expect(json).toBeUndefined()
  expect(printed).toMatch(/does not know the user in ACCEPTANCE_USER/)
  expect(acceptance.scene.api.requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
})

test.concurrent('a token that may not read: nothing is changed', async () => {
  await using acceptance = await openAcceptance()
  const { exitCode, printed } = await acceptance.run(YES, { ACCEPTANCE_API_TOKEN: 'a'.repeat(40) })
  expect(exitCode).toBe(2)
  expect(printed).toMatch(/The list of users cannot be read \(HTTP 40\d, code \d+\)\. The token needs/)
  expect(acceptance.scene.api.requests.map(({ method }) => method)).toEqual(['GET'])
})

test.concurrent('close to the rate limit: nothing is changed', async () => {
  await using acceptance = await openAcceptance()
  acceptance.scene.api.spend(1_100)
  const { exitCode, printed } = await acceptance.run()
  expect(exitCode).toBe(2)
  expect(printed).toMatch(/Fewer than 200 calls are left/)
  expect(acceptance.scene.api.requests.map(({ method }) => method)).toEqual(['GET'])
})

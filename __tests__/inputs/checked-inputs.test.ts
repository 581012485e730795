import { describe, expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { INPUTS } from '../../src/inputs/options.ts'
import { ACTION } from '../support/action-yml.ts'
import { KEY, read } from '../support/inputs.ts'
import { OPTIONS } from '../support/options.ts'
import { LEAVER } from '../support/scene.ts'

test('action.yml declares the very inputs and defaults', () => {
  const declared = Object.entries(ACTION.inputs).map(([name, input]) => [name, input.default])
  expect(Object.fromEntries(declared)).toEqual(INPUTS)
})

test('the least that makes a step', async () => {
  expect((await read()).inputs).toEqual({
    kind: 'run',
    list: {
      users: [{ email: LEAVER, timing: 'due', source: 'email' }],
      repeated: 0,
      badRows: [],
      unaddressed: 0,
      lists: [{ name: 'email', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), users: 1 }],
      notes: [],
    },
    credential: { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' },
    options: { ...OPTIONS, given: expect.any(Map) },
    warnings: [],
  })
})

test('values are trimmed', async () => {
  const { inputs } = await read({
    email: ` ${LEAVER}\n`,
    'api-token': `\t${DEMO_TOKEN} \n`,
    devices: ' true ',
    'max-attempts': ' 7 ',
  })
  expect(inputs).toMatchObject({
    list: { users: [{ email: LEAVER }] },
    credential: { token: DEMO_TOKEN },
    options: { devices: true, maxAttempts: 7 },
  })
})

test('secrets are registered before anything else is printed, a wrapped one without its wrapping too', async () => {
  expect((await read({ 'api-token': ' abc ' })).printed).toBe('::add-mask::abc\n')
  expect((await read({ 'api-token': 'Bearer abc' })).printed).toBe(
    '::add-mask::Bearer abc\n::add-mask::abc\n',
  )
  expect((await read({ 'api-token': null, 'api-email': 'owner@example.com', 'api-key': KEY })).printed).toBe(
    `::add-mask::${KEY}\n`,
  )
})

describe('the address of the API', () => {
  test.each([
    ['https://api.cloudflare.com/client/v4/', 'https://api.cloudflare.com/client/v4', true],
    ['https://api.fed.cloudflare.com/client/v4', 'https://api.fed.cloudflare.com/client/v4', true],
    ['https://API.cloudflare.com', 'https://api.cloudflare.com', true],
    ['https://notcloudflare.com/', 'https://notcloudflare.com', false],
    ['https://api.cloudflare.com:8443', 'https://api.cloudflare.com:8443', false],
    ['https://api.cloudflare.com.example.net', 'https://api.cloudflare.com.example.net', false],
    ['http://localhost:1/x', 'http://localhost:1/x', false],
    ['http://127.1.2.3', 'http://127.1.2.3', false],
    ['http://[::1]:1', 'http://[::1]:1', false],
  ])('%s', async (given, href, cloudflare) => {
    expect((await read({ 'api-base-url': given })).inputs?.options.baseUrl).toEqual({ href, cloudflare })
  })
})

test('nothing is taken from the environment', async () => {
  const env = {
    CLOUDFLARE_API_TOKEN: 'a',
    CLOUDFLARE_ACCOUNT_ID: DEMO_ACCOUNT_ID,
    CLOUDFLARE_EMAIL: 'a@example.com',
    CLOUDFLARE_API_KEY: KEY,
  }
  expect((await read({ 'api-token': null, 'account-id': null }, env)).problems).toHaveLength(2)
})

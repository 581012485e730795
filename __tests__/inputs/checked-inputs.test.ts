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
  expect(Object.keys(ACTION.inputs).sort()).toEqual(Object.keys(INPUTS).sort())
})

test('the least that makes a step', async () => {
  expect((await read()).inputs).toMatchObject({
    kind: 'run',
    list: { users: [{ email: LEAVER, timing: 'due', source: 'email' }] },
    credential: { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' },
    options: { ...OPTIONS, email: LEAVER, accountId: DEMO_ACCOUNT_ID, verify: true, given: expect.any(Map) },
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

describe('the address of the API', () => {
  test.each([
    ['https://api.cloudflare.com/client/v4///', 'https://api.cloudflare.com/client/v4', true],
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
  const url = { CLOUDFLARE_BASE_URL: 'http://localhost:1/', CLOUDFLARE_API_BASE_URL: 'http://localhost:1/' }
  const { inputs } = await read({}, url)
  expect(inputs?.options.baseUrl.href).toBe('https://api.cloudflare.com/client/v4')
  const env = {
    CLOUDFLARE_API_TOKEN: 'a',
    CLOUDFLARE_ACCOUNT_ID: DEMO_ACCOUNT_ID,
    CLOUDFLARE_EMAIL: 'a@example.com',
    CLOUDFLARE_API_KEY: KEY,
  }
  expect((await read({ 'api-token': null, 'account-id': null }, env)).problems).toEqual([
    expect.stringMatching(/^Neither `account-id` nor `zone-id` is set\./),
    expect.stringMatching(/^There is no credential\./),
  ])
})

test('with `zone-id`, a warning says that Cloudflare describes only a part of what is sent', async () => {
  const { inputs, warnings } = await read({ 'account-id': null, 'zone-id': 'f'.repeat(32), verify: 'false' })
  expect(inputs?.options.target).toEqual({ type: 'zone', id: 'f'.repeat(32) })
  expect(warnings).toEqual([
    "With `zone-id`, Cloudflare's API description covers only the address, and only the applications of the zone; it does not mention API tokens, `devices`, `warp-session-reauth`, or user UUIDs. Cloudflare may ignore or refuse these. Use `account-id` if you can.",
  ])
})

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import type { EmbeddedApi } from '../../embedded-api/server.ts'
import { call, revoke, USERS } from './raw-client.ts'
import { bearer, EARLIER, key, LATER, OFF_ACCOUNT, startThreeAccounts } from './three-accounts.ts'

let api: EmbeddedApi

beforeAll(async () => {
  api = await startThreeAccounts()
})

afterAll(() => api.stop())

test('accepts what is good', async () => {
  const accountVerify = `/accounts/${DEMO_ACCOUNT_ID}/tokens/verify`
  const verified = await call(api, '/user/tokens/verify')
  expect(verified.json).toEqual({
    success: true,
    errors: [],
    messages: [],
    result: { id: expect.stringMatching(/^[\da-f]{32}$/), status: 'active' },
  })
  expect((await call(api, accountVerify, bearer('account-owned'))).json).toMatchObject({ success: true })
  const disabled = await call(api, accountVerify, bearer('disabled'))
  expect(disabled.json).toMatchObject({ success: true, result: { status: 'disabled' } })
  const expired = await call(api, '/user/tokens/verify', bearer('expired'))
  expect(expired.json).toMatchObject({ result: { status: 'expired', expires_on: EARLIER } })
  const notYet = await call(api, '/user/tokens/verify', bearer('not-yet'))
  expect(notYet.json).toMatchObject({ result: { status: 'active', not_before: LATER } })
  const offVerified = await call(api, `/accounts/${OFF_ACCOUNT}/tokens/verify`, bearer('off'))
  expect(offVerified.status).toBe(200)
  const admin = key('Admin@example.com', 'key-1')
  expect((await call(api, '/user', admin)).json).toMatchObject({ result: { email: 'admin@example.com' } })
  for (const who of [admin, bearer('writer'), bearer('revoker')]) {
    expect((await revoke(api, 'intern@example.com', who)).json).toMatchObject({ result: true })
  }
  expect((await call(api, USERS, admin)).status).toBe(200)
})

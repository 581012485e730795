import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { call, USERS } from './raw-client.ts'

let api: EmbeddedApi

beforeAll(async () => {
  const demo = demoOrganization()
  for (let index = 0; index < 10_000; index++) {
    demo.addUser({ email: `User-${index}@example.org`, sessions: index % 3 })
  }
  api = await EmbeddedApi.start({ organizations: [demo], rateLimit: false })
})

afterAll(() => api.stop())

test('filters by a part of the address in any case', async () => {
  const { json } = await call(api, `${USERS}?email=${encodeURIComponent('USER-999@example.org')}`)
  expect(json).toMatchObject({ result: [{ email: 'User-999@example.org' }], result_info: { total_count: 1 } })
  const part = await call(api, `${USERS}?email=er-999&per_page=1000`)
  expect(part.json).toMatchObject({ result: { length: 11 } })
})

test('finds no user across two addresses', async () => {
  const { json } = await call(api, `${USERS}?email=${encodeURIComponent('example.com\ncontractor')}`)
  expect(json).toMatchObject({ result: [], result_info: { count: 0, total_count: 0 } })
})

test('pages', async () => {
  const first = await call(api, USERS)
  expect(first.json).toMatchObject({
    result: { length: 1000, 0: { email: 'leaver@example.com', active_device_count: 2 } },
    result_info: { page: 1, per_page: 1000, count: 1000, total_count: 10_004 },
  })
  const last = await call(api, `${USERS}?page=11&per_page=1000`)
  expect(last.json).toMatchObject({
    result: { length: 4 },
    result_info: { page: 11, count: 4 },
  })
  const beyond = await call(api, `${USERS}?page=12&per_page=1000`)
  expect(beyond.json).toMatchObject({ success: true, result: [] })
})

test('shows the documented fields', async () => {
  const { json } = await call(api, `${USERS}?email=leaver@example.com`)
  const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
  expect(json).toMatchObject({
    result: [
      {
        id: expect.stringMatching(UUID),
        uid: expect.stringMatching(UUID),
        email: 'leaver@example.com',
        name: 'leaver',
        seat_uid: expect.stringMatching(UUID),
        access_seat: true,
        gateway_seat: true,
        active_device_count: 2,
        last_successful_login: expect.stringMatching(/Z$/),
        created_at: expect.stringMatching(/Z$/),
        updated_at: expect.stringMatching(/Z$/),
      },
    ],
  })
  const user = api.organization.userByEmail('leaver@example.com')
  const sessions = await call(api, `${USERS}/${user?.id ?? ''}/active_sessions`)
  const session = user?.sessions[0]
  expect(sessions.json).toMatchObject({
    result: {
      length: 3,
      0: {
        name: `${user?.id ?? ''}-${session?.nonce ?? ''}`,
        expiration: session?.expiresAt,
        metadata: { iat: session?.issuedAt, expires: session?.expiresAt, ttl: 86_400, nonce: session?.nonce },
      },
    },
  })
})

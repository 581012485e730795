import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { call, USERS } from './raw-client.ts'

let api: EmbeddedApi

beforeEach(async () => {
  api = await EmbeddedApi.start()
})

afterEach(() => api.stop())

test('filters by a part of the name, or of either, each filter by itself', async () => {
  api.organization.addUser({ email: 'jd@example.net', name: 'Jane Doe' })
  const found = async (query: string): Promise<unknown> => (await call(api, `${USERS}?${query}`)).json
  const jane = { result: [{ name: 'Jane Doe' }], result_info: { total_count: 1 } }
  expect(await found('name=jane%20D')).toMatchObject(jane)
  expect(await found('search=Doe')).toMatchObject(jane)
  expect(await found('search=JD@example.net&name=doe')).toMatchObject(jane)
  expect(await found('email=jane')).toMatchObject({ result: [] })
  expect(await found('name=jd')).toMatchObject({ result: [] })
})

test('hides users who are found only by a search from filters by address or name', async () => {
  api.organization.addUser({ email: 'hidden@example.net', foundBySearchOnly: true })
  const count = async (query: string): Promise<unknown> => (await call(api, `${USERS}?${query}`)).json
  expect(await count('email=hidden@example.net')).toMatchObject({ result: [] })
  expect(await count('name=hidden')).toMatchObject({ result: [] })
  expect(await count('search=hidden@example.net')).toMatchObject({ result: [{ name: 'hidden' }] })
})

test('says nothing of a login that never was, and the time of one that a test sets', async () => {
  api.organization.addUser({ email: 'never@example.net', lastLoginAt: null })
  api.organization.addUser({ email: 'long-ago@example.net', lastLoginAt: Date.UTC(2026, 0, 2) })
  const { json } = await call(api, `${USERS}?email=never@example.net`)
  expect(json).toMatchObject({ result: [{ name: 'never' }] })
  expect(json).not.toMatchObject({ result: [{ last_successful_login: expect.anything() }] })
  expect((await call(api, `${USERS}?email=long-ago@example.net`)).json).toMatchObject({
    result: [{ last_successful_login: '2026-01-02T00:00:00.000Z' }],
  })
})

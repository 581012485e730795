import { afterEach, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import type { EmbeddedApi, World } from '../../embedded-api/server.ts'
import { type List, namesOf, readList, REGISTRATIONS, startFiveUsers, USERS } from './five-users.ts'

let api: EmbeddedApi

afterEach(async () => {
  await api.stop()
  expect(api.requests.flatMap(violationsOf)).toEqual([])
})

async function start(world: World): Promise<void> {
  api = await startFiveUsers(world)
}

const get = (path: string): Promise<List> => readList(api, path)

/** All pages of the users, to the first empty one, and of the registrations, to the last cursor. */
async function pages(perPage: number): Promise<{ users: unknown[]; registrations: unknown[] }> {
  const users: unknown[] = []
  for (let page = 1; page < 9; page++) {
    const names = namesOf(await get(`${USERS}?page=${page}&per_page=${perPage}`))
    if (names === null || names === '') break
    users.push(names)
  }
  const registrations: unknown[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page = await get(`${REGISTRATIONS}?per_page=${perPage}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    registrations.push(namesOf(page))
    cursor = v.parse(v.nullish(v.string()), page.result_info?.['cursor']) ?? undefined
  }
  return { users, registrations }
}

test.each<[World, number, string[]]>([
  [{}, 2, ['ab', 'cd', 'e']],
  [{ pageCap: 2 }, 1000, ['ab', 'cd', 'e']],
  [{ reversed: true }, 2, ['ed', 'cb', 'a']],
  [{ repeatedRecords: true }, 3, ['abc', 'cde', 'e']],
  [{ repeatedRecords: true }, 1, ['a', 'b', 'c', 'd', 'e']],
  [{ pageCap: 4, repeatedRecords: true, reversed: true }, 1000, ['edcb', 'ba']],
  [{ withoutResultInfo: true }, 2, ['ab', 'cd', 'e']],
])('pages in the world %j', async (world, perPage, expected) => {
  await start(world)
  const { users, registrations } = await pages(perPage)
  expect(users).toEqual(expected)
  // A list with a cursor knows its end: it has no page of repeated records alone.
  expect(registrations).toEqual(
    expected.filter((names, index) => index === 0 || names !== expected[index - 1]?.at(-1)),
  )
})

test('turns the list of sessions round as well', async () => {
  await start({ reversed: true })
  const user = api.organization.addUser({ email: 'two@example.org', sessions: 2 })
  const listed = (await get(`${USERS}/${user.id}/active_sessions`)).result
  expect(listed).toMatchObject(user.sessions.toReversed().map(({ nonce }) => ({ metadata: { nonce } })))
})

test('states the actual size of a page and of the list', async () => {
  await start({ pageCap: 2 })
  expect((await get(USERS)).result_info).toEqual({ page: 1, per_page: 2, count: 2, total_count: 5 })
  expect((await get(REGISTRATIONS)).result_info).toMatchObject({ per_page: 2, count: 2, total_count: null })
})

test('leaves out how many there are', async () => {
  await start({ withoutTotalCount: true })
  expect((await get(USERS)).result_info).toEqual({ page: 1, per_page: 1000, count: 5 })
  expect((await get(REGISTRATIONS)).result_info).toEqual({ per_page: 100, count: 5, cursor: null })
})

test('leaves out what is known of a page', async () => {
  await start({ withoutResultInfo: true })
  expect(await get(USERS)).not.toHaveProperty('result_info')
  expect(await get(REGISTRATIONS)).not.toHaveProperty('result_info')
})

test('returns null for no users and no sessions', async () => {
  await start({ nullForEmpty: true })
  const user = api.organization.addUser({ email: 'none@example.org', sessions: 0 })
  expect((await get(`${USERS}?email=nobody`)).result).toBeNull()
  expect((await get(`${USERS}/${user.id}/active_sessions`)).result).toBeNull()
  expect((await get(`${USERS}?email=none@example.org`)).result).toHaveLength(1)
  expect((await get(`${REGISTRATIONS}?user.id=none`)).result).toEqual([])
})

test('leaves fields out', async () => {
  await start({
    absentUserFields: ['id', 'email'],
    absentSessionFields: ['name', 'metadata.iat'],
    absentRegistrationFields: ['user.email', 'revoked_at', 'device.client_version'],
  })
  const [user] = api.organization.users
  const [listed] = (await get(USERS)).result ?? []
  expect(Object.keys(listed ?? {}).slice(0, 3)).toEqual(['uid', 'name', 'seat_uid'])
  const [session] = (await get(`${USERS}/${user?.id ?? ''}/active_sessions`)).result ?? []
  const metadata = {
    expires: expect.any(Number),
    ttl: 86_400,
    nonce: expect.any(String),
    apps: expect.anything(),
  }
  expect(session).toEqual({ expiration: expect.any(Number), metadata })
  const [registration] = (await get(REGISTRATIONS)).result ?? []
  expect(registration).toMatchObject({ user: { id: user?.id, name: 'a' }, deleted_at: null })
  expect(JSON.stringify(registration)).not.toMatch(/example\.com|revoked_at|client_version/)
})

test('ignores filters', async () => {
  await start({ unfilteredUsers: true, unfilteredRegistrations: true })
  expect(namesOf(await get(`${USERS}?email=a@example.com`))).toBe('abcde')
  expect(namesOf(await get(`${REGISTRATIONS}?user.id=x`))).toBe('abcde')
})

test('finds an address in its own letter case only', async () => {
  await start({ caseSensitive: true })
  expect(namesOf(await get(`${USERS}?email=A@example.com`))).toBe('')
  expect(namesOf(await get(`${USERS}?search=A@`))).toBe('')
  expect(namesOf(await get(`${USERS}?email=a@example.com`))).toBe('a')
})

test('knows registrations by the uid of their user', async () => {
  await start({ registrationUserId: 'uid' })
  const [user] = api.organization.users
  expect((await get(`${REGISTRATIONS}?user.id=${user?.id ?? ''}`)).result).toEqual([])
  expect((await get(`${REGISTRATIONS}?user.id=${user?.uid ?? ''}`)).result).toMatchObject([
    { user: { id: user?.uid, email: 'a@example.com' } },
  ])
})

/** One of the fields of `result_info` of the pages of two users, by page. */
async function infoOf(path: string, name: string): Promise<unknown[]> {
  const values: unknown[] = []
  for (const page of [1, 2, 3]) {
    values.push((await get(`${path}?page=${page}&per_page=2`)).result_info?.[name])
  }
  return values
}

test.each<[World, string, unknown[]]>([
  [{ counts: 'growing' }, 'total_count', [5, 6, 7]],
  [{ counts: 'too_small' }, 'total_count', [1, 1, 0]],
  [{ counts: 'text' }, 'total_count', ['5', '5', '5']],
  [{ counts: 'text' }, 'per_page', ['2', '2', '2']],
  [{ counts: 'fraction' }, 'total_count', [5.5, 5.5, 5.5]],
  [{ counts: 'fraction' }, 'count', [2.5, 2.5, 1.5]],
  [{ totalPages: 'right' }, 'total_pages', [3, 3, 3]],
  [{ totalPages: 'too_many' }, 'total_pages', [4, 4, 4]],
])('counts users in the world %j', async (world, name, expected) => {
  await start(world)
  expect(await infoOf(USERS, name)).toEqual(expected)
})

test.each<[World, object]>([
  [{ counts: 'text' }, { count: '5', per_page: '100', total_count: null }],
  [{ counts: 'fraction' }, { count: 5.5, total_count: null }],
  [{ counts: 'too_small' }, { count: 5, total_count: 4 }],
  [{ counts: 'growing' }, { count: 5, total_count: null }],
])('counts registrations in the world %j', async (world, expected) => {
  await start(world)
  expect((await get(REGISTRATIONS)).result_info).toMatchObject(expected)
})

test('has cursors that are numbers', async () => {
  await start({ numericCursors: true })
  const page = await get(`${REGISTRATIONS}?per_page=2`)
  expect(page).toMatchObject({ result: { length: 2 }, result_info: { cursor: 2 } })
})

test('ends a list of registrations early, and does not say so', async () => {
  await start({ truncatedRegistrations: 3 })
  const page = await get(REGISTRATIONS)
  expect(namesOf(page)).toBe('abc')
  expect(page).not.toHaveProperty('result_info')
  const [first] = api.organization.users
  expect((await get(`${REGISTRATIONS}?user.id=${first?.id ?? ''}`)).result_info).toMatchObject({ count: 1 })
})

test('deletes a user while the list is paged, so that another one is on no page', async () => {
  await start({ vanishingUser: true })
  const first = await get(`${USERS}?per_page=2`)
  expect(first).toMatchObject({
    result: [{ email: 'former-user@example.com' }, { name: 'a' }],
    result_info: { count: 2, total_count: 6 },
  })
  const second = await get(`${USERS}?per_page=2&page=2`)
  expect(second).toMatchObject({ result: [{ name: 'c' }, { name: 'd' }], result_info: { total_count: 5 } })
})

test.each(['email=a@example.com', 'search=a@example.com', 'name=a&email=a@example.com'])(
  'deletes a user that the filter %s matches',
  async (query) => {
    await start({ vanishingUser: true })
    const page = await get(`${USERS}?${query}`)
    expect(page).toMatchObject({ result: [{ email: 'former-a@example.com' }, { email: 'a@example.com' }] })
  },
)

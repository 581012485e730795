import { afterEach, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { EmbeddedApi, World } from '../../embedded-api/server.ts'
import { type List, namesOf, readList, REGISTRATIONS, startFiveUsers, USERS } from './accounts.ts'

let api: EmbeddedApi

afterEach(async () => {
  await api.stop()
  expect(api.requests.flatMap(violationsOf)).toEqual([])
})

/** Starts an API of the users `a` to `e`, and returns the first of them. */
async function start(world: World = {}): Promise<AccessUser> {
  api = await startFiveUsers(world)
  const [first] = api.organization.users
  if (first === undefined) throw new Error('no user')
  return first
}

const get = (path: string): Promise<List> => readList(api, path)
const found = async (query: string): Promise<string | null> => namesOf(await get(`${USERS}?${query}`))

test('filters by a part of the address in any case, of the name, or of either', async () => {
  await start()
  api.organization.addUser({ email: 'jd@example.net', name: 'Jane Doe' })
  expect(await found('email=B@EXAMPLE')).toBe('b')
  expect(await found('name=jane%20D')).toBe('Jane Doe')
  expect(await found('search=Doe')).toBe('Jane Doe')
  expect(await found('search=JD@example.net&name=doe')).toBe('Jane Doe')
  expect(await found('email=jane')).toBe('')
  expect(await found('name=jd')).toBe('')
})

test('keeps white space around an address, and finds it without', async () => {
  await start()
  api.organization.addUser({ email: ' white@example.com\t' })
  expect(api.organization.usersByEmail('white@example.com')).toHaveLength(1)
  expect((await get(`${USERS}?email=white@`)).result).toMatchObject([{ email: ' white@example.com\t' }])
})

test('filters registrations by user and by status', async () => {
  const { id, uid, registrations } = await start()
  const [, second] = api.organization.users
  const names = async (query: string): Promise<string | null> =>
    namesOf(await get(`${REGISTRATIONS}?${query}`))
  expect(await names(`user.id=${id}&user.id=${second?.id ?? ''}`)).toBe('ab')
  expect(await names(`user.id=${uid}`)).toBe('')
  for (const registration of registrations) registration.revokedAt = Date.now() - 1
  expect(await names('')).toBe('bcde')
  expect(await names('status=revoked')).toBe('a')
  expect(await names('status=all')).toBe('abcde')
})

/** All pages of the users, to the first empty one, and of the registrations, to the last cursor. */
async function pages(perPage: number): Promise<{ users: unknown[]; registrations: unknown[] }> {
  const users: unknown[] = []
  for (let page = 1; page < 9; page++) {
    const names = await found(`page=${page}&per_page=${perPage}`)
    if (names === null || names === '') break
    users.push(names)
  }
  const registrations: unknown[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined && registrations.length < 9;) {
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

test.each<[World, object, object]>([
  [
    { pageCap: 2 },
    { page: 2, per_page: 2, count: 2, total_count: 5 },
    { per_page: 2, count: 2, cursor: expect.any(String), total_count: null },
  ],
  [
    { withoutTotalCount: true },
    { page: 2, per_page: 2, count: 2 },
    { per_page: 100, count: 5, cursor: null },
  ],
  [{ counts: 'growing' }, { count: 2, total_count: 6 }, { count: 5, total_count: null }],
  [{ counts: 'too_small' }, { count: 2, total_count: 1 }, { count: 5, total_count: 4 }],
  [{ counts: 'too_many_pages' }, { total_count: 5, total_pages: 4 }, { count: 5, total_count: null }],
  [{ counts: 'text' }, { count: '2', per_page: '2', total_count: '5' }, { count: '5', total_count: null }],
  [{ counts: 'fraction' }, { count: 2.5, total_count: 5.5 }, { count: 5.5, total_count: null }],
  [{ numericCursors: true, pageCap: 2 }, { count: 2 }, { cursor: 2 }],
])('counts in the world %j', async (world, ofUsers, ofRegistrations) => {
  await start(world)
  const { result_info: users } = await get(`${USERS}?page=2&per_page=2`)
  const { result_info: registrations } = await get(REGISTRATIONS)
  expect(users).toMatchObject(ofUsers)
  expect(registrations).toMatchObject(ofRegistrations)
  expect('total_count' in { ...users }).toBe(world.withoutTotalCount !== true)
})

test.each<[World, string, string]>([
  [{ unfilteredUsers: true, unfilteredRegistrations: true }, 'abcde', 'abcde'],
  [{ outdatedCopies: 'everywhere' }, 'aa', 'a'],
  [{ outdatedCopies: 'unfiltered' }, 'a', 'a'],
  [{ revokedCopies: true }, 'a', 'aa'],
  [{ vanishingUser: true }, 'former-aa', 'a'],
  [{ registrationUserId: 'uid' }, 'a', ''],
])('lists one user in the world %j', async (world, users, registrations) => {
  const { id } = await start(world)
  expect(await found('email=a@example.com')).toBe(users)
  expect(namesOf(await get(`${REGISTRATIONS}?user.id=${id}`))).toBe(registrations)
})

test('marks copies of users as outdated, and those of registrations as revoked', async () => {
  const { id } = await start({ outdatedCopies: 'everywhere', revokedCopies: true })
  const users = await get(`${USERS}?email=a@example.com`)
  expect(users).toMatchObject({
    result: [
      { id, active_device_count: 1 },
      { id, active_device_count: 0, access_seat: false },
    ],
    result_info: { count: 2, total_count: 1 },
  })
  const { result } = await get(`${REGISTRATIONS}?user.id=${id}`)
  expect(result).toMatchObject([{ revoked_at: null }, { revoked_at: expect.stringMatching(/Z$/) }])
})

test('turns the list of sessions round as well', async () => {
  await start({ reversed: true })
  const user = api.organization.addUser({ email: 'two@example.org', sessions: 2 })
  const listed = (await get(`${USERS}/${user.id}/active_sessions`)).result
  expect(listed).toMatchObject(user.sessions.toReversed().map(({ nonce }) => ({ metadata: { nonce } })))
})

test('returns null for no users and no sessions', async () => {
  await start({ nullForEmpty: true })
  const user = api.organization.addUser({ email: 'none@example.org', sessions: 0 })
  expect(await found('email=nobody')).toBe(null)
  expect((await get(`${USERS}/${user.id}/active_sessions`)).result).toBeNull()
  expect(await found('email=none@example.org')).toBe('none')
  expect((await get(`${REGISTRATIONS}?user.id=none`)).result).toEqual([])
})

test('ends a list of registrations early, and does not say so', async () => {
  const { id } = await start({ truncatedRegistrations: 3 })
  const page = await get(REGISTRATIONS)
  expect(namesOf(page)).toBe('abc')
  expect(page).not.toHaveProperty('result_info')
  expect((await get(`${REGISTRATIONS}?user.id=${id}`)).result_info).toMatchObject({ count: 1 })
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

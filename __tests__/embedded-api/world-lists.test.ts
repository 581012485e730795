import { afterEach, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import { Organization } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi, type World } from '../../embedded-api/server.ts'
import { call } from './raw-client.ts'

const accountId = 'a'.repeat(32)
const USERS = `/accounts/${accountId}/access/users`
const REGISTRATIONS = `/accounts/${accountId}/devices/registrations`
const PERMISSIONS = ['Access: Audit Logs Read', 'Zero Trust Read'] as const
let api: EmbeddedApi

afterEach(async () => {
  await api.stop()
  expect(api.requests.flatMap(violationsOf)).toEqual([])
})

/** An organization of `a@example.com`, `b@example.com` and so on, each with one session and one device. */
async function start(world: World, names = 'abcde'): Promise<void> {
  const organization = new Organization({
    accountId,
    credentials: [
      { kind: 'api-token', owner: 'user', token: 'x', status: 'active', permissions: [...PERMISSIONS] },
    ],
  })
  for (const name of names) organization.addUser({ email: `${name}@example.com`, devices: 1 })
  api = await EmbeddedApi.start({ organizations: [organization], world })
}

const List = v.looseObject({
  result: v.nullable(v.array(v.looseObject({}))),
  result_info: v.optional(v.looseObject({ cursor: v.optional(v.nullable(v.string())) })),
})

async function get(path: string): Promise<v.InferOutput<typeof List>> {
  return v.parse(List, (await call(api, path, { headers: { authorization: 'Bearer x' } })).json)
}

const Named = v.object({ user: v.optional(v.object({ name: v.string() })), name: v.optional(v.string()) })

/** The names of the users that a page is about, in one word; `null` as it is. */
const namesOf = ({ result }: v.InferOutput<typeof List>): string | null =>
  result
    ?.map((record) => v.parse(Named, record))
    .map((one) => one.user?.name ?? one.name)
    .join('') ?? null

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
    cursor = page.result_info?.cursor ?? undefined
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

test('tells the true size of a page and of the list', async () => {
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

test('answers null for nobody and nothing', async () => {
  await start({ nullForEmpty: true })
  const user = api.organization.addUser({ email: 'none@example.org', sessions: 0 })
  expect((await get(`${USERS}?email=nobody`)).result).toBeNull()
  expect((await get(`${USERS}/${user.id}/active_sessions`)).result).toBeNull()
  expect((await get(`${USERS}?email=none@example.org`)).result).toHaveLength(1)
  expect((await get(`${REGISTRATIONS}?id=none`)).result).toEqual([])
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

test('lets everybody through a filter', async () => {
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

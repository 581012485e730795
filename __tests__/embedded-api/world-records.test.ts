import { afterEach, expect, test } from '@jest/globals'
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

test('lists outdated copies of users', async () => {
  await start({ outdatedCopies: 'everywhere' })
  const [user] = api.organization.users
  const copy = { id: user?.id, active_device_count: 0, access_seat: false }
  const { result, result_info } = await get(`${USERS}?email=a@example.com`)
  expect(result).toMatchObject([{ id: user?.id, active_device_count: 1, access_seat: true }, copy])
  expect(result?.[1]).not.toHaveProperty('seat_uid')
  expect(result_info).toMatchObject({ count: 2, total_count: 1 })
})

test('lists outdated copies where nothing is filtered', async () => {
  await start({ outdatedCopies: 'unfiltered' })
  expect(namesOf(await get(USERS))).toBe('aabbccddee')
  for (const filter of ['email=a@example.com', 'name=a', 'search=a@']) {
    expect((await get(`${USERS}?${filter}`)).result).toHaveLength(1)
  }
})

test('lists revoked copies of registrations', async () => {
  await start({ revokedCopies: true })
  const [first] = api.organization.users
  const { result } = await get(`${REGISTRATIONS}?user.id=${first?.id ?? ''}`)
  expect(result).toMatchObject([{ revoked_at: null }, { revoked_at: expect.stringMatching(/Z$/) }])
  expect(result?.[0]?.['id']).toBe(result?.[1]?.['id'])
})

test.each([
  [1, 2],
  [-1, 0],
  [-5, 0],
])('counts devices %i too many', async (deviceCountOff, expected) => {
  await start({ deviceCountOff })
  expect((await get(`${USERS}?email=a@example.com`)).result).toMatchObject([
    { active_device_count: expected },
  ])
})

test.each(['0001-01-01T00:00:00Z', '2099-12-31T00:00:00Z', '2020-01-01T00:00:00Z', '0', ''])(
  'writes %j where a registration was neither revoked nor deleted',
  async (time) => {
    await start({ unsetRevokedAt: time, unsetDeletedAt: time })
    const [user] = api.organization.users
    const [registration] = user?.registrations ?? []
    if (user === undefined || registration === undefined) throw new Error('no registration')
    const query = `${REGISTRATIONS}?status=all&user.id=${user.id}`
    expect((await get(query)).result).toMatchObject([{ revoked_at: time, deleted_at: time }])
    registration.revokedAt = Date.now() - 1_000
    const revoked = new Date(registration.revokedAt).toISOString()
    expect((await get(query)).result).toMatchObject([{ revoked_at: revoked, deleted_at: time }])
  },
)

test('keeps white space around an address, and finds it without', async () => {
  await start({})
  api.organization.addUser({ email: ' white@example.com\t' })
  expect(api.organization.usersByEmail('white@example.com')).toHaveLength(1)
  expect((await get(`${USERS}?email=white@example.com`)).result).toMatchObject([
    { email: ' white@example.com\t' },
  ])
})

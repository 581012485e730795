import { expect, test } from '@jest/globals'
import type { World } from '../../embedded-api/world.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { Scene } from '../support/scene.ts'
import { answering } from './answering-server.ts'

const ID = '11111111-1111-4111-8111-111111111111'

/** Seven users, of whom the first and the last have one address. */
async function seven(world: World): Promise<Scene> {
  const scene = await Scene.open({ world })
  scene.organization.addUser({ email: 'twice@example.com' })
  for (let other = 0; other < 5; other += 1)
    scene.organization.addUser({ email: `${other}.twice@example.com` })
  scene.organization.addUser({ email: 'twice@example.com' })
  return scene
}

test.each<[string, World]>([
  ['one page', {}],
  ['one page without result_info', { withoutResultInfo: true }],
  ['pages of two', { pageCap: 2 }],
  ['pages of two without their total', { pageCap: 2, withoutTotalCount: true }],
  ['pages of two without result_info', { pageCap: 2, withoutResultInfo: true }],
  ['a filter that matches all users', { pageCap: 2, unfilteredUsers: true }],
  ['the other order', { pageCap: 2, reversed: true }],
  ['repeated records', { pageCap: 2, repeatedRecords: true }],
])('a list is read whole: %s', async (_name, world) => {
  await using scene = await seven(world)
  const call = await endpointsAt(scene.api.baseUrl).users({ email: 'twice@example.com' }, 'a user')
  const found = call.kind === 'result' ? call.result : []
  expect(found.filter(({ email }) => email === 'twice@example.com')).toHaveLength(2)
})

test.each<[string, first: object, second: object, records: readonly [from: number, to: number]]>([
  ['of which a user was deleted while it was read', { total_count: 4 }, { total_count: 3 }, [2, 3]],
  ['of which a user was added while it was read', { total_count: 3 }, { total_count: 4 }, [2, 4]],
  ['with more records than it says', { total_count: 4 }, { total_count: 4 }, [2, 5]],
  ['with fewer records than it says, again and again', { total_count: 3 }, { total_count: 3 }, [0, 2]],
  ['that says nothing, again and again', {}, {}, [0, 2]],
  ['whose total_pages lies', { total_pages: 1 }, { total_pages: 1 }, [0, 2]],
  ['whose total is a text', { total_count: '2' }, {}, [2, 2]],
  ['whose total is broken', { total_count: 1.5 }, {}, [2, 2]],
  ['whose total is negative', { total_count: -1 }, {}, [2, 2]],
  ['whose count is a text', { count: '2' }, {}, [2, 2]],
  ['whose cursor is a number', { cursor: 1 }, {}, [2, 2]],
  ['with more pages than were read', { total_count: 3 }, { total_count: 3, total_pages: 3 }, [2, 3]],
  ['that ends before its last page', {}, { total_pages: 3 }, [2, 2]],
  ['whose last page is empty before its total is reached', { total_count: 4 }, { total_count: 4 }, [2, 2]],
  ['that counts more than came', { total_count: 3 }, { total_count: 3, count: 4 }, [2, 3]],
])('a list %s is not read', async (_name, first, second, records) => {
  const all = Array.from({ length: 5 }, (_, index) => ({ id: `${index}`, email: `${index}@example.com` }))
  await using server = await answering(
    { result: all.slice(0, 2), result_info: first },
    { result: all.slice(...records), result_info: second },
  )
  const call = await server.endpoints.users({}, 'a user')
  // The ray ID is that of the last answer.
  const rayId = `ray ${server.requests.length - 1}`
  expect(call).toMatchObject({ kind: 'problem', problem: { scope: 'user', httpStatus: 200, rayId } })
  expect(server.requests.length).toBeLessThanOrEqual(2)
})

test.each<[string, World, 'users' | 'registrations', number]>([
  ['that says so is not begun', { pageCap: 1 }, 'users', 1],
  ['that does not say so is given up', { pageCap: 1, withoutTotalCount: true }, 'users', 100],
  ['with ever new cursors is given up', { pageCap: 1 }, 'registrations', 100],
])('a list without end %s', async (_name, world, kind, requests) => {
  await using scene = await Scene.open({ world })
  for (let user = 0; user < 100; user += 1) scene.organization.addUser({ email: `x${user}@example.com` })
  const { id } = scene.organization.addUser({ email: 'x@example.com', devices: 101 })
  const endpoints = endpointsAt(scene.api.baseUrl)
  const call =
    kind === 'users' ? endpoints.users({ search: 'x' }, 'a') : endpoints.registrations([id], 'all', 'a')
  expect(await call).toMatchObject({ kind: 'problem' })
  expect(scene.api.requests).toHaveLength(requests)
})

test.each<[string, World, number]>([
  ['one page', {}, 1],
  ['one page without result_info', { withoutResultInfo: true }, 1],
  ['pages of two', { pageCap: 2 }, 2],
  ['pages of two without a total', { pageCap: 2, withoutTotalCount: true }, 2],
  ['pages of two without result_info on the last', { pageCap: 2, withoutResultInfo: true }, 2],
  ['repeated records', { pageCap: 2, repeatedRecords: true }, 2],
])('a list with cursors is read whole: %s', async (_name, world, requests) => {
  await using scene = await Scene.open({ world })
  const user = scene.organization.addUser({ email: 'three@example.com', devices: 3 })
  const call = await endpointsAt(scene.api.baseUrl).registrations([user.id, user.uid], 'all', 'a user')
  expect(call.kind === 'result' ? call.result : []).toHaveLength(3)
  expect(scene.api.requests).toHaveLength(requests)
})

const registrations = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, device: { id: 'd', name: 'laptop' } }))

const ONE = registrations(1)

test.each<[string, records: unknown, info: unknown, whole: boolean]>([
  ['null instead of a list', null, undefined, true],
  ['an empty cursor', [], { cursor: '' }, true],
  ['a full page and no further cursor', ONE, { per_page: 1, cursor: null }, true],
  ['a full page that mentions no cursor', ONE, { per_page: 1 }, false],
  ['a count of more', ONE, { count: 2, cursor: null }, false],
  ['a total of more', ONE, { total_count: 2, cursor: null }, false],
  ['the same cursor again and again', ONE, { cursor: 'x' }, false],
  ['a record without an ID', [{ id: null }], {}, false],
  ['a cursor that is a number', ONE, { cursor: 7 }, false],
  ['a cursor that is an object', ONE, { cursor: {} }, false],
  ['a count that is a text', ONE, { count: '1', cursor: null }, false],
  ['a total that is broken', ONE, { total_count: 1.5, cursor: null }, false],
  ['a total of less', ONE, { total_count: 0, cursor: null }, false],
  ['a total that fits', ONE, { total_count: 1 }, true],
  ['result_info that is a text', ONE, 'none', false],
  ['ten records that mention no more', registrations(10), undefined, false],
  ['25 records that mention no more', registrations(25), {}, false],
  ['ten records, which is all', registrations(10), { cursor: null }, true],
  ['ten records of a larger page', registrations(10), { per_page: 11 }, true],
  ['eleven records that mention no more', registrations(11), undefined, true],
])('a list with cursors, with %s', async (_name, result, info, whole) => {
  await using server = await answering({ result, result_info: info })
  const call = await server.endpoints.registrations(['x'], 'all', 'a user')
  expect(call.kind).toBe(whole ? 'result' : 'problem')
})

test.each<[string, object, boolean]>([
  ['no result_info', {}, true],
  ['a total that fits', { result_info: { count: 0, per_page: 25, total_count: 0 } }, true],
  ['a page that is not full', { result_info: { per_page: 25 } }, true],
  ['a larger total', { result_info: { total_count: 2 } }, false],
  ['more pages', { result_info: { total_pages: 2 } }, false],
  ['a total that cannot be read', { result_info: { total_count: '0' } }, false],
  ['a total smaller than what came', { result: [{}], result_info: { total_count: 0 } }, false],
  ['a larger count', { result_info: { count: 2 } }, false],
  ['a full page without a total', { result_info: { per_page: 0 } }, false],
])('sessions, which have one page, with %s', async (_name, parts, whole) => {
  await using server = await answering({ result: null, ...parts })
  const call = await server.endpoints.activeSessions(ID, 'a user', 'read')
  expect(call.kind).toBe(whole ? 'result' : 'problem')
})

test('a failed read of a later page is reported', async () => {
  await using scene = await Scene.open({ world: { pageCap: 2 } })
  const fault = { kind: 'error', status: 400, code: 12345, message: 'No.' } as const
  scene.inject({ operation: 'list_users', after: 1, fault })
  const call = await endpointsAt(scene.api.baseUrl).users({ search: 'example' }, 'a user')
  expect(call).toMatchObject({ kind: 'problem', attempts: 2 })
})

test('two records with one ID and different data are both returned', async () => {
  const one = { id: ID, email: 'a@example.com', active_device_count: 0 }
  const other = { id: ID, email: 'a@example.com' }
  await using server = await answering({ result: [one, { ...one }, other], result_info: { total_count: 1 } })
  const call = await server.endpoints.users({}, 'a user')
  expect(call.kind === 'result' ? call.result : []).toMatchObject([one, other])
})

test('an ID that is not a UUID never becomes part of a path', async () => {
  await using scene = await Scene.open()
  const endpoints = endpointsAt(scene.api.baseUrl)
  for (const id of ['..', '../organizations/revoke_user?', `${ID}/..`, 'x', '']) {
    expect(await endpoints.activeSessions(id, 'a user', 'read')).toMatchObject({
      kind: 'problem',
      problem: { what: 'Cloudflare gave the user an ID that is not a UUID', scope: 'user' },
      attempts: 0,
    })
  }
  expect(scene.api.requests).toEqual([])
})

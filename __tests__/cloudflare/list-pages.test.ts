import { expect, test } from '@jest/globals'
import type { World } from '../../embedded-api/world.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { Scene } from '../support/scene.ts'
import { AnsweringServer, httpAnswer, success } from './answering-server.ts'

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

const users = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, email: `${index}@example.com` }))

test.each<[string, object]>([
  ['the total says there are more', { result: users(3), result_info: { total_count: 4 } }],
  ['nothing says that this is all', { result: users(3) }],
  ['a total_pages that lies', { result: users(3), result_info: { total_pages: 1 } }],
])('a list of which %s is not read', async (_name, parts) => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], ...parts }
  scene.inject({ operation: 'list_users', fault: { kind: 'answer', status: 200, body } })
  const call = await endpointsAt(scene.api.baseUrl).users({ email: 'a@example.com' }, 'a user')
  expect(call).toMatchObject({ kind: 'problem', problem: { scope: 'user' } })
  expect(scene.api.requests).toHaveLength(2)
})

test.each<[string, first: object, second: object, records: number]>([
  ['of which a user was deleted while it was read', { total_count: 4 }, { total_count: 3 }, 1],
  ['of which a user was added while it was read', { total_count: 3 }, { total_count: 4 }, 2],
  ['with more records than it says', { total_count: 4 }, { total_count: 4 }, 3],
  ['whose total is a text', { total_count: '2' }, {}, 0],
  ['whose total is broken', { total_count: 1.5 }, {}, 0],
  ['whose total is negative', { total_count: -1 }, {}, 0],
  ['whose count is a text', { count: '2' }, {}, 0],
  ['whose cursor is a number', { cursor: 1 }, {}, 0],
  ['with more pages than were read', { total_count: 3 }, { total_count: 3, total_pages: 3 }, 1],
  ['that ends before its last page', {}, { total_pages: 3 }, 0],
  ['whose last page is empty before its total is reached', { total_count: 4 }, { total_count: 4 }, 0],
  ['that counts more than came', { total_count: 3 }, { total_count: 3, count: 4 }, 1],
])('a list %s is not read', async (_name, first, second, records) => {
  const pages = [
    { result: users(2), result_info: first },
    { result: users(2 + records).slice(2), result_info: second },
  ]
  await using server = new AnsweringServer(
    ...pages.map((page, index) => httpAnswer(200, success(page), { 'cf-ray': `ray ${index}` })),
  )
  const call = await endpointsAt(await server.start()).users({}, 'a user')
  // The ray ID is that of the last answer.
  const rayId = `ray ${server.requests.length - 1}`
  expect(call).toMatchObject({ kind: 'problem', problem: { scope: 'user', httpStatus: 200, rayId } })
})

test('a result that is null is an empty list', async () => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], result: null }
  scene.inject({ operation: 'list_users', fault: { kind: 'answer', status: 200, body } })
  const call = await endpointsAt(scene.api.baseUrl).users({ email: 'a@example.com' }, 'a user')
  expect(call).toMatchObject({ kind: 'result', result: [] })
})

test.each<[string, World, number]>([
  ['that says so is not begun', { pageCap: 1 }, 1],
  ['that does not say so is given up', { pageCap: 1, withoutTotalCount: true }, 100],
])('a list without end %s', async (_name, world, requests) => {
  await using scene = await Scene.open({ world })
  for (let user = 0; user < 101; user += 1) scene.organization.addUser({ email: `x${user}@example.com` })
  const call = await endpointsAt(scene.api.baseUrl).users({ search: 'x' }, 'a user')
  expect(call).toMatchObject({ kind: 'problem' })
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

const device = { id: 'd', name: 'laptop' }
const times = { created_at: '2026-01-01T00:00:00Z', last_seen_at: '2026-01-01T00:00:00Z' }
const registration = { id: 'r', device, key: 'k', updated_at: times.created_at, ...times }

const registrations = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ ...registration, id: `${index}` }))

const ONE = registrations(1)

test.each<[string, records: unknown, info: unknown, whole: boolean]>([
  ['null instead of a list', null, undefined, true],
  ['an empty cursor', [], { cursor: '' }, true],
  ['a full page and no further cursor', ONE, { per_page: 1, cursor: null }, true],
  ['a full page that mentions no cursor', ONE, { per_page: 1 }, false],
  ['a count of more', ONE, { count: 2, cursor: null }, false],
  ['a total of more', ONE, { total_count: 2, cursor: null }, false],
  ['the same cursor again and again', ONE, { cursor: 'x' }, false],
  ['a record without an ID', [{ ...registration, id: null }], {}, false],
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
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], result, result_info: info }
  scene.inject({ operation: 'list_registrations', fault: { kind: 'answer', status: 200, body } })
  const endpoints = endpointsAt(scene.api.baseUrl, { maxAttempts: 1 })
  expect((await endpoints.registrations(['x'], 'all', 'a user')).kind).toBe(whole ? 'result' : 'problem')
})

test('a list with ever new cursors is given up', async () => {
  await using scene = await Scene.open({ world: { pageCap: 1 } })
  const user = scene.organization.addUser({ email: 'many@example.com', devices: 101 })
  const call = await endpointsAt(scene.api.baseUrl).registrations([user.id], 'all', 'a user')
  expect(call).toMatchObject({ kind: 'problem' })
  expect(scene.api.requests).toHaveLength(100)
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
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], result: null, ...parts }
  scene.inject({ operation: 'active_sessions', fault: { kind: 'answer', status: 200, body } })
  const call = await endpointsAt(scene.api.baseUrl).activeSessions(ID, 'a user', 'read')
  expect(call.kind).toBe(whole ? 'result' : 'problem')
})

test('a failed read of a later page is reported', async () => {
  await using scene = await Scene.open({ world: { pageCap: 2 } })
  scene.inject({
    operation: 'list_users',
    after: 1,
    fault: { kind: 'error', status: 400, code: 12345, message: 'No.' },
  })
  const endpoints = endpointsAt(scene.api.baseUrl)
  expect(await endpoints.users({ search: 'example' }, 'a user')).toMatchObject({
    kind: 'problem',
    attempts: 2,
  })
  scene.inject({
    operation: 'active_sessions',
    fault: { kind: 'error', status: 400, code: 12345, message: 'No.' },
  })
  expect(await endpoints.activeSessions(ID, 'a user', 'read')).toMatchObject({ kind: 'problem' })
})

test('two records with one ID and different data are both returned', async () => {
  const [one, other] = [
    { id: ID, email: 'a@example.com', active_device_count: 0 },
    { id: ID, email: 'a@example.com' },
  ]
  const result = [one, { ...one }, other]
  await using server = new AnsweringServer(
    httpAnswer(200, success({ result, result_info: { total_count: 1 } })),
  )
  const call = await endpointsAt(await server.start()).users({}, 'a user')
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

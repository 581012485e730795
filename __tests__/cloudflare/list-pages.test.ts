import { expect, test } from '@jest/globals'
import type { World } from '../../embedded-api/world.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { Scene } from '../support/scene.ts'

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
  ['a filter that lets everybody through', { pageCap: 2, unfilteredUsers: true }],
  ['the other order', { pageCap: 2, reversed: true }],
  ['records told twice', { pageCap: 2, repeatedRecords: true }],
])('a list is read whole: %s', async (_name, world) => {
  await using scene = await seven(world)
  const call = await endpointsAt(scene.api.baseUrl).users({ email: 'twice@example.com' }, 'somebody')
  const found = call.kind === 'result' ? call.result : []
  expect(found.filter(({ email }) => email === 'twice@example.com')).toHaveLength(2)
})

const users = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, email: `${index}@example.com` }))

test.each<[string, object]>([
  ['the total says there are more', { result: users(3), result_info: { total_count: 4 } }],
  ['nothing says that this is all', { result: users(3) }],
  ['a total_pages that lies', { result: users(3), result_info: { total_pages: 1 } }],
  ['a total that is negative', { result: users(3), result_info: { total_count: -1 } }],
])('a list of which %s is not read', async (_name, parts) => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], ...parts }
  scene.inject({ operation: 'list_users', fault: { kind: 'answer', status: 200, body } })
  const call = await endpointsAt(scene.api.baseUrl).users({ email: 'a@example.com' }, 'somebody')
  expect(call).toMatchObject({ kind: 'problem', problem: { scope: 'user' } })
  expect(scene.api.requests).toHaveLength(2)
})

test('a result that is null is an empty list', async () => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], result: null }
  scene.inject({ operation: 'list_users', fault: { kind: 'answer', status: 200, body } })
  const call = await endpointsAt(scene.api.baseUrl).users({ email: 'a@example.com' }, 'somebody')
  expect(call).toMatchObject({ kind: 'result', result: [] })
})

test.each<[string, World, number]>([
  ['that says so is not begun', { pageCap: 1 }, 1],
  ['that does not say so is given up', { pageCap: 1, withoutTotalCount: true }, 100],
])('a list without end %s', async (_name, world, requests) => {
  await using scene = await Scene.open({ world })
  for (let user = 0; user < 101; user += 1) scene.organization.addUser({ email: `x${user}@example.com` })
  const call = await endpointsAt(scene.api.baseUrl).users({ search: 'x' }, 'somebody')
  expect(call).toMatchObject({ kind: 'problem' })
  expect(scene.api.requests).toHaveLength(requests)
})

test.each<[string, World, number]>([
  ['one page', {}, 1],
  ['one page without result_info', { withoutResultInfo: true }, 1],
  ['pages of two', { pageCap: 2 }, 2],
  ['pages of two without a total', { pageCap: 2, withoutTotalCount: true }, 2],
  ['pages of two without result_info on the last', { pageCap: 2, withoutResultInfo: true }, 2],
  ['records told twice', { pageCap: 2, repeatedRecords: true }, 2],
])('a list with cursors is read whole: %s', async (_name, world, requests) => {
  await using scene = await Scene.open({ world })
  const user = scene.organization.addUser({ email: 'three@example.com', devices: 3 })
  const call = await endpointsAt(scene.api.baseUrl).registrations([user.id, user.uid], 'all', 'somebody')
  expect(call.kind === 'result' ? call.result : []).toHaveLength(3)
  expect(scene.api.requests).toHaveLength(requests)
})

const device = { id: 'd', name: 'laptop' }
const times = { created_at: '2026-01-01T00:00:00Z', last_seen_at: '2026-01-01T00:00:00Z' }
const registration = { id: 'r', device, key: 'k', updated_at: times.created_at, ...times }

test.each<[string, object, boolean]>([
  ['null instead of a list', { result: null }, true],
  ['an empty cursor', { result: [], result_info: { cursor: '' } }, true],
  [
    'a full page and no further cursor',
    { result: [registration], result_info: { per_page: 1, cursor: null } },
    true,
  ],
  ['a full page and not a word of a cursor', { result: [registration], result_info: { per_page: 1 } }, false],
  ['a count of more', { result: [registration], result_info: { count: 2, cursor: null } }, false],
  ['a total of more', { result: [registration], result_info: { total_count: 2, cursor: null } }, false],
  ['the same cursor again and again', { result: [registration], result_info: { cursor: 'x' } }, false],
  ['a record without an ID', { result: [{ ...registration, id: null }], result_info: {} }, false],
])('a list with cursors, with %s', async (_name, parts, whole) => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], ...parts }
  scene.inject({ operation: 'list_registrations', fault: { kind: 'answer', status: 200, body } })
  const endpoints = endpointsAt(scene.api.baseUrl, { maxAttempts: 1 })
  expect((await endpoints.registrations(['x'], 'all', 'somebody')).kind).toBe(whole ? 'result' : 'problem')
})

test('a list with ever new cursors is given up', async () => {
  await using scene = await Scene.open({ world: { pageCap: 1 } })
  const user = scene.organization.addUser({ email: 'many@example.com', devices: 101 })
  const call = await endpointsAt(scene.api.baseUrl).registrations([user.id], 'all', 'somebody')
  expect(call).toMatchObject({ kind: 'problem' })
  expect(scene.api.requests).toHaveLength(100)
})

test.each<[string, object, boolean]>([
  ['no result_info', {}, true],
  ['a total that fits', { result_info: { count: 0, per_page: 25, total_count: 0 } }, true],
  ['a page that is not full', { result_info: { per_page: 25 } }, true],
  ['a larger total', { result_info: { total_count: 2 } }, false],
  ['a larger count', { result_info: { count: 2 } }, false],
  ['a full page without a total', { result_info: { per_page: 0 } }, false],
])('sessions, which have one page, with %s', async (_name, parts, whole) => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], result: null, ...parts }
  scene.inject({ operation: 'active_sessions', fault: { kind: 'answer', status: 200, body } })
  const call = await endpointsAt(scene.api.baseUrl).activeSessions('x', 'somebody', 'read')
  expect(call.kind).toBe(whole ? 'result' : 'problem')
})

test('a failed read on the way is told', async () => {
  await using scene = await Scene.open({ world: { pageCap: 2 } })
  scene.inject({
    operation: 'list_users',
    after: 1,
    fault: { kind: 'error', status: 400, code: 12345, message: 'No.' },
  })
  const endpoints = endpointsAt(scene.api.baseUrl)
  expect(await endpoints.users({ search: 'example' }, 'somebody')).toMatchObject({
    kind: 'problem',
    attempts: 2,
  })
  scene.inject({
    operation: 'active_sessions',
    fault: { kind: 'error', status: 400, code: 12345, message: 'No.' },
  })
  expect(await endpoints.activeSessions('x', 'somebody', 'read')).toMatchObject({ kind: 'problem' })
})

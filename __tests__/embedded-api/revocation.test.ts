import { afterEach, expect, test } from '@jest/globals'
import { DEMO_ZONE_ID, demoOrganization } from '../../embedded-api/demo-organization.ts'
import { activeRegistrations } from '../../embedded-api/organization/access-user.ts'
import type { AccessUser, NewUser } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi, type EmbeddedApiOptions } from '../../embedded-api/server.ts'
import { call, REVOKE, revoke, USERS } from './raw-client.ts'

const email = 'leaver@example.com'
let clock = 1_800_000_000_400
let api: EmbeddedApi

async function start(options: EmbeddedApiOptions = {}, user?: NewUser): Promise<AccessUser> {
  const now = (): number => clock
  const demo = demoOrganization(now)
  const added = user === undefined ? demo.userByEmail(email) : demo.addUser(user)
  api = await EmbeddedApi.start({ now, organizations: [demo], ...options })
  if (added === undefined) throw new Error('no such user')
  return added
}

afterEach(() => api.stop())

async function listedSessions(user: AccessUser): Promise<unknown> {
  const { json } = await call(api, `${USERS}/${user.id}/active_sessions`)
  return json
}

test('cuts the sessions and nothing else', async () => {
  const user = await start()
  expect(await listedSessions(user)).toMatchObject({ result: { length: 3 } })
  const answer = await revoke(api, 'LEAVER@example.com')
  expect(answer.status).toBe(200)
  expect(answer.json).toEqual({ success: true, errors: [], messages: [], result: true })
  expect(answer.headers.date).toBe(new Date(clock).toUTCString())
  expect(await listedSessions(user)).toMatchObject({ result: [] })
  expect(user).toMatchObject({ warpSession: true, revokedAt: clock })
  expect(activeRegistrations(user, clock, 0)).toHaveLength(2)
  expect(api.organization.userByEmail('colleague@example.com')?.sessions[0]?.revokedAt).toBeUndefined()
  const [request] = api.requests.filter(({ operation }) => operation === 'revoke_user')
  expect(request).toMatchObject({
    accepted: true,
    body: { email: 'LEAVER@example.com' },
    inFlight: 1,
    status: 200,
  })
})

test('cuts devices and the WARP session if asked, by account or zone, in query or body', async () => {
  const user = await start()
  const path = `/zones/${DEMO_ZONE_ID}/access/organizations/revoke_user?devices=true`
  const body = { email, devices: true, warp_session_reauth: true, user_uid: user.uid.replaceAll('-', '') }
  expect((await call(api, path, { body })).json).toMatchObject({ result: true })
  expect(user.warpSession).toBe(false)
  const listed = await call(api, `${USERS}?email=${email}`)
  expect(listed.json).toMatchObject({ result: [{ email, uid: user.uid, active_device_count: 0 }] })
})

test('asks for the uid of the user, not the id', async () => {
  const user = await start()
  expect((await call(api, REVOKE, { body: { email, user_uid: user.id } })).status).toBe(400)
  const other = api.organization.userByEmail('intern@example.com')
  expect((await call(api, REVOKE, { body: { email, user_uid: other?.uid } })).status).toBe(400)
  expect(user.sessions[0]?.revokedAt).toBeUndefined()
})

test('cuts every record with the address', async () => {
  const second = await start({}, { email: 'Leaver@Example.com' })
  await revoke(api, email)
  expect(api.organization.usersByEmail(email)).toHaveLength(2)
  expect(second.sessions[0]?.revokedAt).toBe(clock)
})

test('takes a while to show, by the clock', async () => {
  const user = await start({ propagationMs: 20_000 })
  await call(api, REVOKE, { body: { email, devices: true } })
  clock += 19_999
  await revoke(api, email) // again: the first one counts
  expect(await listedSessions(user)).toMatchObject({ result: { length: 3 } })
  expect((await call(api, `${USERS}?email=${email}`)).json).toMatchObject({
    result: [{ active_device_count: 2 }],
  })
  clock += 1
  expect(await listedSessions(user)).toMatchObject({ result: [] })
  expect((await call(api, `${USERS}?email=${email}`)).json).toMatchObject({
    result: [{ active_device_count: 0 }],
  })
})

test('leaves sticky sessions', async () => {
  const user = await start({}, { email: 'sticky@example.com', sessions: 1, stickySessions: 2 })
  await revoke(api, user.email)
  expect(await listedSessions(user)).toMatchObject({ result: { length: 2 } })
})

test('signs in again in a later second, once for both answers of one second', async () => {
  const user = await start({}, { email: 'again@example.com', signsInAgain: true })
  const { headers } = await revoke(api, user.email)
  await revoke(api, user.email)
  expect(await listedSessions(user)).toMatchObject({ result: [] })
  clock += 600
  const revokedAt = Date.parse(headers.date ?? '') / 1000
  expect(await listedSessions(user)).toMatchObject({ result: [{ metadata: { iat: revokedAt + 1 } }] })
  await revoke(api, user.email)
  expect(await listedSessions(user)).toMatchObject({ result: [] })
  clock += 1000
  expect(await listedSessions(user)).toMatchObject({ result: [{ metadata: { iat: revokedAt + 2 } }] })
})

test('does not list sessions that ran out', async () => {
  const user = await start()
  clock += 24 * 3_600_000
  expect(await listedSessions(user)).toMatchObject({ result: [] })
})

test('confirms the revocation of an unknown address, unless the world differs', async () => {
  await start()
  expect((await revoke(api, 'nobody@example.com')).json).toMatchObject({ success: true, result: true })
  await api.stop()
  await start({ world: { unknownUsers: 'refused' } })
  const refused = await revoke(api, 'nobody@example.com')
  expect(refused.status).toBe(404)
  expect(refused.json).toMatchObject({ errors: [{ code: 12130 }] })
})

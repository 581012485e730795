import { afterEach, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { DEMO_ZONE_ID, demoOrganization } from '../../embedded-api/demo-organization.ts'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import { activeRegistrations, activeSessions } from '../../embedded-api/organization/access-user.ts'
import type { AccessUser, NewUser } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi, type EmbeddedApiOptions, type World } from '../../embedded-api/server.ts'
import { call, type RawAnswer, REGISTRATIONS, REVOKE, revoke, SEATS, USERS } from './raw-client.ts'

const email = 'leaver@example.com'
const START = 1_800_000_000_400
let clock: number
let api: EmbeddedApi

/** The demo organization in a world, and its user with three sessions and two devices, or another one. */
async function start(
  world: World = {},
  options: EmbeddedApiOptions = {},
  user?: NewUser,
): Promise<AccessUser> {
  clock = START
  const now = (): number => clock
  const demo = demoOrganization(now)
  const added = user === undefined ? demo.userByEmail(email) : demo.addUser(user)
  api = await EmbeddedApi.start({ now, organizations: [demo], world, ...options })
  if (added === undefined) throw new Error('no such user')
  return added
}

afterEach(async () => {
  await api.stop()
  expect(api.requests.flatMap(violationsOf)).toEqual([])
})

const revokeDevices = (): Promise<RawAnswer> => call(api, REVOKE, { body: { email, devices: true } })
const freeing = ({ seat }: AccessUser): object[] => [
  { seat_uid: seat.uid, access_seat: false, gateway_seat: false },
]
const freeSeat = (user: AccessUser): Promise<RawAnswer> =>
  call(api, SEATS, { method: 'PATCH', body: freeing(user) })

const Results = v.object({ result: v.array(v.looseObject({})) })

async function listed(path: string): Promise<Record<string, unknown>[]> {
  return v.parse(Results, (await call(api, path)).json).result
}

const sessionsOf = ({ id }: AccessUser): Promise<object[]> => listed(`${USERS}/${id}/active_sessions`)

/** How many sessions, devices and counted devices of a user the API shows. */
async function shown(user: AccessUser): Promise<unknown[]> {
  const sessions = await sessionsOf(user)
  const registrations = await listed(`${REGISTRATIONS}?user.id=${user.id}`)
  const [record] = await listed(`${USERS}?search=${user.email}`)
  return [sessions.length, registrations.length, record?.['active_device_count']]
}

test('cuts the sessions of every record with the address, and nothing else', async () => {
  const second = await start({}, {}, { email: 'Leaver@Example.com' })
  const [user] = api.organization.usersByEmail(email)
  const answer = await revoke(api, 'LEAVER@example.com')
  expect(answer.json).toEqual({ success: true, errors: [], messages: [], result: true })
  expect(answer.headers.date).toBe(new Date(clock).toUTCString())
  expect(second.sessions[0]?.revokedAt).toBe(clock)
  expect(user).toMatchObject({ warpSession: true, revokedAt: clock })
  expect(user && (await shown(user))).toEqual([0, 2, 2])
  expect(api.organization.userByEmail('colleague@example.com')?.revokedAt).toBeUndefined()
  expect(api.requests[0]).toMatchObject({
    accepted: true,
    body: { email: 'LEAVER@example.com' },
    status: 200,
  })
})

test('cuts devices and the WARP session if asked, by account or zone, in query or body', async () => {
  const user = await start()
  const path = `/zones/${DEMO_ZONE_ID}/access/organizations/revoke_user?devices=true`
  const body = { email, devices: true, warp_session_reauth: true, user_uid: user.uid.replaceAll('-', '') }
  expect((await call(api, path, { body })).json).toMatchObject({ result: true })
  expect(user.warpSession).toBe(false)
  expect(await shown(user)).toEqual([0, 0, 0])
})

test('asks for the uid of the user, not the id', async () => {
  const user = await start()
  const other = api.organization.userByEmail('intern@example.com')
  for (const uid of [user.id, other?.uid]) {
    expect((await call(api, REVOKE, { body: { email, user_uid: uid } })).status).toBe(400)
  }
  expect(user.revokedAt).toBeUndefined()
})

test('takes a while to show, by the clock, from the first revocation on', async () => {
  const user = await start({}, { propagationMs: 20_000 })
  await revokeDevices()
  clock += 19_999
  await revokeDevices()
  expect(await shown(user)).toEqual([3, 2, 2])
  clock += 1
  expect(await sessionsOf(user)).toEqual([])
})

test('lets sessions and registrations disappear one by one', async () => {
  const user = await start({ apartMs: 1000, registrationsPropagationMs: 500 }, { propagationMs: 100 })
  await revokeDevices()
  expect(activeSessions(user, clock, 0)).toEqual([])
  expect(await shown(user)).toEqual([3, 2, 2])
  clock += 100
  expect(await shown(user)).toEqual([2, 2, 2])
  clock += 1000
  expect(await shown(user)).toEqual([1, 1, 1])
  expect(activeSessions(user, clock, 100, 1000)).toHaveLength(1)
  expect(activeRegistrations(user, clock, 500, 1000)).toHaveLength(1)
})

test('lists no sessions that ran out', async () => {
  const user = await start()
  clock += 24 * 3_600_000
  expect(await sessionsOf(user)).toEqual([])
})

test('leaves sticky sessions, and those that begin later', async () => {
  const laterSessions = [START + 1_000]
  const user = await start({}, {}, { email: 'sticky@example.com', stickySessions: 2, laterSessions })
  await revoke(api, user.email)
  expect(await sessionsOf(user)).toHaveLength(2)
  clock += 1_000
  expect(await sessionsOf(user)).toHaveLength(3)
})

test('signs in again in a later second, once for both answers of one second, and takes the seat', async () => {
  const user = await start({}, {}, { email: 'again@example.com', signsInAgain: true })
  const { headers } = await revoke(api, user.email)
  await revoke(api, user.email)
  await freeSeat(user)
  expect(await sessionsOf(user)).toEqual([])
  clock += 600
  const revokedAt = Date.parse(headers.date ?? '') / 1000
  expect(await sessionsOf(user)).toMatchObject([{ metadata: { iat: revokedAt + 1 } }])
  expect(await listed(`${USERS}?email=${user.email}`)).toMatchObject([
    { access_seat: true, gateway_seat: false },
  ])
})

test('lets devices register again in a later second, once for two revocations in one second', async () => {
  const user = await start({ registrationsComeBack: true })
  const [before] = user.registrations
  const { headers } = await revokeDevices()
  await revokeDevices()
  expect(await shown(user)).toEqual([0, 0, 0])
  clock += 600
  const registrations = await listed(`${REGISTRATIONS}?user.id=${user.id}`)
  const createdAt = new Date(Date.parse(headers.date ?? '') + 1000).toISOString()
  expect(registrations).toMatchObject([{ device: { id: before?.device.id }, created_at: createdAt }, {}])
  expect(registrations[0]?.['id']).not.toBe(before?.id)
})

test.each<[World, number]>([
  [{ devicesIgnored: true }, 0],
  [{ registrationsStay: true }, 2],
])('leaves registrations in the world %j, %i after the seat is freed', async (world, left) => {
  const user = await start(world)
  await revokeDevices()
  expect(await shown(user)).toEqual([0, 2, 2])
  await freeSeat(user)
  expect(await shown(user)).toEqual([0, left, left])
})

test.each<[World['unknownUsers'], number, object]>([
  [undefined, 200, { success: true, result: true }],
  ['result_false', 200, { success: true, result: false }],
  ['refused', 404, { errors: [{ code: 12130 }] }],
])('answers the revocation of an unknown address: %s', async (unknownUsers, status, json) => {
  await start(unknownUsers && { unknownUsers })
  expect(await revoke(api, 'nobody@example.com')).toMatchObject({ status, json })
  expect(await revoke(api, email)).toMatchObject({ json: { result: true } })
})

test.each<[World, number]>([
  [{ caseSensitive: true }, 0],
  [{ caseSensitiveRevocation: true }, 1],
])(
  'in the world %j revokes an address in its own letter case only, and finds %i in others',
  async (world, found) => {
    const user = await start(world)
    expect(await listed(`${USERS}?email=LEAVER@example.com`)).toHaveLength(found)
    await revoke(api, 'LEAVER@example.com')
    expect(user.revokedAt).toBeUndefined()
    await revoke(api, email)
    expect(user.revokedAt).toBe(clock)
  },
)

test('frees a seat, and deletes the registrations with it, but not the sessions', async () => {
  const user = await start({}, { propagationMs: 1000 })
  const { json } = await freeSeat(user)
  expect(json).toMatchObject({ result: [{ ...freeing(user)[0], updated_at: new Date(clock).toISOString() }] })
  clock += 1000
  expect(await shown(user)).toEqual([3, 0, 0])
  expect(await listed(`${REGISTRATIONS}?user.id=${user.id}&status=all`)).toEqual([])
  expect(await listed(`${USERS}?email=${email}`)).toMatchObject(freeing(user))
})

test('keeps a seat that either product is to keep, and frees all seats or none', async () => {
  const user = await start()
  const [seat] = freeing(user)
  const patch = (...body: object[]): Promise<RawAnswer> => call(api, SEATS, { method: 'PATCH', body })
  const kept = await patch({ ...seat, gateway_seat: true })
  expect(kept.json).toMatchObject({ result: [{ access_seat: true, gateway_seat: true }] })
  expect((await patch({ ...seat }, { ...seat, seat_uid: 'x' })).status).toBe(404)
  expect(user.seat).toMatchObject({ access: true, gateway: true })
})

test.each<[World, boolean, object[]]>([
  [{ seatsStay: true }, true, [{ access_seat: true, gateway_seat: true }]],
  [{ seatsUnanswered: true }, false, []],
])('answers the removal of a seat in the world %j', async (world, access, result) => {
  const user = await start(world)
  expect((await freeSeat(user)).json).toMatchObject({ success: true, result })
  expect(user.seat.access).toBe(access)
})

test('shows a seat from when on it is taken, until it is freed', async () => {
  const seat = { uid: 'seat-1', access: false, takenAt: START + 1_000 }
  const user = await start({}, {}, { email: 'late@example.com', sessions: 0, seat })
  const record = async (): Promise<unknown> => (await listed(`${USERS}?email=${user.email}`))[0]
  expect(await record()).toMatchObject({ access_seat: false })
  expect(await record()).not.toHaveProperty('seat_uid')
  clock += 1_000
  expect(await record()).toMatchObject({ access_seat: true, seat_uid: 'seat-1' })
  await freeSeat(user)
  expect(await record()).toMatchObject({ access_seat: false, seat_uid: 'seat-1' })
})

const Session = v.object({ name: v.string(), metadata: v.object({ iat: v.number(), nonce: v.string() }) })

test.each(['nonce', 'name'] as const)('renews sessions, and keeps the %s alone', async (renewedSessions) => {
  const user = await start({ renewedSessions }, { propagationMs: 5_000 })
  const first = async (): Promise<v.InferOutput<typeof Session>> =>
    v.parse(Session, (await sessionsOf(user))[0])
  const before = await first()
  await revoke(api, email)
  expect(await first()).toEqual(before)
  clock += 1_000
  const after = await first()
  expect(after.metadata.iat).toBe(Math.floor(clock / 1000))
  expect(after.name === before.name).toBe(renewedSessions === 'name')
  expect(after.metadata.nonce === before.metadata.nonce).toBe(renewedSessions === 'nonce')
})

test.each(['nonce', 'name'] as const)('shares the %s of all sessions', async (sharedSessionKey) => {
  const sessions = (await sessionsOf(await start({ sharedSessionKey }))).map((one) => v.parse(Session, one))
  const names = new Set(sessions.map(({ name }) => name))
  const nonces = new Set(sessions.map(({ metadata }) => metadata.nonce))
  expect([names.size, nonces.size]).toEqual(sharedSessionKey === 'name' ? [1, 3] : [3, 1])
})

test('leaves Date and ray ID out, of made-up answers as well, or dates them by a wrong clock', async () => {
  await start({ withoutDate: true, withoutRayId: true })
  api.inject({ fault: { kind: 'answer', status: 502, body: 'x' }, times: 1 })
  for (const status of [502, 200]) {
    const answer = await revoke(api, email)
    expect(answer.status).toBe(status)
    expect(Object.keys(answer.headers).filter((name) => /^date$|^cf-ray$/.test(name))).toEqual([])
  }
  await api.stop()
  await start({ dateSkewMs: -90_000 })
  expect((await revoke(api, email)).headers.date).toBe(new Date(clock - 90_000).toUTCString())
})

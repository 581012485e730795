import { afterEach, expect, test } from '@jest/globals'
import * as v from 'valibot'
import { activeRegistrations, activeSessions } from '../../embedded-api/organization/access-user.ts'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi, type EmbeddedApiOptions, type World } from '../../embedded-api/server.ts'
import { call, type RawAnswer, REGISTRATIONS, REVOKE, revoke, SEATS, USERS } from './raw-client.ts'

const email = 'leaver@example.com'
let clock = 1_800_000_000_400
let api: EmbeddedApi

afterEach(async () => {
  await api.stop()
  expect(api.requests.flatMap(violationsOf)).toEqual([])
})

/** The demo organization in a world, and its user with three sessions and two devices. */
async function start(world: World, options: EmbeddedApiOptions = {}): Promise<AccessUser> {
  const now = (): number => clock
  const demo = demoOrganization(now)
  api = await EmbeddedApi.start({ now, organizations: [demo], world, ...options })
  return demo.userByEmail(email) ?? demo.addUser({ email })
}

const revokeDevices = (): Promise<RawAnswer> => call(api, REVOKE, { body: { email, devices: true } })

/** How many sessions, devices and counted devices of a user the API shows. */
async function shown({ id }: AccessUser): Promise<unknown[]> {
  const count = async (path: string): Promise<unknown> => (await call(api, path)).json
  const sessions = await count(`${USERS}/${id}/active_sessions`)
  const registrations = await count(`${REGISTRATIONS}?user.id=${id}`)
  const users = await count(`${USERS}?email=${email}`)
  return [
    ...[sessions, registrations].map(
      (json) => JSON.stringify(json).split('"key"').length + JSON.stringify(json).split('"nonce"').length - 2,
    ),
    Number(/"active_device_count":(\d+)/.exec(JSON.stringify(users))?.[1]),
  ]
}

test('lets sessions and registrations disappear one by one', async () => {
  const world = { sessionsApartMs: 1000, registrationsApartMs: 2000, registrationsPropagationMs: 500 }
  const user = await start(world, { propagationMs: 100 })
  await revokeDevices()
  expect(activeSessions(user, clock, 0)).toEqual([])
  expect(await shown(user)).toEqual([3, 2, 2])
  clock += 100
  expect(await shown(user)).toEqual([2, 2, 2])
  expect(activeSessions(user, clock, 100, 1000)).toHaveLength(2)
  clock += 1000
  expect(await shown(user)).toEqual([1, 1, 1])
  expect(activeRegistrations(user, clock, 500, 2000)).toHaveLength(1)
  clock += 1400
  expect(await shown(user)).toEqual([0, 0, 0])
})

test('leaves registrations, although sessions and seat are gone', async () => {
  const user = await start({ registrationsStay: true })
  await revokeDevices()
  const body = [{ seat_uid: user.seat.uid, access_seat: false, gateway_seat: false }]
  expect((await call(api, SEATS, { method: 'PATCH', body })).json).toMatchObject({ result: body })
  expect(await shown(user)).toEqual([0, 2, 2])
})

test('lets devices register again in a later second, once for two revocations in one second', async () => {
  const user = await start({ registrationsComeBack: true })
  const [before] = user.registrations
  const { headers } = await revokeDevices()
  await revokeDevices()
  expect(await shown(user)).toEqual([0, 0, 0])
  clock += 600
  const { json } = await call(api, `${REGISTRATIONS}?user.id=${user.id}`)
  const createdAt = new Date(Date.parse(headers.date ?? '') + 1000).toISOString()
  expect(json).toMatchObject({
    result: [{ device: { id: before?.device.id, name: "leaver's laptop" }, created_at: createdAt }, {}],
  })
  expect(json).not.toMatchObject({ result: [{ id: before?.id }, {}] })
})

test('takes no notice of devices', async () => {
  const user = await start({ devicesIgnored: true })
  expect((await revokeDevices()).json).toMatchObject({ result: true })
  expect(await shown(user)).toEqual([0, 2, 2])
})

test('revokes an address in its own letter case only', async () => {
  const user = await start({ caseSensitive: true, unknownUsers: 'result_false' })
  expect((await revoke(api, 'Leaver@example.com')).json).toMatchObject({ success: true, result: false })
  expect(user.revokedAt).toBeUndefined()
  expect((await revoke(api, email)).json).toMatchObject({ success: true, result: true })
  expect(user.revokedAt).toBe(clock)
})

test('says that an unknown address was not revoked', async () => {
  await start({ unknownUsers: 'result_false' })
  expect((await revoke(api, 'nobody@example.com')).json).toMatchObject({ success: true, result: false })
  expect((await revoke(api, email)).json).toMatchObject({ result: true })
})

test('does not free a seat', async () => {
  const user = await start({ seatsStay: true })
  const body = [{ seat_uid: user.seat.uid, access_seat: false, gateway_seat: false }]
  const { json } = await call(api, SEATS, { method: 'PATCH', body })
  expect(json).toMatchObject({ success: true, result: [{ access_seat: true, gateway_seat: true }] })
  expect(activeRegistrations(user, clock, 0)).toHaveLength(2)
})

test('dates sessions in milliseconds', async () => {
  const user = await start({ iatInMilliseconds: true })
  const iat = (user.sessions[0]?.issuedAt ?? 0) * 1000
  const { json } = await call(api, `${USERS}/${user.id}/active_sessions`)
  expect(json).toMatchObject({ result: [{ metadata: { iat, ttl: 86_400 } }, {}, {}] })
})

test('keeps the rate limit to itself', async () => {
  await start({ withoutRateLimitHeaders: true }, { rateLimit: { quota: 1, windowMs: 10_000 } })
  for (const status of [200, 429]) {
    const answer = await revoke(api, email)
    expect(answer.status).toBe(status)
    expect(Object.keys(answer.headers).filter((name) => /limit|retry/.test(name))).toEqual([])
  }
})

test('leaves Date and ray ID out, of answers to be made up as well', async () => {
  await start({ withoutDate: true, withoutRayId: true })
  api.inject({ fault: { kind: 'answer', status: 502, body: 'x' }, times: 1 })
  for (const status of [502, 200]) {
    const { status: its, headers } = await revoke(api, email)
    expect(its).toBe(status)
    expect(headers).not.toHaveProperty('date')
    expect(headers).not.toHaveProperty('cf-ray')
  }
})

test('dates its answers by a clock that is wrong', async () => {
  await start({ dateSkewMs: -90_000 })
  expect((await revoke(api, email)).headers.date).toBe(new Date(clock - 90_000).toUTCString())
})

test('revokes an address in its own letter case only, and finds it in any', async () => {
  const user = await start({ caseSensitiveRevocation: true })
  expect((await call(api, `${USERS}?email=LEAVER@example.com`)).json).toMatchObject({ result: { length: 1 } })
  expect((await revoke(api, 'LEAVER@example.com')).json).toMatchObject({ result: true })
  expect(user.revokedAt).toBeUndefined()
  await revoke(api, email)
  expect(user.revokedAt).toBe(clock)
})

test.each(['nonce', 'name'] as const)('shares the %s of all sessions', async (sharedSessionKey) => {
  const user = await start({ sharedSessionKey })
  const { json } = await call(api, `${USERS}/${user.id}/active_sessions`)
  const [shared, own] = sharedSessionKey === 'nonce' ? ['nonce', 'name'] : ['name', 'nonce']
  const values = (key: string): Set<string> =>
    new Set(JSON.stringify(json).match(new RegExp(`"${key}":"[^"]+`, 'g')))
  // The application in a session has a name as well.
  expect(values(shared).size).toBe(shared === 'name' ? 2 : 1)
  expect(values(own).size).toBe(own === 'name' ? 4 : 3)
})

test.each(['nonce', 'name'] as const)('renews sessions, and keeps the %s alone', async (renewedSessions) => {
  const user = await start({ renewedSessions }, { propagationMs: 5_000 })
  const sessions = async (): Promise<object> => {
    const { json } = await call(api, `${USERS}/${user.id}/active_sessions`)
    return v.parse(Sessions, json).result[0] ?? {}
  }
  const before = v.parse(Session, await sessions())
  await revoke(api, email)
  expect(await sessions()).toEqual(before)
  const second = Math.floor(clock / 1000) + 1
  clock += 1_000
  const after = v.parse(Session, await sessions())
  expect(after.metadata.iat).toBe(second)
  expect(after.name === before.name).toBe(renewedSessions === 'name')
  expect(after.metadata.nonce === before.metadata.nonce).toBe(renewedSessions === 'nonce')
})

const Session = v.object({ name: v.string(), metadata: v.object({ iat: v.number(), nonce: v.string() }) })
const Sessions = v.object({ result: v.array(Session) })

test('lets a session begin later that survives every revocation', async () => {
  await start({})
  const laterSessions = [clock + 1_000]
  const later = api.organization.addUser({ email: 'later@example.com', sessions: 1, laterSessions })
  const count = async (): Promise<unknown> => (await call(api, `${USERS}/${later.id}/active_sessions`)).json
  expect(await count()).toMatchObject({ result: { length: 1 } })
  clock += 1_000
  expect(await count()).toMatchObject({ result: { length: 2 } })
  await revoke(api, 'later@example.com')
  expect(await count()).toMatchObject({ result: { length: 1 } })
})

test('frees seats, and leaves them out of the answer', async () => {
  const user = await start({ seatsUnanswered: true })
  const body = [{ seat_uid: user.seat.uid, access_seat: false, gateway_seat: false }]
  expect((await call(api, SEATS, { method: 'PATCH', body })).json).toMatchObject({
    success: true,
    result: [],
  })
  expect(user.seat).toMatchObject({ access: false, freedAt: clock })
})

test('shows a seat from when on it is taken, until it is freed', async () => {
  await start({})
  const seat = { uid: 'seat-1', access: false, takenAt: clock + 1_000 }
  const late = api.organization.addUser({ email: 'late@example.com', sessions: 0, seat })
  const listed = async (): Promise<unknown> => (await call(api, `${USERS}?email=late@example.com`)).json
  const before = await listed()
  expect(before).toMatchObject({ result: [{ access_seat: false }] })
  expect(JSON.stringify(before)).not.toContain('seat_uid')
  clock += 1_000
  expect(await listed()).toMatchObject({ result: [{ access_seat: true, seat_uid: 'seat-1' }] })
  const body = [{ seat_uid: 'seat-1', access_seat: false, gateway_seat: false }]
  await call(api, SEATS, { method: 'PATCH', body })
  expect(await listed()).toMatchObject({ result: [{ access_seat: false, seat_uid: 'seat-1' }] })
  expect(late.seat.freedAt).toBe(clock)
})

import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { activeRegistrations } from '../../embedded-api/organization/access-user.ts'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { call, REGISTRATIONS, REVOKE, SEATS, USERS } from './raw-client.ts'

const email = 'leaver@example.com'
const DAY = 86_400_000
let clock = 1_800_000_000_400
let api: EmbeddedApi
let leaver: AccessUser

beforeEach(async () => {
  const now = (): number => clock
  const demo = demoOrganization(now)
  leaver = demo.usersByEmail(email)[0] ?? demo.addUser({ email })
  api = await EmbeddedApi.start({ now, organizations: [demo], propagationMs: 1000 })
})

afterEach(async () => {
  await api.stop()
  expect(api.requests.flatMap(violationsOf)).toEqual([])
})

const list = async (query = ''): Promise<unknown> => (await call(api, `${REGISTRATIONS}?${query}`)).json
const names = (...all: string[]): object => ({ result: all.map((name) => ({ device: { name } })) })
const revokeDevices = (): Promise<unknown> => call(api, REVOKE, { body: { email, devices: true } })

test('shows the documented fields', async () => {
  const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
  expect(await list(`user.id=${leaver.id}&per_page=1`)).toEqual({
    success: true,
    errors: [],
    messages: [],
    result: [
      {
        id: leaver.registrations[0]?.id,
        device: {
          id: expect.stringMatching(UUID),
          name: "leaver's laptop",
          client_version: expect.stringMatching(/./),
        },
        user: { id: leaver.id, email, name: 'leaver' },
        key: expect.stringMatching(/./),
        key_type: 'curve25519',
        tunnel_type: 'masque',
        registration_type: 'warp',
        created_at: new Date(clock - DAY).toISOString(),
        last_seen_at: new Date(clock - 60_000).toISOString(),
        updated_at: new Date(clock - 60_000).toISOString(),
        revoked_at: null,
        deleted_at: null,
      },
    ],
    result_info: { count: 1, per_page: 1, cursor: expect.stringMatching(/./), total_count: null },
  })
})

test('filters', async () => {
  const colleague = api.organization.userByEmail('colleague@example.com')
  expect(await list()).toMatchObject({ result: { length: 4 } })
  expect(await list(`user.id=${leaver.id}&user.id=${colleague?.id ?? ''}`)).toMatchObject(
    names("leaver's laptop", "leaver's phone", "colleague's laptop"),
  )
  expect(await list(`user.id=${leaver.uid}`)).toMatchObject({ result: [], result_info: { count: 0 } })
})

test('pages by cursor', async () => {
  const seen: unknown[] = []
  let query = 'per_page=3'
  for (;;) {
    const page = await list(query)
    expect(page).toMatchObject({ result: expect.any(Array), result_info: { per_page: 3 } })
    seen.push(page)
    const cursor = /"cursor":"([^"]+)"/.exec(JSON.stringify(page))?.[1]
    if (cursor === undefined) break
    query = `per_page=3&cursor=${cursor}`
  }
  expect(seen).toMatchObject([
    { result: { length: 3 } },
    { ...names("colleague's laptop"), result_info: { count: 1, cursor: null } },
  ])
})

test('shows a revocation after a while, and by the requested status', async () => {
  const revokedAt = clock
  await revokeDevices()
  expect(activeRegistrations(leaver, clock, 0)).toEqual([])
  expect(leaver.revokedAt).toBe(revokedAt)
  expect(await list(`user.id=${leaver.id}&status=all`)).toMatchObject({ result: [{ revoked_at: null }, {}] })
  clock += 999
  expect(await list(`user.id=${leaver.id}`)).toMatchObject({ result: { length: 2 } })
  clock += 1
  expect(await list(`user.id=${leaver.id}`)).toMatchObject({ result: [] })
  for (const status of ['all', 'revoked']) {
    const revoked = { revoked_at: new Date(revokedAt).toISOString() }
    expect(await list(`user.id=${leaver.id}&status=${status}`)).toMatchObject({ result: [revoked, revoked] })
  }
  expect(await list('status=revoked')).toMatchObject({ result: { length: 2 } })
  expect((await call(api, `${USERS}?email=${email}`)).json).toMatchObject({
    result: [{ active_device_count: 0 }],
  })
})

test('takes registrations as a test describes them', async () => {
  const said = { deviceName: 'Kiosk', deviceId: 'd', id: 'r', createdAt: clock - 5, sticky: true }
  const user = api.organization.addUser({
    email: 'kiosk@example.com',
    devices: [said, { revokedAt: clock - 1000 }],
  })
  await call(api, REVOKE, { body: { email: user.email, devices: true } })
  clock += 2000
  expect(await list(`user.id=${user.id}`)).toMatchObject({
    result: [
      { id: 'r', device: { id: 'd', name: 'Kiosk' }, created_at: new Date(clock - 2005).toISOString() },
    ],
  })
})

test('frees a seat, and deletes the registrations with it', async () => {
  const body = [{ seat_uid: leaver.seat.uid, access_seat: false, gateway_seat: false }]
  const freed = await call(api, SEATS, { method: 'PATCH', body })
  expect(freed).toMatchObject({
    status: 200,
    json: { success: true, result: [{ ...body[0], updated_at: new Date(clock).toISOString() }] },
  })
  clock += 1000
  expect(await list(`user.id=${leaver.id}&status=all`)).toMatchObject({ result: [] })
  expect((await call(api, `${USERS}?email=${email}`)).json).toMatchObject({
    result: [{ ...body[0], active_device_count: 0 }],
  })
  const sessions = await call(api, `${USERS}/${leaver.id}/active_sessions`)
  expect(sessions.json).toMatchObject({ result: { length: 3 } })
})

test('keeps a seat that either product is to keep, and frees all seats or none', async () => {
  const seat = { seat_uid: leaver.seat.uid, access_seat: false, gateway_seat: true }
  const kept = await call(api, SEATS, { method: 'PATCH', body: [seat] })
  expect(kept.json).toMatchObject({ result: [{ access_seat: true, gateway_seat: true }] })
  const body = [
    { ...seat, gateway_seat: false },
    { ...seat, seat_uid: 'x' },
  ]
  expect((await call(api, SEATS, { method: 'PATCH', body })).status).toBe(404)
  expect(leaver.seat).toMatchObject({ access: true, gateway: true })
})

test('gives a seat back to who signs in again', async () => {
  const user = api.organization.addUser({ email: 'again@example.com', signsInAgain: true })
  await call(api, REVOKE, { body: { email: user.email } })
  const body = [{ seat_uid: user.seat.uid, access_seat: false, gateway_seat: false }]
  await call(api, SEATS, { method: 'PATCH', body })
  clock += 1000
  expect((await call(api, `${USERS}?email=${user.email}`)).json).toMatchObject({
    result: [{ access_seat: true, gateway_seat: false }],
  })
})

test('shows seats as a test describes them', async () => {
  api.organization.addUser({ email: 'free@example.com', seat: { uid: undefined, access: false } })
  const { json } = await call(api, `${USERS}?email=free@example.com`)
  expect(json).toMatchObject({ result: [{ access_seat: false, gateway_seat: false }] })
  expect(json).not.toMatchObject({ result: [{ seat_uid: expect.anything() }] })
})

import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { EXEMPTIONS, violationsOf } from '../../embedded-api/description/conformity.ts'
import { DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi, type Fault, type RecordedRequest, type World } from '../../embedded-api/server.ts'
import { Scene } from '../support/scene.ts'
import { call, revoke, USERS } from './raw-client.ts'

const email = 'leaver@example.com'
let api: EmbeddedApi

beforeEach(async () => {
  api = await EmbeddedApi.start()
})

afterEach(() => api.stop())

/** The last request, with something about it changed. */
function last(changes: Partial<RecordedRequest> = {}): RecordedRequest {
  const record = api.requests.at(-1)
  if (record === undefined) throw new Error('no request')
  return { ...record, ...changes }
}

test('keeps what was answered, and finds what does not fit', async () => {
  const { json } = await revoke(api, email)
  expect(last()).toMatchObject({ answer: json, faulted: false, complete: true, search: '' })
  expect(violationsOf(last())).toEqual([])
  const changed = last({ search: 'x=1', answer: { ...last(), success: 'yes' } })
  expect(violationsOf(changed)).toEqual([
    expect.stringMatching(/^POST \/client\/v4\/accounts\/.* query: must NOT have additional properties: x$/),
    expect.stringMatching(/answer 200\/success: must be boolean$/),
  ])
})

test.each<[Fault, boolean]>([
  [{ kind: 'answer', status: 200, body: 'yes' }, true],
  [{ kind: 'error', status: 400, code: 1, message: 'No.' }, true],
  [{ kind: 'drop_mid_body' }, true],
  [{ kind: 'gigantic', bytes: 10 }, true],
  [{ kind: 'drip', intervalMs: 1 }, false],
  [{ kind: 'delay', ms: 1 }, false],
])('records whether a fault altered the answer: %j', async (fault, faulted) => {
  api.inject({ fault })
  await revoke(api, email).catch(() => undefined)
  expect(last()).toMatchObject({ faulted })
  expect(violationsOf(last())).toEqual([])
})

test('exempts what it says, and nothing near it', async () => {
  expect(EXEMPTIONS.every(({ reason }) => reason.endsWith('.'))).toBe(true)
  await revoke(api, email)
  const answer = 'not JSON'
  expect(violationsOf(last({ answer, faulted: true }))).toEqual([])
  expect(violationsOf(last({ answer, status: 502 }))).toEqual([])
  expect(violationsOf(last({ answer, status: 403 }))).toHaveLength(1)

  const inZone = `/client/v4/zones/${DEMO_ZONE_ID}/access/organizations/revoke_user`
  expect(violationsOf(last({ path: inZone, search: 'devices=true' }))).toEqual([])
  expect(violationsOf(last({ path: inZone, answer }))).toHaveLength(1)

  const failure = (code: unknown): object => ({
    success: false,
    errors: [{ code, message: 'No.' }],
    messages: [],
    result: null,
  })
  expect(violationsOf(last({ status: 400, answer: failure('access.api.error.not_enabled') }))).toEqual([])
  expect(violationsOf(last({ status: 400, answer: failure(null) }))).toHaveLength(1)
})

test('exempts addresses with letters outside ASCII, and no others', async () => {
  api.organization.addUser({ email: 'ünï@exämple.com' })
  await call(api, USERS)
  expect(last()).toMatchObject({ answer: { result: { length: 5 } } })
  expect(violationsOf(last())).toEqual([])
  api.organization.addUser({ email: 'a b@example.com' })
  await call(api, USERS)
  expect(violationsOf(last())).toEqual([
    expect.stringMatching(/result\/5\/email: must match format "email"$/),
  ])
})

test('exempts white space around an address', async () => {
  api.organization.addUser({ email: ' white@example.com' })
  await call(api, USERS)
  expect(violationsOf(last())).toEqual([])
})

test.each<[World, boolean]>([
  [{ counts: 'text' }, false],
  [{ counts: 'fraction' }, false],
  [{ counts: 'growing' }, true],
  [{ numericCursors: true }, false],
  [{ unsetRevokedAt: '0' }, false],
  [{ unsetDeletedAt: '' }, false],
  [{ unsetRevokedAt: '0001-01-01T00:00:00Z', unsetDeletedAt: '2099-12-31T00:00:00Z' }, true],
  [{ outdatedCopies: 'everywhere', revokedCopies: true, deviceCountOff: 1 }, true],
])('knows whether the world %j fits the description', async (world, fits) => {
  await api.stop()
  api = await EmbeddedApi.start({ world })
  await call(api, USERS)
  expect(last()).toMatchObject({ fitsDescription: fits })
  expect(violationsOf(last())).toEqual([])
  expect(violationsOf(last({ answer: 'not JSON' }))).toHaveLength(fits ? 1 : 0)
})

test('does not compare what a client did not send to its end, or got no answer to', async () => {
  await revoke(api, email)
  expect(violationsOf(last({ complete: false, bodyText: '' }))).toEqual([])
  expect(violationsOf(last({ complete: true, bodyText: '' }))).toHaveLength(1)
  api.inject({ fault: { kind: 'reset' } })
  await revoke(api, email).catch(() => undefined)
  expect(violationsOf(last())).toEqual([])
})

test('fails the test of a scene in which something did not fit', async () => {
  const scene = await Scene.open()
  await call(scene.api, `${USERS}?mail=x`)
  await expect(scene[Symbol.asyncDispose]()).rejects.toThrow(
    /^not as Cloudflare describes its API:\n.*additional properties: mail$/,
  )
})

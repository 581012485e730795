import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import { DEMO_ACCOUNT_ID, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi, type Fault, type RecordedRequest, type World } from '../../embedded-api/server.ts'
import { Scene } from '../support/scene.ts'
import { call, REGISTRATIONS, revoke, USERS } from './raw-client.ts'

const email = 'leaver@example.com'
const IN_ZONE = `/client/v4/zones/${DEMO_ZONE_ID}/access/organizations/revoke_user`
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

const readAnswer = (result: unknown): object => ({ success: true, errors: [], messages: [], result })
const refusal = (code: unknown): object => ({
  ...readAnswer(null),
  success: false,
  errors: [{ code, message: 'No.' }],
})
const users = `/client/v4${USERS}`
const registrations = `/client/v4${REGISTRATIONS}`
const TOKEN = { authorization: 'Bearer x' }
const KEY = { 'x-auth-email': 'a@example.com', 'x-auth-key': 'k' }

test.each<[string, Partial<RecordedRequest>, RegExp]>([
  ['unknown path', { path: `${users}/` }, /GET .*users\/ is not in the description/],
  ['another method', { method: 'PUT' }, /PUT .*users is not in the description/],
  ['account too long', { path: users.replace(DEMO_ACCOUNT_ID, 'a'.repeat(33)) }, /path\/account_id: /],
  ['unknown parameter', { search: 'mail=x' }, /query: must NOT have additional properties: mail$/],
  ['parameter twice', { search: 'email=x&email=y' }, /query\/email: must be string$/],
  ['no credential', { headers: {} }, /but have no credential$/],
  ['half a key', { headers: { 'x-auth-key': 'k' } }, /must have token, or email with key, but have key$/],
  ['two credentials', { headers: { ...TOKEN, ...KEY } }, /but have token with email with key$/],
  ['a key for registrations', { path: registrations, headers: KEY }, /must have token, but/],
  ['a body where there is none', { bodyText: '{}', body: {} }, /body: must be absent$/],
  [
    'null for a time',
    { answer: readAnswer([{ created_at: null }]) },
    /result\/0\/created_at: must be string$/,
  ],
  ['a code below 1000', { status: 429, answer: refusal(971) }, /errors\/0\/code: must be >= 1000$/],
  ['an unknown status', { status: 201 }, /answer 201: is a status that the description does not have$/],
])('finds in a read of users: %s', async (_, changes, violation) => {
  await call(api, USERS)
  expect(violationsOf(last())).toEqual([])
  expect(violationsOf(last({ answer: readAnswer([{ age: 3 }]) }))).toEqual([])
  expect(violationsOf(last(changes))).toContainEqual(expect.stringMatching(violation))
})

test.each<[string, Partial<RecordedRequest>, RegExp | undefined]>([
  ['no body', { bodyText: '' }, /body: must be there$/],
  ['no content type', { headers: TOKEN }, /must have the content type application\/json$/],
  ['an unknown field', { body: { email, age: 3 } }, /body: must NOT have additional properties: age$/],
  ['what no JSON answers', { answer: '<html>' }, /answer 200: must be object$/],
  ['nothing, where the client hung up', { complete: false, bodyText: '', status: 502 }, undefined],
  ['nothing in an answer of a gateway', { answer: '<html>', status: 502 }, undefined],
  ['nothing in an answer that a test orders', { answer: '<html>', faulted: true }, undefined],
  ['nothing in a request of a zone', { path: IN_ZONE, search: 'devices=true' }, undefined],
  ['what is wrong with an answer of a zone', { path: IN_ZONE, answer: '<html>' }, /must be object$/],
])('finds in a revocation: %s', async (_, changes, violation) => {
  await revoke(api, email)
  expect(violationsOf(last())).toEqual([])
  const expected = violation === undefined ? [] : [expect.stringMatching(violation)]
  expect(violationsOf(last(changes))).toEqual(expected)
})

test.each<[Fault, boolean]>([
  [{ kind: 'answer', status: 200, body: 'yes' }, true],
  [{ kind: 'error', status: 400, code: 1, message: 'No.' }, true],
  [{ kind: 'drop_mid_body' }, true],
  [{ kind: 'drip', intervalMs: 1 }, false],
  [{ kind: 'delay', ms: 1 }, false],
])('records whether a fault altered the answer: %j', async (fault, faulted) => {
  api.inject({ fault })
  await revoke(api, email).catch(() => undefined)
  expect(last()).toMatchObject({ faulted })
  expect(violationsOf(last())).toEqual([])
})

test.each([
  ['ünï@exämple.com', []],
  [' white@example.com', []],
  ['a b@example.com', [expect.stringMatching(/email: must match format "email"$/)]],
])('knows whether to exempt the address %j', async (address, violations) => {
  api.organization.addUser({ email: address })
  await call(api, USERS)
  expect(violationsOf(last())).toEqual(violations)
})

test.each<[World, boolean]>([
  [{ counts: 'text' }, false],
  [{ counts: 'growing' }, true],
  [{ numericCursors: true }, false],
  [{ unsetRevokedAt: '0' }, false],
  [{ lastLoginText: '2026-02-30T12:00:00Z' }, false],
  [{ unsetRevokedAt: '0001-01-01T00:00:00Z', outdatedCopies: 'everywhere' }, true],
])('knows whether the world %j fits the description', async (world, fits) => {
  await api.stop()
  api = await EmbeddedApi.start({ world })
  await call(api, USERS)
  expect(violationsOf(last())).toEqual([])
  expect(violationsOf(last({ answer: 'not JSON' }))).toHaveLength(fits ? 1 : 0)
})

test('fails the test of a scene in which something did not fit', async () => {
  const scene = await Scene.open()
  await call(scene.api, `${USERS}?mail=x`)
  await expect(scene[Symbol.asyncDispose]()).rejects.toThrow(
    /^not as Cloudflare describes its API:\n.*additional properties: mail$/,
  )
})

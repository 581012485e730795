import { describe, expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { VERSION } from '../../src/cloudflare/client.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const KEY = '0123456789abcdef0123456789abcdef01234'
const ZONE: With = { 'account-id': null, 'zone-id': DEMO_ZONE_ID }
const PATH = '/access/organizations/revoke_user'

test.concurrent.each<[string, With, string, object, object]>([
  ['an account', {}, `/accounts/${DEMO_ACCOUNT_ID}`, {}, { email: LEAVER }],
  ['a zone', ZONE, `/zones/${DEMO_ZONE_ID}`, {}, { email: LEAVER }],
  [
    'an account ID in capitals',
    { 'account-id': ` ${DEMO_ACCOUNT_ID.toUpperCase()} ` },
    `/accounts/${DEMO_ACCOUNT_ID}`,
    {},
    { email: LEAVER },
  ],
  [
    'devices',
    { devices: 'true' },
    `/accounts/${DEMO_ACCOUNT_ID}`,
    { devices: 'true' },
    { email: LEAVER, devices: true },
  ],
  [
    'WARP',
    { 'warp-session-reauth': 'TRUE' },
    `/accounts/${DEMO_ACCOUNT_ID}`,
    {},
    { email: LEAVER, warp_session_reauth: true },
  ],
  [
    'an address in capitals',
    { email: 'Leaver@Example.com' },
    `/accounts/${DEMO_ACCOUNT_ID}`,
    {},
    { email: 'Leaver@Example.com' },
  ],
])('%s', async (_name, inputs, prefix, query, body) => {
  await using scene = await Scene.open()
  const result = await scene.run(inputs)
  expect(result.exitCode).toBe(0)
  expect(scene.api.requests).toMatchObject([
    {
      method: 'POST',
      path: expect.stringMatching(new RegExp(`${prefix}${PATH}$`)),
      query,
      body,
      accepted: true,
      status: 200,
    },
  ])
  expect(scene.api.requests[0]?.headers).toMatchObject({
    authorization: `Bearer ${DEMO_TOKEN}`,
    'content-type': 'application/json',
    'user-agent': `revoke-cloudflare-access/${VERSION}`,
  })
  expect(
    scene.organization.userByEmail(LEAVER)?.sessions.every(({ revokedAt }) => revokedAt !== undefined),
  ).toBe(true)
})

test.concurrent('the UUID of the user, in both spellings', async () => {
  await using scene = await Scene.open()
  const uid = scene.organization.userByEmail(LEAVER)?.uid ?? ''
  expect((await scene.run({ 'user-uid': uid })).exitCode).toBe(0)
  expect(scene.api.requests[0]?.body).toEqual({ email: LEAVER, user_uid: uid })
  expect((await scene.run({ 'user-uid': crypto.randomUUID().replaceAll('-', '') })).exitCode).toBe(1)
})

test.concurrent.each<[string, number]>([
  ['finds no user', 0],
  ['takes longer than ten seconds', 2_000],
])('no UUID if the look-up %s', async (_name, ms) => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  if (ms > 0) scene.inject({ operation: 'list_users', times: 1, fault: { kind: 'delay', ms } })
  const email = ms > 0 ? LEAVER : 'nobody@example.com'
  const uid = scene.organization.userByEmail(LEAVER)?.uid ?? ''
  await scene.run({ email, 'user-uid': uid, verify: 'true', 'request-timeout': '300' })
  const sent = scene.api.requests.filter(({ operation }) => operation === 'revoke_user')
  expect(sent.map(({ body }) => body)).toEqual([{ email }])
})

test.concurrent('the Global API key', async () => {
  await using scene = await Scene.open()
  scene.organization.credentials.push({ kind: 'global-api-key', email: 'owner@example.com', key: KEY })
  const result = await scene.run({ 'api-token': null, 'api-email': 'owner@example.com', 'api-key': KEY })
  expect(result.exitCode).toBe(0)
  expect(scene.api.requests[0]?.headers).toMatchObject({
    'x-auth-email': 'owner@example.com',
    'x-auth-key': KEY,
  })
  expect(scene.api.requests[0]?.headers.authorization).toBeUndefined()
})

describe('the log', () => {
  test.concurrent('says what was left untouched', async () => {
    await using scene = await Scene.open()
    const { log } = await scene.run()
    expect(log.join('\n')).toMatch(/accepted by Cloudflare \(ray ID [0-9a-f]{16}-EMB\)/)
    expect(log.join('\n')).toMatch(/Devices were left untouched.*`devices: true`/)
    expect(log.join('\n')).toMatch(/WARP session was left untouched.*`warp-session-reauth: true`/)
  })

  test.concurrent.each<[string, With, RegExp | undefined]>([
    ['tokens and devices', { devices: 'true' }, /^The WARP session was left untouched/m],
    ['tokens and WARP session', { 'warp-session-reauth': 'true' }, /^Devices were left untouched[^.]*\.$/m],
    ['tokens, devices, and WARP session', { devices: 'true', 'warp-session-reauth': 'true' }, undefined],
  ])('says that %s are revoked', async (extent, inputs, untouched) => {
    await using scene = await Scene.open()
    const log = (await scene.run(inputs)).log.join('\n')
    expect(log).toContain(`Revoking the Access ${extent} of leaver@example.com in account `)
    if (untouched === undefined) expect(log).not.toMatch(/untouched/)
    else expect(log).toMatch(untouched)
  })

  test.concurrent('says so when the requests do not go to Cloudflare', async () => {
    await using scene = await Scene.open()
    const { warnings } = await scene.run()
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Requests go to http:\/\/127\.0\.0\.1:\d+\/client\/v4, which is not Cloudflare's/,
      ),
    ])
  })
})

test.concurrent('an answer without its headers, or without a ray ID, is accepted', async () => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], result: true }
  scene.inject({
    fault: { kind: 'answer', status: 202, headers: { Date: null, 'cf-ray': null }, body, applied: true },
  })
  const result = await scene.run()
  expect(result.exitCode).toBe(0)
  expect(result.log.join('\n')).toMatch(/accepted by Cloudflare\./)
})

import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN, DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { VERSION } from '../../src/cloudflare/client.ts'
import { LEAVER, Scene, type With } from '../support/scene.ts'

const ZONE: With = { 'account-id': null, 'zone-id': DEMO_ZONE_ID }
const ACCOUNT_PATH = `/accounts/${DEMO_ACCOUNT_ID}`

interface Sent {
  readonly prefix?: string
  readonly query?: object
  readonly body?: object
}

const WARP: With = { 'warp-session-reauth': 'TRUE' }
const DEVICES: With = { devices: 'true' }

test.concurrent.each<[string, With, Sent, says: RegExp]>([
  [
    'an account',
    {},
    {},
    /^Devices were left untouched.*`devices: true`\.\nThe WARP session was left untouched.*`warp-session-reauth: true`/m,
  ],
  [
    'a zone',
    ZONE,
    { prefix: `/zones/${DEMO_ZONE_ID}` },
    /accepted by Cloudflare \(ray ID [0-9a-f]{16}-EMB\)/,
  ],
  ['an account in capitals', { 'account-id': ` ${DEMO_ACCOUNT_ID.toUpperCase()} ` }, {}, /Access tokens of/],
  [
    'devices',
    DEVICES,
    { query: { devices: 'true' }, body: { devices: true } },
    /^Revoking the Access tokens and devices of leaver@example\.com in account /m,
  ],
  [
    'WARP',
    WARP,
    { body: { warp_session_reauth: true } },
    /^Revoking the Access tokens and WARP session of .*[^]*^Devices were left untouched[^.]*\.$/m,
  ],
  [
    'devices and WARP',
    { ...DEVICES, ...WARP },
    { query: { devices: 'true' }, body: { devices: true, warp_session_reauth: true } },
    /^Revoking the Access tokens, devices, and WARP session of (?![^]*untouched)/m,
  ],
  ['an address in capitals', { email: 'Leaver@Example.com' }, { body: { email: 'Leaver@Example.com' } }, /L/],
])('%s', async (_name, inputs, { prefix = ACCOUNT_PATH, query = {}, body }, says) => {
  await using scene = await Scene.open()
  const result = await scene.run(inputs)
  expect(result.exitCode).toBe(0)
  expect(result.log.join('\n')).toMatch(says)
  expect(scene.api.requests).toMatchObject([
    {
      method: 'POST',
      path: `/client/v4${prefix}/access/organizations/revoke_user`,
      query,
      accepted: true,
      status: 200,
    },
  ])
  expect(scene.api.requests[0]?.query).toEqual(query)
  expect(scene.api.requests[0]?.body).toEqual({ email: LEAVER, ...body })
  expect(scene.api.requests[0]?.headers).toMatchObject({
    authorization: `Bearer ${DEMO_TOKEN}`,
    'content-type': 'application/json',
    'user-agent': `revoke-cloudflare-access/${VERSION}`,
  })
  const sessions = scene.organization.userByEmail(LEAVER)?.sessions ?? []
  expect(sessions.every(({ revokedAt }) => revokedAt !== undefined)).toBe(true)
})

test.concurrent('an answer without its headers, or without a ray ID, is accepted', async () => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], result: true }
  const headers = { Date: null, 'cf-ray': null }
  scene.inject({ fault: { kind: 'answer', status: 202, headers, body, applied: true } })
  const result = await scene.run()
  expect(result.exitCode).toBe(0)
  expect(result.log.join('\n')).toMatch(/accepted by Cloudflare\./)
  expect(result.warnings).toEqual([
    expect.stringMatching(/^Requests go to http:\/\/127\.0\.0\.1:\d+\/client\/v4, which is not Cloudflare's/),
  ])
})

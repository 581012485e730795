import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/faults/faults.ts'
import type { NewUser } from '../../embedded-api/organization/organization.ts'
import type { World } from '../../embedded-api/world.ts'
import { Scene, type With } from '../support/scene.ts'

// What the bundle must never get wrong, once each; the tests of the rooms have the details.

const ANN = 'ann@example.com'
const TO_ANN = [{ email: ANN }]
const WITH_DEVICES = [{ email: ANN, devices: true }]
const SOON = JSON.stringify([{ email: ANN, revoke_after: new Date(Date.now() + 1_800_000).toISOString() }])

/** After the first one of its kind, each call is answered with an empty list. */
const emptied = (
  operation: FaultRule['operation'],
  info: object,
  headers: Record<string, string> = {},
): FaultRule => ({
  ...(operation && { operation }),
  after: 1,
  fault: { kind: 'answer', status: 200, headers, body: { success: true, result: [], result_info: info } },
})

interface Case {
  readonly user: Partial<NewUser>
  readonly world?: World
  readonly inputs?: With
  readonly rule?: FaultRule
  /** How many times as fast as usual the clock goes. */
  readonly speed?: number
  readonly reported: readonly object[]
  /** The bodies of the revocations, by default one of the user. */
  readonly sent?: readonly object[]
}

test.concurrent.each<[string, Case]>([
  [
    'a list of sessions by another clock proves nothing',
    {
      user: { stickySessions: 1 },
      rule: emptied('active_sessions', {}, { Date: 'Mon, 01 Jan 2029 00:00:00 GMT' }),
      reported: [{ status: 'failed', verification: 'not_done' }],
    },
  ],
  [
    'a list of sessions that is shorter than it says proves nothing',
    {
      user: { stickySessions: 1 },
      rule: emptied('active_sessions', { count: 1 }),
      reported: [{ status: 'failed', verification: 'not_done' }],
    },
  ],
  [
    'a list of devices that is shorter than it says proves nothing',
    {
      user: { devices: [{ sticky: true }] },
      inputs: { devices: 'true' },
      rule: emptied('list_registrations', { count: 1, per_page: 10 }),
      reported: [{ status: 'failed', verification: 'not_done' }],
      sent: WITH_DEVICES,
    },
  ],
  [
    'devices that are revoked half a minute later are waited for',
    {
      user: { devices: 1 },
      world: { registrationsPropagationMs: 30_000 },
      inputs: { devices: 'true' },
      reported: [{ status: 'revoked', devices_after: 0 }],
      sent: WITH_DEVICES,
    },
  ],
  [
    'a protected user is protected in any letter case',
    { user: {}, inputs: { email: 'Ann@example.com', 'protected-users': ANN }, reported: [], sent: [] },
  ],
  [
    'a user who is due in half an hour is not revoked',
    { user: {}, inputs: { email: SOON }, reported: [{ status: 'not_due' }], sent: [] },
  ],
  [
    'a UUID is not sent before it was looked up',
    {
      user: {},
      inputs: { 'user-uid': 'a'.repeat(32) },
      rule: { operation: 'list_users', fault: { kind: 'delay', ms: 700 } },
      speed: 30,
      reported: [{ status: 'failed', revocation: 'confirmed' }],
    },
  ],
  [
    'the seat of a user who is back is not freed',
    {
      user: { signsInAgain: true },
      inputs: { 'signed-in-again': 'warn', 'remove-seat': 'true' },
      reported: [{ status: 'failed', verification: 'passed', seat: 'not_done' }],
    },
  ],
])('%s', async (_name, { user, world = {}, inputs, rule, speed, reported, sent = TO_ANN }) => {
  await using scene = await Scene.openWithoutWaits({ world }, speed)
  scene.organization.addUser({ email: ANN, ...user })
  scene.inject(...(rule === undefined ? [] : [rule]))
  const result = await scene.run({ email: ANN, verify: 'true', 'request-timeout': '300', ...inputs })
  expect(JSON.parse(result.report)).toMatchObject({ users: reported })
  const requests = scene.api.requests.filter(({ operation }) => operation === 'revoke_user')
  expect(requests.map(({ body }) => body)).toEqual(sent)
})

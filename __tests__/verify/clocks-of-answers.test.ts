import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/faults/faults.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene } from '../support/scene.ts'

const NO_DATE = /^leaver@example\.com: Revoked, but not verified: the answer had no usable `Date` header/
const OTHER_CLOCK =
  /^leaver@example\.com: Revoked, but not verified: the `Date` headers of the answers contradict/

type Read = readonly [operation: NonNullable<FaultRule['operation']>, after: number]

/** The answers after some of the same kind. A list of devices comes first before the revocation as well. */
const READS: readonly (readonly [string, ...Read])[] = [
  ['a list of sessions after the revocation', 'active_sessions', 1],
  ['a list of sessions before it', 'active_sessions', 0],
  ['a list of devices after it', 'list_registrations', 1],
  ['a list of users', 'list_users', 0],
  ['a confirmation', 'revoke_user', 0],
]

test.concurrent.each(
  READS.flatMap(([name, ...read]) => [
    [`${name} without a \`Date\``, ...read, null, NO_DATE] as const,
    [`${name} by another clock`, ...read, 'Mon, 01 Jan 2029 00:00:00 GMT', OTHER_CLOCK] as const,
  ]),
)('%s proves nothing', async (_name, operation, after, date, error) => {
  await using scene = await Scene.openWithoutWaits()
  const { id, uid } = scene.organization.userByEmail(LEAVER) ?? {}
  const users = operation === 'list_users' ? [{ id, uid, email: LEAVER }] : []
  const result = operation === 'revoke_user' ? true : users
  const body = {
    success: true,
    result,
    ...(operation === 'list_users' && { result_info: { total_count: 1 } }),
  }
  const fault = { kind: 'answer', status: 200, headers: { Date: date }, body, applied: true } as const
  scene.inject({ operation, after, fault })
  const run = await scene.runSource({ verify: 'true', devices: 'true', 'request-timeout': '300' })
  expect(run.errors[0]).toMatch(error)
  expect(reportOf(run).users).toMatchObject([{ revocation: 'confirmed', verification: 'not_done' }])
})

import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene } from '../support/scene.ts'

test.concurrent.each<[string, FaultRule['operation'], number]>([
  ['of sessions after the revocation', 'active_sessions', 1],
  ['of sessions before it', 'active_sessions', 0],
  ['of users', 'list_users', 0],
])('an empty list %s that has no `Date` proves nothing', async (_name, operation, after) => {
  await using scene = await Scene.openWithoutWaits()
  const { id, uid } = scene.organization.userByEmail(LEAVER) ?? {}
  const result = operation === 'list_users' ? [{ id, uid, email: LEAVER }] : []
  const fault = {
    kind: 'answer',
    status: 200,
    headers: { Date: null },
    body: { success: true, result, result_info: { total_count: result.length } },
  } as const
  scene.inject({ ...(operation && { operation }), after, fault })
  const run = await scene.runSource({ verify: 'sessions' })
  expect(run.errors[0]).toMatch(/Revoked, but not verified: the answer had no usable `Date` header/)
  expect(reportOf(run).users).toMatchObject([{ revocation: 'confirmed', verification: 'not_done' }])
})

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import type { WorkflowRun } from './act.ts'
import { LEAVER, Scene, dispatch } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await Scene.start('offboarding-step.yml')
})

afterEach(() => scene.stop())

test('the identity provider comes first', async () => {
  const options = { payload: dispatch({ email: LEAVER.email }), ...oktaAt(scene.outside.url) }
  const result = await scene.run({ event: 'workflow_dispatch', ...options })
  expect(result.jobs).toEqual({ offboard: 'success' })
  const [suspension] = scene.outside.requests
  expect(suspension).toMatchObject({
    method: 'POST',
    path: '/api/v1/users/leaver%40example.com/lifecycle/suspend',
    headers: { authorization: 'SSWS okta-token' },
  })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(scene.api.requests[0]?.receivedAt).toBeGreaterThanOrEqual(suspension?.receivedAt ?? Infinity)
  expect(result.notices).toContain('revoked at Cloudflare Access.')
})

test('revokes also when the identity provider fails; the job is red', async () => {
  scene.outside.answers.set('/api/v1/users/leaver%40example.com/lifecycle/suspend', { status: 403, body: '' })
  const options = { payload: dispatch({ email: LEAVER.email }), ...oktaAt(scene.outside.url) }
  const result = await scene.run({ event: 'workflow_dispatch', ...options })
  expect(result.jobs).toMatchObject({ offboard: 'failure' })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.notices).not.toContain('revoked at Cloudflare Access.')
  scene.expectAlert(result, 'An offboarding failed')
})

test('an address with shell syntax in it stays data on its way through the shell', async () => {
  const email = '$(exit 3)`id`";\'*?&#/../@example.com'
  const options = { payload: dispatch({ email }), ...oktaAt(scene.outside.url) }
  const result = await scene.run({ event: 'workflow_dispatch', ...options })
  const [, segment = ''] = /users\/(.*)\/lifecycle/.exec(scene.outside.requests[0]?.path ?? '') ?? []
  expect(segment).not.toContain('/')
  expect(decodeURIComponent(segment)).toBe(email)
  expect(result.jobs).toMatchObject({ offboard: 'failure' })
  expect(scene.api.requests).toEqual([])
})

function oktaAt(url: string): Pick<WorkflowRun, 'secrets' | 'vars'> {
  return { secrets: { OKTA_API_TOKEN: 'okta-token' }, vars: { OKTA_ORG_URL: url } }
}

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { LEAVER, Scene, dispatch } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await Scene.start('manual.yml')
})

afterEach(() => scene.stop())

test.each([
  { inputs: {}, body: LEAVER },
  { inputs: { devices: 'false', 'warp-session-reauth': 'false' }, body: { email: LEAVER.email } },
])('the form $inputs decides', async ({ inputs, body }) => {
  const payload = dispatch({ email: LEAVER.email, ...inputs })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([body])
})

test('an unknown address fails the job and alerts', async () => {
  const payload = dispatch({ email: 'laever@example.com' })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  expect(result.notices).toContain('Check the spelling of the address.')
  scene.expectAlert(result, 'A revocation from Cloudflare Access failed or was refused')
})

test('a dry run revokes nothing', async () => {
  const payload = dispatch({ email: LEAVER.email, 'dry-run': 'true' })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([])
})

test('offline, the form is checked without a request', async () => {
  const payload = dispatch({ email: LEAVER.email, 'dry-run': 'offline' })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.api.requests).toEqual([])
})

test('an address with shell and workflow syntax in it stays data', async () => {
  const payload = dispatch({ email: '$(touch pwned)`id`"; exit 0 #@example.com' })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  scene.expectAlert(result, 'A revocation from Cloudflare Access failed or was refused')
})

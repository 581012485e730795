import { expect, test } from '@jest/globals'
import { LEAVER, sceneOf } from './scene.ts'

const scene = sceneOf('manual.yml')

test.each([
  { inputs: {}, body: LEAVER },
  { inputs: { devices: 'false', 'warp-session-reauth': 'false' }, body: { email: LEAVER.email } },
])('the form $inputs decides', async ({ inputs, body }) => {
  const result = await scene.runForm({ email: LEAVER.email, ...inputs })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([body])
})

test('an unknown address fails the job and alerts', async () => {
  const result = await scene.runForm({ email: 'laever@example.com' })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  expect(result.notices).toContain('Check the spelling of the address, and that `account-id` is the right account.')
  scene.expectAlert(result, 'A revocation from Cloudflare Access failed or was refused')
})

test('a dry run revokes nothing', async () => {
  const result = await scene.runForm({ email: LEAVER.email, 'dry-run': 'true' })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([])
})

test('offline, the form is checked without a request', async () => {
  const result = await scene.runForm({ email: LEAVER.email, 'dry-run': 'offline' })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.api.requests).toEqual([])
})

test('an address with shell and workflow syntax in it stays data', async () => {
  const result = await scene.runForm({ email: '$(touch pwned)`id`"; exit 0 #@example.com' })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  scene.expectAlert(result, 'A revocation from Cloudflare Access failed or was refused')
})

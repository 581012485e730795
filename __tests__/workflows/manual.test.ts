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
  expect(result.notices).toContain('Check the spelling of the address, and that `account-id`')
  scene.expectAlert(result, 'A revocation from Cloudflare Access failed or was refused')
})

test.each(['true', 'offline'])('a dry run (%s) revokes nothing', async (dryRun) => {
  const result = await scene.runForm({ email: LEAVER.email, 'dry-run': dryRun })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([])
  expect(scene.api.requests.length === 0).toBe(dryRun === 'offline')
})

test('an address with shell and workflow syntax in it stays data', async () => {
  const result = await scene.runForm({ email: '$(touch pwned)`id`"; exit 0 #@example.com' })
  scene.expectAlert(result, 'A revocation from Cloudflare Access failed or was refused')
})

import { expect, test } from '@jest/globals'
import { LEAVER, sceneOf, leavers } from './scene.ts'

const scene = sceneOf('nightly-fetched.yml')

const run = () =>
  scene.run({
    event: 'schedule',
    secrets: { HR_EXPORT_URL: `${scene.outside.url}/export.csv`, HR_EXPORT_TOKEN: 'export-token' },
  })

test('the list comes from the HR system', async () => {
  scene.outside.answers.set('/export.csv', { status: 200, body: leavers() })
  const result = await run()
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.outside.requests[0]?.headers['authorization']).toBe('Bearer export-token')
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.output).not.toContain('leaver@example.com')
})

test('a failed export revokes no one, fails the job and alerts', async () => {
  scene.outside.answers.set('/export.csv', { status: 404, body: 'no such export' })
  const result = await run()
  expect(scene.api.requests).toEqual([])
  scene.expectAlert(result, 'Revoking leavers from Cloudflare Access failed')
})

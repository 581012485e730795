import { expect, test } from '@jest/globals'
import { LEAVER, REFUSED, sceneOf } from './scene.ts'

const scene = sceneOf('reusable-caller.yml')

test('the caller goes on once the called workflow is green', async () => {
  const library = ['reusable-revoke.yml']
  const result = await scene.runForm({ email: LEAVER.email }, { library })
  expect(result.jobs).toEqual({ revoke: 'success', close: 'success' })
  expect(scene.revoked()).toEqual([LEAVER])
})

test('the caller stops, and the called workflow alerts', async () => {
  scene.api.inject(REFUSED)
  const library = ['reusable-revoke.yml']
  const result = await scene.runForm({ email: LEAVER.email }, { library })
  scene.expectAlert(result, 'A revocation from Cloudflare Access failed')
})

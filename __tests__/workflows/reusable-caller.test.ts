import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { LEAVER, REFUSED, Scene, dispatch } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await Scene.start('reusable-caller.yml')
})

afterEach(() => scene.stop())

test('the caller goes on once the called workflow is green', async () => {
  const payload = dispatch({ email: LEAVER.email })
  const library = ['reusable-revoke.yml']
  const result = await scene.run({ event: 'workflow_dispatch', payload, library })
  expect(result.jobs).toEqual({ revoke: 'success', close: 'success' })
  expect(scene.revoked()).toEqual([LEAVER])
})

test('the caller stops, and the called workflow alerts', async () => {
  scene.api.inject(REFUSED)
  const payload = dispatch({ email: LEAVER.email })
  const library = ['reusable-revoke.yml']
  const result = await scene.run({ event: 'workflow_dispatch', payload, library })
  expect(result.exitCode).toBe(1)
  expect(result.jobs).toEqual({ revoke: 'failure', alert: 'success' })
  scene.expectAlert(result, 'A revocation from Cloudflare Access failed')
})

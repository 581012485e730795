import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { LEAVER, Scene, dispatch } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await Scene.start('several-accounts.yml')
})

afterEach(() => scene.stop())

test('the user is revoked in every account', async () => {
  const payload = dispatch({ email: LEAVER.email })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.exitCode).toBe(0)
  expect(scene.revoked('1'.repeat(32))).toEqual([LEAVER])
  expect(scene.revoked('2'.repeat(32))).toEqual([LEAVER])
})

test('one that fails does not keep the other from being revoked', async () => {
  const first = scene.api.organizations[1]
  if (first !== undefined) first.zeroTrust = false
  const payload = dispatch({ email: LEAVER.email })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.exitCode).toBe(1)
  // act calls every leg of a matrix failed when one is; the steps tell them apart.
  expect(result.steps).toMatchObject({
    'Revoke in production-1: Revoke Cloudflare Access (production)': 'failure',
    'Revoke in staging-2: Revoke Cloudflare Access (staging)': 'success',
  })
  expect(scene.revoked('1'.repeat(32))).toEqual([])
  expect(scene.revoked('2'.repeat(32))).toEqual([LEAVER])
  scene.expectAlert(result, 'A revocation failed in at least one Cloudflare account')
})

import { expect, test } from '@jest/globals'
import { LEAVER, sceneOf } from './scene.ts'

const scene = sceneOf('several-accounts.yml')

test('the user is revoked in every account', async () => {
  const result = await scene.runForm({ email: LEAVER.email })
  expect(result.exitCode).toBe(0)
  expect(scene.revoked('1'.repeat(32))).toEqual([LEAVER])
  expect(scene.revoked('2'.repeat(32))).toEqual([LEAVER])
})

test('one that fails does not keep the other from being revoked', async () => {
  const first = scene.api.organizations[1]
  if (first !== undefined) first.zeroTrust = false
  const result = await scene.runForm({ email: LEAVER.email })
  // act calls every leg of a matrix failed when one is; the steps tell them apart.
  expect(result.steps).toMatchObject({
    'Revoke in production-1: Revoke Cloudflare Access (production)': 'failure',
    'Revoke in staging-2: Revoke Cloudflare Access (staging)': 'success',
  })
  expect(scene.revoked('1'.repeat(32))).toEqual([])
  expect(scene.revoked('2'.repeat(32))).toEqual([LEAVER])
  scene.expectAlert(result, 'A revocation failed in at least one Cloudflare account')
})

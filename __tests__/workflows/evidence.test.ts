import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { LEAVER, PUBLIC, REFUSED, Scene, dispatch } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await Scene.start('evidence.yml')
})

afterEach(() => scene.stop())

test('the report is attested, and kept with its attestation', async () => {
  const payload = dispatch({ email: LEAVER.email })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.output).toContain('would attest report.json with 1 revoked')
  expect(result.output).toContain('would upload revocation-evidence: attestation.json, report.json')
})

test('a revocation that fails leaves evidence, too', async () => {
  scene.api.inject(REFUSED)
  const payload = dispatch({ email: LEAVER.email })
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  expect(result.output).toContain('would attest report.json with 0 revoked')
  expect(result.output).toContain('would upload revocation-evidence: attestation.json, report.json')
  scene.expectAlert(result, 'A revocation from Cloudflare Access, or its evidence, failed')
})

test('in a public repository, nothing is attested or kept', async () => {
  const payload = { ...dispatch({ email: LEAVER.email }), ...PUBLIC }
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.output).not.toContain('would ')
})

import { expect, test } from '@jest/globals'
import { exampleText } from './act.ts'
import { LEAVER, PUBLIC, REFUSED, sceneOf, dispatch } from './scene.ts'

const ALERT = 'A revocation from Cloudflare Access, or its evidence, failed'
const KEPT = 'would upload revocation-evidence: approvals.json, attestation.json, report.json'

const scene = sceneOf('evidence.yml')

test('the report and the approvals are attested, and kept with their attestation', async () => {
  const result = await scene.runForm({ email: LEAVER.email })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.output).toContain('would attest approvals.json, report.json with 1 revoked')
  expect(result.output).toContain(KEPT)
})

test('a revocation that fails leaves evidence, too', async () => {
  scene.api.inject(REFUSED)
  await expectEvidence(LEAVER.email, '0 revoked')
})

test('a run that stops at its inputs leaves evidence, too', async () => {
  await expectEvidence('nobody', 'problems: 1')
  expect(scene.api.requests).toEqual([])
})

async function expectEvidence(email: string, attested: string): Promise<void> {
  const result = await scene.runForm({ email })
  expect(result.output).toContain(`would attest approvals.json, report.json with ${attested}`)
  expect(result.output).toContain(KEPT)
  scene.expectAlert(result, ALERT)
}

test('if the approvals cannot be read, the report is kept, and the job fails and alerts', async () => {
  const text = exampleText('evidence.yml').replace('/approvals"', '/unknown"')
  const result = await scene.runForm({ email: LEAVER.email }, { text })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.output).toContain('would upload revocation-evidence: attestation.json, report.json')
  scene.expectAlert(result, ALERT)
})

test('in a public repository, nothing is attested or kept', async () => {
  const payload = { ...dispatch({ email: LEAVER.email }), ...PUBLIC }
  const result = await scene.run({ event: 'workflow_dispatch', payload })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.output).not.toContain('would ')
})

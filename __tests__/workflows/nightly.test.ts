import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { WorkflowResult, WorkflowRun } from './act.ts'
import { LEAVER, leavers, PUBLIC, REFUSED, sceneOf } from './scene.ts'

const ALERT = 'Revoking leavers from Cloudflare Access failed'
const EXAMPLE = readFileSync(new URL('../../examples/leavers.csv', import.meta.url), 'utf8')

const scene = sceneOf('nightly.yml')

/** Runs it by its schedule for a list. */
const nightly = (csv = leavers(), options: Partial<WorkflowRun> = {}): Promise<WorkflowResult> =>
  scene.run({ event: 'schedule', files: { 'leavers.csv': csv }, ...options })

test.each(['schedule', 'push'])('users who are due are revoked, on %s', async (event) => {
  const result = await nightly(leavers(), { event })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.output).toContain('revoked and verified')
  expect(result.steps).toMatchObject({ 'revoke: Keep the report': 'success' })
  expect(scene.outside.alerts).toEqual([])
})

test('the list of the repository passes a dry run, and nothing is sent', async () => {
  const result = await scene.runForm({ 'dry-run': 'true' }, { files: { 'leavers.csv': EXAMPLE } })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([])
})

test('a public repository keeps no report', async () => {
  const result = await nightly(leavers(), { payload: PUBLIC })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.steps).not.toHaveProperty('revoke: Keep the report')
})

test('a leaver who never used Access is a warning', async () => {
  const result = await nightly('email,revoke_after\nnever.seen@example.com,now\n')
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.notices).toContain('never.seen@example.com: Not revoked: the organization knows no such user')
})

test('a refused revocation fails the job and alerts', async () => {
  scene.api.inject(REFUSED)
  const result = await nightly()
  expect(result.steps).toMatchObject({ 'revoke: Keep the report': 'success' })
  scene.expectAlert(result, ALERT)
})

test('without the permission to verify, all users are revoked, and the job fails and alerts', async () => {
  scene.api.inject({ operation: 'list_users', fault: REFUSED.fault })
  const result = await nightly()
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.notices).toContain('"Access: Audit Logs Read"')
  scene.expectAlert(result, ALERT)
})

test('an action that crashes silently alerts', async () => {
  const action = fileURLToPath(new URL('stubs/crash', import.meta.url))
  scene.expectAlert(await nightly(leavers(), { action }), ALERT)
})

test('an invalid row does not affect other users, but fails the job and alerts', async () => {
  const result = await nightly(`${leavers()}typo,now,HR-4\n`)
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.notices).toContain('"typo" is not an email address')
  scene.expectAlert(result, ALERT)
})

test('a missing list fails the job and alerts', async () => {
  scene.expectAlert(await scene.run({ event: 'schedule' }), ALERT)
  expect(scene.api.requests).toEqual([])
})

test('without a webhook the alert job says which secret is missing', async () => {
  const result = await scene.run({ event: 'schedule', secrets: { ALERT_WEBHOOK_URL: '' } })
  expect(result.jobs).toEqual({ revoke: 'failure', alert: 'success' })
  expect(result.notices).toContain('Set the secret ALERT_WEBHOOK_URL')
})

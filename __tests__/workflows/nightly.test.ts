import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LEAVER, PUBLIC, REFUSED, sceneOf, leavers } from './scene.ts'

const scene = sceneOf('nightly.yml')

test.each(['schedule', 'push'])('users who are due are revoked, on %s', async (event) => {
  const result = await scene.run({ event, files: { 'leavers.csv': leavers() } })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.exitCode).toBe(0)
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.output).toContain('revoked and verified')
  expect(result.steps).toMatchObject({ 'revoke: Keep the report': 'success' })
  expect(scene.outside.alerts).toEqual([])
})

test('the list of the repository passes a dry run, and nothing is sent', async () => {
  const csv = readFileSync(new URL('../../examples/leavers.csv', import.meta.url), 'utf8')
  const result = await scene.runForm({ 'dry-run': 'true' }, { files: { 'leavers.csv': csv } })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([])
})

test('offline, the list of the repository is checked without a request', async () => {
  const files = { 'leavers.csv': leavers() }
  const result = await scene.runForm({ 'dry-run': 'offline' }, { files })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.output).toContain('Offline check: 1 user ')
  expect(scene.api.requests).toEqual([])
})

test('a public repository keeps no report', async () => {
  const files = { 'leavers.csv': leavers() }
  const result = await scene.run({ event: 'schedule', payload: PUBLIC, files })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.steps).not.toHaveProperty('revoke: Keep the report')
})

test('a refused revocation fails the job and alerts', async () => {
  scene.api.inject(REFUSED)
  const result = await scene.run({ event: 'schedule', files: { 'leavers.csv': leavers() } })
  expect(result.exitCode).toBe(1)
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  expect(result.steps).toMatchObject({ 'revoke: Keep the report': 'success' })
  scene.expectAlert(result, 'Revoking leavers from Cloudflare Access failed')
})

test('without the permission to verify, all users are revoked, and the job fails and alerts', async () => {
  scene.api.inject({ operation: 'list_users', fault: REFUSED.fault })
  const result = await scene.run({ event: 'schedule', files: { 'leavers.csv': leavers() } })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.notices).toContain('"Access: Audit Logs Read"')
  scene.expectAlert(result, 'Revoking leavers from Cloudflare Access failed')
})

test('a leaver who never used Access is a warning', async () => {
  const csv = 'email,revoke_after\nnever.seen@example.com,now\n'
  const result = await scene.run({ event: 'schedule', files: { 'leavers.csv': csv } })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.notices).toContain('never.seen@example.com: Not revoked: the organization knows no such user')
})

test('an action that crashes silently alerts', async () => {
  const action = fileURLToPath(new URL('stubs/crash', import.meta.url))
  const result = await scene.run({ event: 'schedule', files: { 'leavers.csv': leavers() }, action })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  scene.expectAlert(result, 'Revoking leavers from Cloudflare Access failed')
})

test('an invalid row does not affect other users, but fails the job and alerts', async () => {
  const result = await scene.run({
    event: 'schedule',
    files: { 'leavers.csv': `${leavers()}typo,now,HR-4\n` },
  })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.notices).toContain('"typo" is not an email address')
  scene.expectAlert(result, 'Revoking leavers from Cloudflare Access failed')
})

test('a missing list fails the job and alerts', async () => {
  const result = await scene.run({ event: 'schedule' })
  expect(result.jobs).toMatchObject({ revoke: 'failure' })
  scene.expectAlert(result, 'Revoking leavers from Cloudflare Access failed')
  expect(scene.api.requests).toEqual([])
})

test('without a webhook the alert job says which secret is missing', async () => {
  const secrets = { ALERT_WEBHOOK_URL: '' }
  const result = await scene.run({ event: 'schedule', secrets })
  expect(result.jobs).toEqual({ revoke: 'failure', alert: 'success' })
  expect(result.notices).toContain('Set the secret ALERT_WEBHOOK_URL')
})

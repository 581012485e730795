import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, Scene } from '../support/scene.ts'

type Fault = FaultRule['fault']

const AUTHENTICATION: Fault = { kind: 'error', status: 403, code: 10000, message: 'Authentication error' }
const CHALLENGE: Fault = {
  kind: 'answer',
  status: 403,
  headers: { 'cf-mitigated': 'challenge' },
  body: '<!DOCTYPE html><title>Just a moment...</title>',
}
const BLOCKED: Fault = { kind: 'answer', status: 403, body: 'error code: 1020' }
const email = addresses(6).join()

test.concurrent.each<[string, Fault, number]>([
  ['401', { ...AUTHENTICATION, status: 401 }, 1],
  ['403', AUTHENTICATION, 1],
  ['403 twice', AUTHENTICATION, 2],
  ['403 with 9109', { ...AUTHENTICATION, code: 9109, message: 'Invalid access token' }, 1],
  ['a challenge page', CHALLENGE, 1],
  ['a page of the firewall', BLOCKED, 3],
  ['971 with 403', { ...AUTHENTICATION, code: 971, message: 'Please wait' }, 2],
  ['971 with 400', { ...AUTHENTICATION, status: 400, code: 971, message: 'Please wait' }, 2],
])('between calls that worked, %s stops nothing', async (_name, fault, times) => {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 5 })
  scene.inject({ after: 2, times, fault })
  const result = await scene.run({ email })
  expect(result.errors).toEqual([])
  expect(result.exitCode).toBe(0)
  expect(reportOf(result).totals).toMatchObject({ revoked: 6 })
  expect(scene.api.requests).toHaveLength(6 + times)
})

test.concurrent('a refusal that contradicts the run is believed after two further calls', async () => {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 5 })
  scene.inject({ after: 3, fault: AUTHENTICATION })
  const result = await scene.run({ email: addresses(30).join(), concurrency: '1', 'max-attempts': '1' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/10000 "Authentication error"/)
  expect(reportOf(result).totals).toMatchObject({ revoked: 3, failed: 1, skipped: 26 })
  const [first, second, third, ...others] = scene.api.requests.slice(3).map(({ receivedAt }) => receivedAt)
  expect(others).toEqual([])
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(500)
  expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(1_000)
})

test.concurrent('if many calls are refused at once, one is sent again', async () => {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 30 })
  scene.inject({ after: 8, fault: AUTHENTICATION })
  const result = await scene.run({ email: addresses(60).join(), concurrency: '20' })
  expect(result.exitCode).toBe(1)
  const refused = scene.api.requests.slice(8)
  expect(refused.length).toBeLessThanOrEqual(20 + 2)
  expect(reportOf(result).totals).toMatchObject({ revoked: 8, failed: refused.length - 2 })
})

test.concurrent('calls with a locked-out credential are not sent again', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ after: 2, fault: { ...AUTHENTICATION, code: 10502, message: 'Too many failures' } })
  const result = await scene.run({ email, concurrency: '1' })
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(3)
})

test.concurrent.each([
  ['a challenge page', CHALLENGE],
  ['a page of the firewall', BLOCKED],
])('%s in all attempts of a call stops the run, and blames no token', async (_name, fault) => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ after: 1, fault })
  const result = await scene.run({ email, 'max-attempts': '3', concurrency: '1' })
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(4)
  expect(reportOf(result).totals).toMatchObject({ revoked: 1, failed: 1, skipped: 4 })
  expect(result.errors[0]).toMatch(/Something in front of Cloudflare's API answered 403 Forbidden/)
  expect(result.errors[0]).toMatch(/runner's IP address/)
  expect(`${result.errors.join()}${result.summary}`).not.toMatch(/token that|permission/i)
})

test.concurrent('a run that is cancelled before a refused call is sent again ends at once', async () => {
  await using scene = await Scene.open()
  scene.inject({ after: 1, fault: AUTHENTICATION })
  let killed = false
  const result = await scene.run(
    { email, concurrency: '1' },
    {
      onLine: (line, kill) => {
        if (line.includes('trying again in') && !killed) kill('SIGTERM')
        killed ||= line.includes('trying again in')
      },
    },
  )
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(2)
  expect(reportOf(result).totals).toMatchObject({ revoked: 1, failed: 1, skipped: 4 })
})

test.concurrent('a missing permission costs one call, even if several kinds of calls need it', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ operation: 'list_users', fault: { ...AUTHENTICATION, message: 'Forbidden' } })
  const result = await scene.run({ email, verify: 'sessions' })
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests.filter(({ operation }) => operation === 'list_users')).toHaveLength(1)
  expect(scene.api.requests.filter(({ operation }) => operation === 'revoke_user')).toHaveLength(6)
  expect(result.errors[0]).toMatch(/"Access: Audit Logs Read"/)
})

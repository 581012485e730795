import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, NO_PERMISSION, Scene } from '../support/scene.ts'

type Fault = FaultRule['fault']

const CHALLENGE: Fault = {
  kind: 'answer',
  status: 403,
  headers: { 'cf-mitigated': 'challenge' },
  body: '<!DOCTYPE html><title>Just a moment...</title>',
}

const email = addresses(6).join()

test.concurrent.each<[string, Fault, number]>([
  ['a refusal of the credential', NO_PERMISSION, 1],
  ['a challenge page', CHALLENGE, 3],
  ['a request to wait', { ...NO_PERMISSION, code: 971, message: 'Please wait' }, 2],
])('between calls that worked, %s stops nothing', async (_name, fault, times) => {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 5 })
  const result = await scene.inject({ after: 2, times, fault }).runSource({ email })
  expect(result.errors).toEqual([])
  expect(result.exitCode).toBe(0)
  expect(reportOf(result).totals).toMatchObject({ revoked: 6 })
  expect(scene.api.requests).toHaveLength(6 + times)
})

test.concurrent('if many calls are refused at once, one is sent again', async () => {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 30 })
  scene.inject({ after: 8, fault: NO_PERMISSION })
  const result = await scene.run({ email: addresses(60).join(), concurrency: '20' })
  expect(result.exitCode).toBe(1)
  const refused = scene.api.requests.slice(8)
  expect(refused.length).toBeLessThanOrEqual(20 + 2)
  expect(reportOf(result).totals).toMatchObject({ revoked: 8, failed: refused.length - 2 })
})

test.concurrent('a challenge page in all attempts of a call stops the run, and blames no token', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ after: 1, fault: CHALLENGE })
  const result = await scene.runSource({ email, 'max-attempts': '3', concurrency: '1' })
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(4)
  expect(reportOf(result).totals).toMatchObject({ revoked: 1, failed: 1, skipped: 4 })
  expect(result.errors[0]).toMatch(/Something in front of Cloudflare's API answered 403 Forbidden/)
  expect(result.errors[0]).toMatch(/runner's IP address/)
  expect(`${result.errors.join()}${result.summary}`).not.toMatch(/token that|permission/i)
})

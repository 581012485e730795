import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, NO_PERMISSION, Scene, type With } from '../support/scene.ts'

type Fault = FaultRule['fault']

const FORBIDDEN: Fault = { ...NO_PERMISSION, message: 'Forbidden' }
const CHALLENGE: Fault = {
  kind: 'answer',
  status: 403,
  headers: { 'cf-mitigated': 'challenge' },
  body: '<!DOCTYPE html><title>Just a moment...</title>',
}
const BLOCKED: Fault = { kind: 'answer', status: 403, body: 'error code: 1020' }
const WAIT: Fault = { ...NO_PERMISSION, code: 971, message: 'Please wait' }

const LOCKED_OUT: Fault = { ...NO_PERMISSION, code: 10502, message: 'Too many authentication failures' }

const UNLIMITED = { quota: 100_000, windowMs: 300_000 }
const TEN_AT_ONCE: With = { concurrency: '10', 'max-users': '200' }

test.concurrent.each<[string, number, With, FaultRule, number]>([
  ['a wrong token', 60, { verify: 'false' }, { fault: NO_PERMISSION }, 1],
  ['a lock-out, with proof', 60, { verify: 'sessions' }, { after: 60, fault: LOCKED_OUT }, 10],
  ['a token that dies, with proof', 120, { verify: 'sessions' }, { after: 60, fault: NO_PERMISSION }, 30],
  [
    'no permission to read sessions',
    60,
    { verify: 'sessions' },
    { operation: 'active_sessions', fault: FORBIDDEN },
    12,
  ],
  [
    'no permission to free seats',
    60,
    { verify: 'sessions', 'remove-seat': 'true' },
    { operation: 'update_seats', fault: FORBIDDEN },
    12,
  ],
  [
    'no permission that several kinds of calls need',
    60,
    { verify: 'sessions' },
    { operation: 'list_users', fault: FORBIDDEN },
    1,
  ],
])('few calls are refused: %s, %d users', async (_name, users, inputs, rule, most) => {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 5, rateLimit: UNLIMITED })
  const list = addresses(users)
  for (const email of list) scene.organization.addUser({ email })
  const result = await scene.inject(rule).run({ email: list.join(), ...TEN_AT_ONCE, ...inputs })
  expect(result.exitCode).toBe(1)
  const refused = scene.api.requests.filter(({ status }) => status === 403)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThanOrEqual(most)
  const told = reportOf(result).users.filter(
    ({ status, errors }) => status === 'revoked' || errors.length > 0,
  )
  expect(told).toHaveLength(users)
})

test.concurrent.each<[string, number, FaultRule]>([
  ['every second call at random', 100, { after: 2, every: 2, seed: 1, fault: NO_PERMISSION }],
  ['every second call at random, even the first', 100, { every: 2, seed: 3, fault: NO_PERMISSION }],
])('all users are revoked or told why not if refused by mistake: %s', async (_name, count, rule) => {
  await using scene = await Scene.openWithoutWaits({ latencyMs: 5, rateLimit: UNLIMITED })
  const list = addresses(count)
  for (const email of list) scene.organization.addUser({ email })
  scene.inject(rule)
  const result = await scene.run({ email: list.join(), ...TEN_AT_ONCE, verify: 'sessions' })
  const { users } = reportOf(result)
  const left = users.filter(({ status }) => status !== 'revoked')
  expect(left.filter(({ errors }) => errors.length === 0)).toEqual([])
  expect({ users: users.length, isGreen: result.exitCode === 0 }).toEqual({
    users: count,
    isGreen: left.length === 0,
  })
})

const email = addresses(6).join()

test.concurrent.each<[string, Fault, number]>([
  ['401', { ...NO_PERMISSION, status: 401 }, 1],
  ['403', NO_PERMISSION, 1],
  ['403 with 9109', { ...NO_PERMISSION, code: 9109, message: 'Invalid access token' }, 1],
  ['a challenge page', CHALLENGE, 1],
  ['a page of the firewall', BLOCKED, 3],
  ['971 with 403', WAIT, 2],
  ['971 with 400', { ...WAIT, status: 400 }, 2],
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

test.concurrent.each([
  ['a challenge page', CHALLENGE],
  ['a page of the firewall', BLOCKED],
])('%s in all attempts of a call stops the run, and blames no token', async (_name, fault) => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ after: 1, fault })
  const result = await scene.runSource({ email, 'max-attempts': '3', concurrency: '1' })
  expect(result.exitCode).toBe(1)
  expect(scene.api.requests).toHaveLength(4)
  expect(reportOf(result).totals).toMatchObject({ revoked: 1, failed: 1, skipped: 4 })
  expect(result.errors[0]).toMatch(/Something in front of Cloudflare's API answered 403 Forbidden/)
  expect(result.errors[0]).toMatch(/runner's IP address/)
  expect(`${result.errors.join()}${result.summary}`).not.toMatch(/token that|permission/i)
})

import { expect, test } from '@jest/globals'
import { planCalls } from '../../src/verify/run-context.ts'
import { OPTIONS } from '../support/options.ts'
import { Scene, type With } from '../support/scene.ts'

const ALL: With = { verify: 'true', devices: 'true', 'remove-seat': 'true', 'request-timeout': '300' }

test.concurrent.each([
  ['7 calls', 'ann@example.com', 7],
  ['8 calls if the address has capitals', 'Ann@example.com', 8],
])('a verified user with devices takes %s', async (_name, email, calls) => {
  await using scene = await Scene.openWithoutWaits()
  scene.organization.addUser({ email: 'ann@example.com', sessions: 1, devices: 1 })
  const result = await scene.runSource({ ...ALL, 'remove-seat': 'false', email })
  expect(result.exitCode).toBe(0)
  expect(scene.api.requests).toHaveLength(calls)
})

test.concurrent('the plan has room for all calls of a run in which nothing goes away', async () => {
  await using scene = await Scene.openWithoutWaits()
  const devices = [{ sticky: true }]
  scene.organization.addUser({ email: 'ann@example.com', stickySessions: 1, devices, signsInAgain: true })
  const result = await scene.runSource({ ...ALL, email: 'Ann@Example.com' })
  expect(result.exitCode).toBe(1)
  const { maxCalls } = planCalls(1, { ...OPTIONS, verify: true, devices: true, removeSeat: true })
  expect(scene.api.requests.length).toBeLessThanOrEqual(maxCalls)
  // As many as a plan that forgets a kind of call has no room for.
  expect(scene.api.requests.length).toBeGreaterThan(maxCalls / 3)
})

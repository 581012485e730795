import { expect, jest, test } from '@jest/globals'
import type { DueOutcome } from '../../src/revocation/outcome.ts'
import { revokeAll } from '../../src/revocation/revoke-all.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import type { RunContext } from '../../src/verify/run-context.ts'
import { user } from '../support/address.ts'
import { runContext } from '../support/run-context.ts'
import { LEAVER, Scene } from '../support/scene.ts'

const DUE = [LEAVER, 'intern@example.com', 'contractor@example.com'].map((email) => user(email))

/** Opens a scene, and the context of a run that verifies its first users. */
async function open(users = 1): Promise<{ scene: Scene; run: RunContext; due: typeof DUE }> {
  const scene = await Scene.open()
  const due = DUE.slice(0, users)
  const baseUrl = { href: scene.api.baseUrl, cloudflare: false }
  const run = runContext({ baseUrl, verify: true, devices: true, removeSeat: true }, due)
  return { scene, run, due }
}

/** Revokes the users, and gives the outcomes in the order in which they came. */
async function outcomesOf(due: typeof DUE, run: RunContext): Promise<DueOutcome[]> {
  const told: DueOutcome[] = []
  const outcomes = await revokeAll(due, run, (outcome) => told.push(outcome))
  expect(new Set(told)).toEqual(new Set(outcomes.values()))
  return due.flatMap((each) => outcomes.get(each) ?? [])
}

test('an unexpected error before a revocation is the failure of its user alone', async () => {
  const { scene, run, due } = await open(3)
  await using _scene = scene
  const revokeUser = run.endpoints.revokeUser.bind(run.endpoints)
  jest.spyOn(run.endpoints, 'revokeUser').mockImplementation(async (request, priority) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the point of the test
    if (request.email === DUE[1]?.email) throw 'a mere text'
    if (request.email === DUE[2]?.email) throw new Error('a bug')
    return revokeUser(request, priority)
  })
  expect(await outcomesOf(due, run)).toMatchObject([
    { status: 'revoked' },
    { status: 'failed', revocation: 'unconfirmed', problem: { errors: [{ message: "'a mere text'" }] } },
    { status: 'failed', revocation: 'unconfirmed', problem: { errors: [{ message: 'a bug' }] } },
  ])
})

test('an unexpected error while a user is looked up does not keep the revocation from being sent', async () => {
  const { scene, run, due } = await open()
  await using _scene = scene
  jest.spyOn(run.directory, 'find').mockRejectedValue(new Error('a bug'))
  expect(await outcomesOf(due, run)).toMatchObject([
    {
      status: 'failed',
      revocation: 'confirmed',
      problem: { what: 'Revoked, but not verified: The action failed unexpectedly' },
      checks: { verification: 'not_done' },
    },
  ])
  expect(scene.organization.userByEmail(LEAVER)?.revokedAt).toBeDefined()
})

test('an unexpected error after the confirmation leaves the revocation confirmed', async () => {
  const { scene, run, due } = await open()
  await using _scene = scene
  // The third look at the endpoints comes after the sessions before, and the revocation.
  let looks = 0
  const broken = {
    ...run,
    get endpoints() {
      looks += 1
      if (looks === 3) throw new Error('a bug')
      return run.endpoints
    },
  }
  expect(await outcomesOf(due, broken)).toMatchObject([
    { status: 'failed', revocation: 'confirmed', checks: { verification: 'not_done' } },
  ])
})

test('an unexpected error with the devices leaves what was found before', async () => {
  const { scene, run, due } = await open()
  await using _scene = scene
  const read = run.registrations.read.bind(run.registrations)
  jest
    .spyOn(run.registrations, 'read')
    .mockImplementation(async (of, status) =>
      status === 'active' ? read(of, status) : Promise.reject(new Error('a bug')),
    )
  expect(await outcomesOf(due, run)).toMatchObject([
    {
      status: 'failed',
      problem: { what: 'Revoked, but not verified: The action failed unexpectedly' },
      checks: {
        verification: 'not_done',
        controls: { sessions: 'verified', seat: 'confirmed', devices: 'not_known' },
        seat: { state: 'removed' },
      },
    },
  ])
})

test('only the first reason to stop counts', () => {
  const stop = new RunStop()
  const first = { what: 'one', remedy: '' }
  stop.stop(first)
  stop.stop({ what: 'two', remedy: '' })
  expect(stop.reason).toBe(first)
})

import { expect, test } from '@jest/globals'
import type { DueOutcome } from '../../src/revocation/outcome.ts'
import { revokeAll } from '../../src/revocation/revoke-all.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import type { User } from '../../src/users/user.ts'
import { user } from '../support/address.ts'
import { OPTIONS } from '../support/options.ts'
import { addresses } from '../support/scene.ts'

const [one, two, three] = addresses(3).map((email) => user(email))

const wouldRevoke = (each: User): DueOutcome => ({
  status: 'would_revoke',
  revocation: 'not_sent',
  user: each,
  controls: [],
  warnings: [],
})

test('an unexpected error is the failure of its user alone', async () => {
  const due = [one, two, three].flatMap((each) => each ?? [])
  const reported: DueOutcome[] = []
  const thrown: unknown[] = []
  const outcomes = await revokeAll(due, {
    processUser: (each) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the point of the test
      if (each === two) return Promise.reject('a mere text')
      return each === three ? Promise.reject(new Error('a bug')) : Promise.resolve(wouldRevoke(each))
    },
    options: { ...OPTIONS, concurrency: 2 },
    stop: new RunStop(),
    onOutcome: (outcome) => reported.push(outcome),
    onUnexpected: (error) => thrown.push(error),
  })
  expect(due.map((each) => outcomes.get(each))).toMatchObject([
    { status: 'would_revoke' },
    { status: 'failed', revocation: 'unconfirmed', problem: { errors: [{ message: "'a mere text'" }] } },
    { status: 'failed', revocation: 'unconfirmed', problem: { errors: [{ message: 'a bug' }] } },
  ])
  expect(reported).toHaveLength(3)
  expect(thrown).toEqual(['a mere text', new Error('a bug')])
})

test('revocations go on while up to 500 proofs are pending', async () => {
  const due = addresses(1_200).map((email) => user(email))
  const { promise: allRevoked, resolve } = Promise.withResolvers<undefined>()
  let waitedFor = 0
  let most = 0
  const outcomes = await revokeAll(due, {
    processUser: (each) => {
      if (each === due.at(-1)) resolve(undefined)
      return Promise.resolve(async () => {
        waitedFor += 1
        most = Math.max(most, waitedFor)
        await allRevoked
        waitedFor -= 1
        return wouldRevoke(each)
      })
    },
    options: { ...OPTIONS, concurrency: 2 },
    stop: new RunStop(),
    onOutcome: () => undefined,
    onUnexpected: () => undefined,
  })
  expect(outcomes.size).toBe(1_200)
  expect(most).toBe(500)
})

test('only the first reason to stop counts', () => {
  const stop = new RunStop()
  const first = { what: 'one', remedy: '' }
  stop.stop(first)
  stop.stop({ what: 'two', remedy: '' })
  expect(stop.reason).toBe(first)
})

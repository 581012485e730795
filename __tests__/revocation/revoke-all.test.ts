import { expect, test } from '@jest/globals'
import type { DueOutcome, Outcome } from '../../src/revocation/outcome.ts'
import { outputsOf } from '../../src/result/users-outputs.ts'
import { revokeAll } from '../../src/revocation/revoke-all.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import { summaryOf } from '../../src/result/summary.ts'
import { address } from '../support/address.ts'
import { OPTIONS } from '../support/options.ts'

const users = Array.from({ length: 10_000 }, (_, index) => ({
  email: address(`user.number.${index}@a.rather.long.subsidiary.example.com`),
}))
const [one, two, three] = users.slice(0, 3).map((user) => ({ ...user }))

test('an exception nobody thought of is the failure of its user alone', async () => {
  const due = [one, two, three].flatMap((user) => user ?? [])
  const told: DueOutcome[] = []
  const thrown: unknown[] = []
  const outcomes = await revokeAll(due, {
    revokeOne: (user) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the point of the test
      if (user === two) return Promise.reject('a mere text')
      return user === three
        ? Promise.reject(new Error('a bug'))
        : Promise.resolve({ status: 'would_revoke', revocation: 'not_sent', user })
    },
    concurrency: 2,
    stop: new RunStop(),
    onOutcome: (outcome) => told.push(outcome),
    onUnexpected: (error) => thrown.push(error),
  })
  expect(due.map((user) => outcomes.get(user))).toMatchObject([
    { status: 'would_revoke' },
    { status: 'failed', revocation: 'unconfirmed', problem: { errors: [{ message: 'a mere text' }] } },
    { status: 'failed', revocation: 'unconfirmed', problem: { errors: [{ message: 'a bug' }] } },
  ])
  expect(told).toHaveLength(3)
  expect(thrown).toEqual(['a mere text', new Error('a bug')])
})

test('only the first reason to stop counts', () => {
  const stop = new RunStop()
  const first = { what: 'one', remedy: '' }
  stop.stop(first)
  stop.stop({ what: 'two', remedy: '' })
  expect(stop.why).toBe(first)
})

const skipped = users.map((user): Outcome => ({
  status: 'skipped',
  revocation: 'not_sent',
  user,
  why: { what: 'x'.repeat(100), remedy: '' },
}))

test('a summary has room for as many users as GitHub bears', () => {
  const record = {
    options: OPTIONS,
    outcomes: skipped,
    stopped: undefined,
    startedAt: 0,
    finishedAt: 1,
    workflowRun: {},
  }
  const summary = summaryOf(record, { level: 'failure', text: '10,000 skipped.' })
  expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000)
  expect(summary).toMatch(/<p>[\d,]+ more users: see the report\.<\/p>/)
})

test('a list of failures too large for an output is left empty', () => {
  expect(outputsOf(skipped, '').failed).toHaveLength(0)
  expect(JSON.parse(outputsOf(skipped.slice(0, 8_000), '').failed)).toHaveLength(8_000)
})

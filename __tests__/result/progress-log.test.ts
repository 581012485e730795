import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Log } from '../../src/runner/log.ts'
import { ProgressLog } from '../../src/result/progress-log.ts'
import { UserNames } from '../../src/result/user-names.ts'
import { user } from '../support/address.ts'
import { StepHere } from '../support/environment.ts'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

test('the time left is told in seconds, then in minutes; a slow list is heard of twice a minute', () => {
  using step = new StepHere()
  const progress = new ProgressLog(new Log(), 1_000, new UserNames(false, 0))
  const settle = (): void => {
    progress.outcome({
      status: 'would_revoke',
      revocation: 'not_sent',
      user: user('a@example.com'),
    })
  }
  jest.advanceTimersByTime(20_000)
  settle()
  expect(step.printed).not.toMatch(/Progress/)
  jest.advanceTimersByTime(10_000)
  settle()
  expect(step.printed).toMatch(/Progress: 2 of 1,000 users; about 250 min left\./)
  for (let user = 3; user <= 999; user += 1) settle()
  expect(step.printed.match(/Progress/g)).toHaveLength(1 + 9)
  expect(step.printed).toMatch(/Progress: 900 of 1,000 users; about 4 s left\./)
})

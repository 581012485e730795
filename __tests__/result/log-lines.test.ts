import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Log } from '../../src/runner/log.ts'
import { UserNames } from '../../src/result/display.ts'
import { UserLog } from '../../src/result/log-lines.ts'
import { user } from '../support/address.ts'
import { OPTIONS } from '../support/options.ts'
import { StepHere } from '../support/environment.ts'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

test('the time left is given in seconds, then in minutes; a slow list has a line twice a minute', () => {
  using step = new StepHere()
  const progress = new UserLog(new Log(), 1_000, OPTIONS, new UserNames(false, 0))
  const conclude = (): void => {
    progress.outcome({
      status: 'would_revoke',
      revocation: 'not_sent',
      user: user('a@example.com'),
      controls: [],
      warnings: [],
    })
  }
  jest.advanceTimersByTime(20_000)
  conclude()
  expect(step.printed).not.toMatch(/Progress/)
  jest.advanceTimersByTime(10_000)
  conclude()
  expect(step.printed).toMatch(/Progress: 2 of 1,000 users; about 250 min left\./)
  for (let user = 3; user <= 999; user += 1) conclude()
  expect(step.printed.match(/Progress/g)).toHaveLength(1 + 9)
  expect(step.printed).toMatch(/Progress: 900 of 1,000 users; about 4 s left\./)
})

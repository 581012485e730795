import { expect, test } from '@jest/globals'
import { Log } from '../../src/runner/log.ts'
import { StepHere } from '../support/environment.ts'

/** The lines of the log that begin like that. */
function count(printed: string, start: string): number {
  return printed.split('\n').filter((line) => line.startsWith(start)).length
}

test('of ten annotations of each kind the verdict has one, whatever came before', () => {
  using step = new StepHere()
  const log = new Log()
  for (let index = 0; index < 8; index += 1)
    log.error(`l.csv:${index}: wrong`, { file: 'l.csv', line: index })
  for (let index = 0; index < 12; index += 1) log.error('refused')
  for (let index = 0; index < 12; index += 1) log.warning('odd')
  log.verdict('error', '20 failed.')
  const { printed } = step
  expect(count(printed, '::error')).toBe(10)
  expect(count(printed, 'Error: refused')).toBe(11)
  expect(count(printed, '::warning::odd')).toBe(9)
  expect(count(printed, 'Warning: odd')).toBe(3)
  expect(printed.trimEnd().split('\n').at(-1)).toBe('::error::20 failed.')
})

test('an error at a line of a file is shown there', () => {
  using step = new StepHere()
  new Log().error('l.csv:3: wrong', { file: 'l.csv', line: 3 })
  expect(step.printed).toBe('::error file=l.csv,line=3::l.csv:3: wrong\n')
})

test.each([
  ['info', 'Done.\n'],
  ['warning', '::warning::Done.\n'],
  ['error', '::error::Done.\n'],
] as const)('the verdict at level %s', (level, printed) => {
  using step = new StepHere()
  new Log().verdict(level, 'Done.')
  expect(step.printed).toBe(printed)
})

test('addresses are masked everywhere, in names of files as well, and text is text', () => {
  using step = new StepHere()
  const log = new Log()
  log.maskAddresses(['ann@example.com'])
  log.info('::error::ann@example.com')
  log.error('bob@example.com.csv:1: wrong', { file: 'bob@example.com.csv', line: 1 })
  log.verdict('error', 'ann@example.com ##[error]x')
  expect(step.printed).toBe(
    '::add-mask::ann@example.com\n: :error::a***@example.com\n::error file=b***@example.com.csv,line=1::b***@example.com.csv:1: wrong\n::error::a***@example.com ## [error]x\n',
  )
})

import { expect, test } from '@jest/globals'
import { summaryOf } from '../../src/result/summary.ts'
import { outputsOf } from '../../src/result/users-outputs.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { user } from '../support/address.ts'
import { OPTIONS } from '../support/options.ts'

const users = Array.from({ length: 10_000 }, (_, index) =>
  user(`user.number.${index}@a.rather.long.subsidiary.example.com`, index),
)
const skipped = users.map((each): Outcome => ({
  status: 'skipped',
  revocation: 'not_sent',
  user: each,
  why: { what: 'x'.repeat(100), remedy: '' },
}))

test('a summary has room for as many users as GitHub bears', () => {
  const record = {
    options: OPTIONS,
    outcomes: skipped,
    badRows: [],
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
  expect(outputsOf({ outcomes: skipped, badRows: [] }, '').failed).toHaveLength(0)
  expect(JSON.parse(outputsOf({ outcomes: skipped.slice(0, 8_000), badRows: [] }, '').failed)).toHaveLength(
    8_000,
  )
})

import { expect, test } from '@jest/globals'
import { userProblem } from '../../src/cloudflare/problem.ts'
import { summaryOf } from '../../src/result/summary.ts'
import { outputsOf } from '../../src/result/outputs.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { user } from '../support/address.ts'
import { OPTIONS } from '../support/options.ts'

const users = Array.from({ length: 10_000 }, (_, index) =>
  user(`user.number.${index}@a.rather.long.subsidiary.example.com`),
)
const skipped = users.map((each): Outcome => ({
  status: 'skipped',
  revocation: 'not_sent',
  user: each,
  reason: { what: 'x'.repeat(100), remedy: '' },
}))

test.each([
  ['each for another reason', 1],
  ['two of them for the same reason', 2],
  ['all of them for the same reason', 10_000],
])('a summary has room for as many failed users as GitHub bears, %s', (_name, alike) => {
  const outcomes = users.map((each, index): Outcome => ({
    status: 'failed',
    revocation: 'unconfirmed',
    user: user(`a.name.that.is.much.longer.than.most.${each.email}`),
    problem: userProblem(`Reason ${Math.floor(index / alike)}`, 'Run the step again.'),
    attempts: 1,
    startedAt: 0,
    finishedAt: 1,
    controls: [],
    warnings: [],
  }))
  const record = {
    options: OPTIONS,
    outcomes,
    badRows: [],
    stopped: undefined,
    startedAt: 0,
    finishedAt: 1,
    workflowRun: {},
    action: {},
    lists: [],
  }
  const summary = summaryOf(record, { level: 'failure', mode: undefined, text: '10,000 failed.' })
  expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000)
  const [, left = ''] = /<p>([\d,]+) more users: see the report\.<\/p>/.exec(summary) ?? []
  const shown = summary.match(/<code>a\.name/g) ?? []
  expect(shown.length + Number(left.replace(',', ''))).toBe(10_000)
})

test('a list of failures too large for an output is left empty', () => {
  expect(outputsOf({ outcomes: skipped, badRows: [] }, '').failed).toHaveLength(0)
  expect(JSON.parse(outputsOf({ outcomes: skipped.slice(0, 8_000), badRows: [] }, '').failed)).toHaveLength(
    8_000,
  )
})

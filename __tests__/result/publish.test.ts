import { expect, test } from '@jest/globals'
import { publish, publishProblems } from '../../src/result/publish.ts'
import type { RunRecord } from '../../src/result/verdict.ts'
import type { Outcome } from '../../src/revocation/outcome.ts'
import { Log } from '../../src/runner/log.ts'
import type { Problem } from '../../src/text/problem.ts'
import { StepHere } from '../support/environment.ts'
import { DRY_RUN, OPTIONS } from '../support/options.ts'
import * as given from './outcomes.ts'

/** What a step leaves whose result is published like this. */
function left(publishTo: (log: Log) => boolean, env: Record<string, string> = {}) {
  using step = new StepHere({}, env)
  const isGreen = publishTo(new Log())
  const { printed, summaryFile: summary, outputFile: outputs } = step
  return { isGreen, lines: printed.trimEnd().split('\n'), summary, outputs }
}

const published = (record: RunRecord, env?: Record<string, string>) =>
  left((log) => publish(record, log), env)

const stopped = (problems: readonly Problem[], more = {}) =>
  left((log) =>
    publishProblems({ problems, warnings: [], maskEmails: false, ...more }, given.PROVENANCE, log),
  )

/** The values of outputs. */
function valuesOf(outputs: string, ...names: string[]): (string | undefined)[] {
  return names.map((name) => new RegExp(`^${name}<<(\\S+)\\n([^]*?)\\n\\1$`, 'm').exec(outputs)?.[2])
}

const annotations = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('::error'))

const ADDRESSES = Array.from(
  { length: 10_000 },
  (_, index) => `user.number.${index}@a.rather.long.subsidiary.of.the.company.example.com`,
)
const WORDY = 'A sentence that says what to do. '.repeat(20)

test.each<[string, (email: string, index: number) => Outcome]>([
  ['all failing in the same way', (email) => given.notRevoked(email)],
  [
    'all failing, each in another way',
    (email, index) => given.notRevoked(email, { ...given.PROBLEM, what: `Reason "${index}"`, remedy: WORDY }),
  ],
  ['half and half', (email, index) => (index % 2 === 0 ? given.notRevoked(email) : given.verified(email))],
  ['all warned', (email) => given.verified(email, { warnings: [{ what: 'Mind this', remedy: WORDY }] })],
])('10,000 users, %s, stay within the limits', (_name, outcomeOf) => {
  const { lines, summary, outputs } = published(given.recordOf(ADDRESSES.map(outcomeOf)))
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
  expect(annotations(lines).length).toBeLessThanOrEqual(10)
  // GitHub counts outputs as UTF-16.
  expect(outputs.length * 2).toBeLessThan(1_000_000)
  const shown = new Set(summary.replaceAll('<wbr>', '').match(/user\.number\.\d+@/g)).size
  const [, missing = '0'] = /<p>([\d,]+) more users: see the report\.<\/p>/.exec(summary) ?? []
  expect(shown + Number(missing.replace(',', ''))).toBe(10_000)
  expect(shown).toBeGreaterThan(800)
})

test.each([
  [10_000, ''],
  [5_000, JSON.stringify(ADDRESSES.slice(0, 5_000))],
])(
  'a list of %d failures is whole or empty, since half of it would look like a whole one',
  (count, failed) => {
    const record = given.recordOf(ADDRESSES.slice(0, count).map((email) => given.notRevoked(email)))
    expect(valuesOf(published(record).outputs, 'failed')).toEqual([failed])
  },
)

test.each<[string, RunRecord, string[]]>([
  [
    'in a dry run, who would fail; a bad row, too, but it cannot be tried again',
    given.recordOf([given.wouldRevoke(), given.wouldRevoke('b@example.com', {}, given.PROBLEM)], {
      list: given.listWith({ badRows: [given.badRow('l.csv:2')] }),
      options: DRY_RUN,
    }),
    ['false', '0', '2', '0', '["b@example.com"]'],
  ],
  [
    'a user who is unknown, so that not everyone is revoked',
    given.recordOf([given.verified(), given.unknown('b@example.com')]),
    ['false', '1', '0', '1', '[]'],
  ],
])('the outputs count %s', (_name, record, values) => {
  const names = ['revoked', 'revoked-count', 'failed-count', 'unknown-count', 'failed']
  expect(valuesOf(published(record).outputs, ...names)).toEqual(values)
})

test('a green run says in the log what it left, and how far it can be trusted, once each', () => {
  const { isGreen, lines } = published(given.recordOf([given.accepted()], { options: OPTIONS }))
  expect(isGreen).toBe(true)
  expect(lines).toEqual([
    'Accepted by Cloudflare, not verified: a misspelled address would look the same.',
    'Devices were left untouched and may still reach private networks; to revoke them, set `devices: true`.',
    'The WARP session was left untouched; to end it, set `warp-session-reauth: true`.',
    'This does not end SaaS sessions, open SSH, VNC, or RDP sessions, or access with service tokens: see docs/security.md#what-a-green-run-does-not-cover in the repository of this action.',
    expect.stringMatching(/^Report: .*report\.json$/),
    '1 user revoked, not verified.',
  ])
})

test('a report that cannot be written makes the step red, with true outputs', () => {
  const { isGreen, lines, summary, outputs } = published(given.recordOf([given.verified()]), {
    RUNNER_TEMP: '/nonexistent',
  })
  expect(isGreen).toBe(false)
  expect(lines.at(-1)).toMatch(/^::error::1 user revoked and verified\. The report could not be written/)
  expect(summary).toMatch(/^<h3>❌ Cloudflare Access – 1 user revoked and verified\.<\/h3>\n\n<p>The report/)
  expect(valuesOf(outputs, 'revoked', 'failed-count', 'report')).toEqual(['true', '0', ''])
})

test('a summary that cannot be written is a warning', () => {
  const { isGreen, lines } = published(given.recordOf([given.verified()]), {
    GITHUB_STEP_SUMMARY: '/nonexistent/summary',
  })
  expect(isGreen).toBe(true)
  expect(lines).toContain('::warning::The job summary could not be written (GITHUB_STEP_SUMMARY).')
})

const AT = { source: 'l.csv:3', file: 'l.csv', line: 3 }

test('inputs that cannot be used: every problem, with its place, and a red summary', () => {
  const problems = [
    { what: '`devices` is "yes"', remedy: 'Use `true`.' },
    { what: '"x" is wrong', at: AT },
  ]
  const { isGreen, lines, summary, outputs } = stopped(problems, { warnings: [{ what: 'Mind this' }] })
  expect(isGreen).toBe(false)
  expect(lines).toEqual([
    '::warning::Mind this.',
    '::error::`devices` is "yes". Use `true`.',
    '::error file=l.csv,line=3::l.csv:3: "x" is wrong.',
    '::error::Nothing was sent. Fix what is wrong with the inputs.',
  ])
  expect(summary).toMatch(
    /^<h3>❌ .* Nothing was sent\.[^]*<li><code>devices<\/code> is <code>yes<\/code>\. Use/,
  )
  expect(valuesOf(outputs, 'revoked', 'failed-count', 'report')).toEqual([
    'false',
    '',
    expect.stringMatching(/report\.json$/),
  ])
})

test('of very many problems the log has all, the summary stays within the limit, and the last annotation is the verdict', () => {
  const problems = Array.from({ length: 25_000 }, (_, index) => ({
    what: `Problem ${index}. ${WORDY}`,
    at: AT,
  }))
  const { lines, summary } = stopped(problems)
  expect(annotations(lines)).toHaveLength(10)
  expect(lines).toHaveLength(25_001)
  expect(lines.at(-1)).toMatch(/^::error::Nothing was sent\./)
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
  const [, missing = ''] = /<p>([\d,]+) more problems: see the log\.<\/p>/.exec(summary) ?? []
  expect(summary.split('<li>').length - 1 + Number(missing.replace(',', ''))).toBe(25_000)
})

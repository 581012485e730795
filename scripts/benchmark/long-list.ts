import { compare } from './comparison.ts'
import { count, mebibytes, ratio, seconds } from './figures.ts'
import type { ListPlan } from './list-plan.ts'
import { runsSentence } from './list-plan.ts'
import type { Comparison, Goal, Section } from './section.ts'
import { Table } from './section.ts'
import { ROOMY } from './stand-in.ts'
import type { TrialResult } from './trial.ts'
import { tryInTurns } from './trial.ts'

const USERS = 1_000
const LATENCY_MS = 50
const CONCURRENCIES = [1, 4, 20]

/** The concurrency with a goal, and the goal: wall time as a ratio to the ideal. */
const DEFAULT_CONCURRENCY = 4
const MOST = 1.15

const HEADER = [
  'users',
  'concurrency',
  'program',
  'wall time',
  'ideal',
  'ratio',
  'peak memory',
  'above one user',
  '429 responses',
  'not confirmed',
]

/** Measures how fast a long list goes where only the latency of the server slows it down. */
export async function measureLongList({ contenders, runs, show }: ListPlan): Promise<Section> {
  const table = new Table(HEADER, show)
  const goals: Goal[] = []
  const comparisons: Comparison[] = []
  const single = new Map<string, TrialResult>()
  for (const concurrency of [undefined, ...CONCURRENCIES]) {
    const users = concurrency === undefined ? 1 : USERS
    const settings = { users, concurrency: concurrency ?? 1, latencyMs: LATENCY_MS, rateLimit: ROOMY }
    const results = await tryInTurns(
      contenders.map((contender) => ({ contender, ...settings })),
      runs,
    )
    const idealMs = (users * LATENCY_MS) / settings.concurrency
    for (const result of results) {
      if (concurrency === undefined) single.set(result.who, result)
      const above = result.peakBytes - (single.get(result.who)?.peakBytes ?? Number.NaN)
      table.add([
        count(users),
        String(settings.concurrency),
        result.who,
        seconds(result.wallMs),
        // Of one user's run, most is start-up.
        ...(users === 1 ? ['', ''] : [seconds(idealMs), ratio(result.wallMs, idealMs)]),
        mebibytes(result.peakBytes),
        concurrency === undefined ? '' : mebibytes(above),
        count(result.refused),
        count(result.notConfirmed),
      ])
    }
    if (concurrency === DEFAULT_CONCURRENCY) goals.push(...goalsOf(results, idealMs))
    const where = users === 1 ? 'One user' : `${count(users)} users, concurrency ${settings.concurrency}`
    comparisons.push(...compare(where, results))
  }
  return { title: 'A long list', method: method(runs), table, goals, comparisons }
}

function goalsOf([ours]: readonly TrialResult[], idealMs: number): Goal[] {
  if (ours === undefined) return []
  return [
    {
      what: `${count(USERS)} users at concurrency ${DEFAULT_CONCURRENCY}, ratio to the ideal`,
      bound: `at most ${MOST}`,
      measured: ratio(ours.wallMs, idealMs),
      met: ours.wallMs <= idealMs * MOST,
    },
  ]
}

function method(runs: number): string {
  return [
    `${count(USERS)} users. Every response takes ${LATENCY_MS} ms, and the rate limit in the headers leaves room for all requests.`,
    'The ideal is users × latency ÷ concurrency. Wall time covers the whole process from spawn to exit, so it includes startup.',
    'Peak memory is the highest resident memory at any moment. The next column shows how much more that is than the same program uses for one user.',
    runsSentence(runs),
  ].join(' ')
}

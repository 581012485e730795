import { compare } from './comparison.ts'
import { count, ratio, seconds } from './figures.ts'
import type { ListPlan } from './list-plan.ts'
import { runsSentence } from './list-plan.ts'
import type { Comparison, Goal, Section } from './section.ts'
import { Table } from './section.ts'
import type { TrialResult } from './trial.ts'
import { tryInTurns } from './trial.ts'

const USERS = 250
const LATENCY_MS = 50
const LIMIT = { quota: 100, windowMs: 5_000 }
const CONCURRENCIES = [1, 4, 20]

/** Windows that have to pass before the last calls may be made. */
const WINDOWS = Math.ceil(USERS / LIMIT.quota) - 1

/** Wall time as a ratio to the least possible. */
const MOST = 1.15

const HEADER = ['concurrency', 'program', 'wall time', 'minimum', 'ratio', '429 responses', 'not confirmed']

/** Measures what a rate limit costs beyond the waits that it makes necessary. */
export async function measureLimitedServer({ contenders, runs, show }: ListPlan): Promise<Section> {
  const table = new Table(HEADER, show)
  const goals: Goal[] = []
  const comparisons: Comparison[] = []
  for (const concurrency of CONCURRENCIES) {
    const settings = { users: USERS, concurrency, latencyMs: LATENCY_MS, rateLimit: LIMIT }
    const results = await tryInTurns(
      contenders.map((contender) => ({ contender, ...settings })),
      runs,
    )
    const leastMs = least(concurrency)
    for (const { who, wallMs, refused, notConfirmed } of results) {
      table.add([
        String(concurrency),
        who,
        seconds(wallMs),
        seconds(leastMs),
        ratio(wallMs, leastMs),
        count(refused),
        count(notConfirmed),
      ])
    }
    goals.push(...goalsOf(results, concurrency, leastMs))
    comparisons.push(...compare(`Limited server, concurrency ${concurrency}`, results))
  }
  return { title: 'A limited server', method: method(runs), table, goals, comparisons }
}

/** The least possible time in milliseconds: full windows, then the last calls; or the calls alone, if they take longer. */
function least(concurrency: number): number {
  const callsMs = (calls: number): number => (calls * LATENCY_MS) / concurrency
  return Math.max(callsMs(USERS), WINDOWS * LIMIT.windowMs + callsMs(USERS - WINDOWS * LIMIT.quota))
}

function goalsOf([ours]: readonly TrialResult[], concurrency: number, leastMs: number): Goal[] {
  if (ours === undefined) return []
  const where = `Limited server at concurrency ${concurrency}`
  return [
    {
      what: `${where}, 429 responses`,
      bound: 'none',
      measured: count(ours.refused),
      met: ours.refused === 0,
    },
    {
      what: `${where}, ratio to the minimum time`,
      bound: `at most ${MOST}`,
      measured: ratio(ours.wallMs, leastMs),
      met: ours.wallMs <= leastMs * MOST,
    },
  ]
}

function method(runs: number): string {
  return [
    `${count(USERS)} users, with a limit of ${LIMIT.quota} calls in any window of ${LIMIT.windowMs / 1_000} seconds and no other clients. Every response takes ${LATENCY_MS} ms.`,
    `After one call too many, the server responds with 429 to everything for a whole window. The minimum time is ${WINDOWS} full windows plus the last calls at this latency and concurrency, or the calls alone if they take longer.`,
    'The server reports the time until its next window in whole seconds, rounded up. The minimum time makes no allowance for this rounding, because the first response of a window reports its full length, which is exact.',
    runsSentence(runs),
  ].join(' ')
}

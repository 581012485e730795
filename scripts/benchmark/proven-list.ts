import { compare } from './comparison.ts'
import type { Proof } from './contender.ts'
import { count, ratio, seconds } from './figures.ts'
import type { ListPlan } from './list-plan.ts'
import { runsSentence } from './list-plan.ts'
import type { Comparison, Goal, Section } from './section.ts'
import { Table } from './section.ts'
import type { TrialResult } from './trial.ts'
import { tryInTurns } from './trial.ts'

const USERS = 300
/** Users of the organization for each one who is revoked. */
const TIMES_AS_MANY = 10
/** Cloudflare's pages of users. */
const PER_PAGE = 1_000
/** Of how many users one call can read the devices. */
const USERS_PER_DEVICES_READ = 50

/** How many times as fast time passes. All other times are of this clock. */
const SPEED = 20
/** Of real time, so it is as much as 100 ms of the clock. */
const LATENCY_MS = 5
const PROPAGATION_MS = 20_000
const LIMIT = { quota: 170, windowMs: 40_000 }
const CONCURRENCIES = [1, 4, 20]

/** Wall time as a ratio to the least possible. */
const MOST = 1.15

/** What is proven, and what that may cost. */
interface Case {
  readonly proof: Proof
  readonly name: string
  /** Calls for a user, at most. */
  readonly mostCalls: number
  /** Calls for the whole list, at least. */
  readonly leastCalls: number
}

const BULK_CALLS = Math.ceil((USERS * TIMES_AS_MANY) / PER_PAGE)
/** The devices of everybody are read before and after. */
const DEVICE_CALLS = 2 * Math.ceil(USERS / USERS_PER_DEVICES_READ)

const CASES: readonly Case[] = [
  { proof: 'sessions', name: 'sessions', mostCalls: 2.1, leastCalls: BULK_CALLS + 2 * USERS },
  {
    proof: 'devices',
    name: 'devices too',
    mostCalls: 2.3,
    leastCalls: BULK_CALLS + 2 * USERS + DEVICE_CALLS,
  },
  {
    proof: 'seat',
    name: 'devices and seat',
    mostCalls: 3.3,
    leastCalls: BULK_CALLS + 3 * USERS + DEVICE_CALLS,
  },
]

const HEADER = [
  'proven',
  'concurrency',
  'program',
  'calls per user',
  'wall time',
  'minimum',
  'ratio',
  '429 responses',
  'not confirmed',
]

/** Measures what a proof costs in calls and, under a rate limit, in time. */
export async function measureProvenList({ contenders, runs, show }: ListPlan): Promise<Section> {
  const table = new Table(HEADER, show)
  const goals: Goal[] = []
  const comparisons: Comparison[] = []
  for (const item of CASES) {
    const ours: Measured[] = []
    for (const concurrency of CONCURRENCIES) {
      const results = await tryInTurns(
        // The loop with the SDK proves the sessions alone.
        (item.proof === 'sessions' ? contenders : contenders.slice(0, 1)).map((contender) => ({
          contender,
          users: USERS,
          staying: USERS * (TIMES_AS_MANY - 1),
          devices: 1,
          proof: item.proof,
          concurrency,
          latencyMs: LATENCY_MS,
          propagationMs: PROPAGATION_MS,
          rateLimit: LIMIT,
          speed: SPEED,
        })),
        runs,
      )
      const leastMs = least(item.leastCalls, concurrency)
      for (const result of results) {
        table.add([
          item.name,
          String(concurrency),
          result.who,
          ratio(result.calls, USERS),
          seconds(result.wallMs),
          seconds(leastMs),
          ratio(result.wallMs, leastMs),
          count(result.refused),
          count(result.notConfirmed),
        ])
      }
      const [first] = results
      if (first !== undefined) ours.push({ ...first, times: first.wallMs / leastMs })
      comparisons.push(...compare(`Proven users, concurrency ${concurrency}`, results))
    }
    goals.push(...goalsOf(item, ours))
  }
  return { title: 'Proven users', method: method(runs), table, goals, comparisons }
}

interface Measured extends TrialResult {
  /** Wall time as a ratio to the least possible. */
  readonly times: number
}

/** The least possible time for so many calls, in milliseconds: full windows, then the last calls; or the calls alone. */
function least(calls: number, concurrency: number): number {
  const callsMs = (some: number): number => (some * LATENCY_MS * SPEED) / concurrency
  const windows = Math.ceil(calls / LIMIT.quota) - 1
  return Math.max(callsMs(calls), windows * LIMIT.windowMs + callsMs(calls - windows * LIMIT.quota))
}

/** The worst of all concurrencies counts. */
function goalsOf({ name, mostCalls }: Case, results: readonly Measured[]): Goal[] {
  const worst = (figure: (result: Measured) => number): number => Math.max(...results.map(figure))
  const where = `Proven users (${name})`
  const calls = worst((result) => result.calls)
  const refused = worst((result) => result.refused)
  const unproven = worst((result) => result.notConfirmed)
  const times = worst((result) => result.times)
  return [
    {
      what: `${where}, calls per user`,
      bound: `at most ${mostCalls}`,
      measured: ratio(calls, USERS),
      met: calls <= USERS * mostCalls,
    },
    { what: `${where}, not confirmed`, bound: 'none', measured: count(unproven), met: unproven === 0 },
    { what: `${where}, 429 responses`, bound: 'none', measured: count(refused), met: refused === 0 },
    {
      what: `${where}, ratio to the minimum time`,
      bound: `at most ${MOST}`,
      measured: ratio(times, 1),
      met: times <= MOST,
    },
  ]
}

function method(runs: number): string {
  return [
    `${count(USERS)} users with a session and a device each, in an organization of ${count(USERS * TIMES_AS_MANY)} users that is listed in pages of ${count(PER_PAGE)}. Revoked sessions stay listed for ${PROPAGATION_MS / 1_000} seconds.`,
    `Cloudflare's limit of 1,200 calls in 5 minutes is scaled down to ${LIMIT.quota} calls in ${LIMIT.windowMs / 1_000} seconds, with no other clients, and time passes ${SPEED} times as fast for the server and the programs. All times in this section are by that clock, so startup and processor time weigh ${SPEED} times as much as they would against Cloudflare. Every response takes ${LATENCY_MS * SPEED} ms.`,
    'The action runs with `verify: true`, then also with `devices: true`, then also with `remove-seat: true`. The loop with the SDK finds each user, revokes, and then reads the sessions of each user every 5 seconds until none is left; it proves the sessions only.',
    'The minimum time is that of the limited server for the fewest calls: one for each page of users, two for each user (three with the seat), and two for every 50 users with devices. It makes no allowance for startup or for the 20 seconds before sessions are first read.',
    runsSentence(runs),
  ].join(' ')
}

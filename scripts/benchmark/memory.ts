import type { Fault } from '../../embedded-api/faults/faults.ts'
import { count, inBytes, mebibytes, seconds } from './figures.ts'
import type { ListPlan } from './list-plan.ts'
import type { Goal, Section } from './section.ts'
import { Table } from './section.ts'
import { ROOMY } from './stand-in.ts'
import type { Trial, TrialResult } from './trial.ts'
import { tryInTurns } from './trial.ts'

const USERS = 10_000
const CONCURRENCY = 20
const REFUSAL: Fault = {
  kind: 'error',
  status: 400,
  code: 12345,
  message: 'access.api.error.made_up: refused',
}

/** Times as many users as are revoked belong to the organization of a proven list. */
const TIMES_AS_MANY = 10
/** How many times as fast time passes for a proven list, which would else wait for most of the time. */
const SPEED = 20

/** Mebibytes. */
const MOST_ABOVE_ONE = 200
/** Mebibytes. */
const MOST_HEAP = 32

const HEADER = [
  'list',
  'wall time',
  'peak memory',
  'above one user',
  'heap after collection',
  'not confirmed',
]

/** What is done with a list, for one user and for many. */
interface Case {
  readonly one: string
  /** Each kind of long list, with what it differs in. */
  readonly many: readonly { readonly name: string; readonly fault?: Fault }[]
  /** Settings of all these trials. */
  readonly settings: (users: number) => Partial<Trial>
  /** Mebibytes; where there is none, the heap is not measured. */
  readonly mostHeap?: number
}

const CASES: readonly Case[] = [
  {
    one: 'one user',
    many: [{ name: `${count(USERS)} users` }, { name: `${count(USERS)} failures`, fault: REFUSAL }],
    settings: () => ({}),
    mostHeap: MOST_HEAP,
  },
  {
    one: 'one proven user',
    many: [{ name: `${count(USERS)} proven users` }],
    settings: (users) => ({ proof: 'seat', devices: 1, staying: users * (TIMES_AS_MANY - 1), speed: SPEED }),
  },
]

/** Measures the memory that this action takes for the longest list it is made for. */
export async function measureMemory(plan: ListPlan): Promise<Section> {
  const table = new Table(HEADER, plan.show)
  const add = (name: string, result: TrialResult, above: string): void => {
    const { wallMs, peakBytes, heapBytes, notConfirmed } = result
    table.add([
      name,
      seconds(wallMs),
      mebibytes(peakBytes),
      above,
      heapBytes === 0 ? '' : mebibytes(heapBytes),
      count(notConfirmed),
    ])
  }
  const goals: Goal[] = []
  for (const { one, many, settings, mostHeap } of CASES) {
    const single = await peakAndHeap(plan, 1, settings(1))
    add(one, single, '')
    for (const { name, ...fault } of many) {
      const result = await peakAndHeap(plan, USERS, { ...settings(USERS), ...fault })
      const above = result.peakBytes - single.peakBytes
      add(name, result, mebibytes(above))
      goals.push(peakGoal(name, above), ...(mostHeap === undefined ? [] : [heapGoal(name, result, mostHeap)]))
    }
  }
  return { title: 'Memory', method: method(plan.runs), table, goals, comparisons: [] }
}

/** The heap is measured in runs of its own, since forced collections keep the peak low; where all is proven, not at all. */
async function peakAndHeap(
  { contenders, runs }: ListPlan,
  users: number,
  settings: Partial<Trial>,
): Promise<TrialResult> {
  const [contender] = contenders
  if (contender === undefined) throw new Error('nobody to measure')
  const trial = { contender, users, concurrency: CONCURRENCY, latencyMs: 0, rateLimit: ROOMY, ...settings }
  const measuresHeap = settings.proof === undefined
  const [peak, heap] = await tryInTurns(measuresHeap ? [trial, { ...trial, heap: true }] : [trial], runs)
  if (peak === undefined) throw new Error('nothing was measured')
  const expected = settings.fault === undefined ? 0 : users
  if (peak.notConfirmed !== expected) {
    throw new Error(`${peak.notConfirmed} users are not confirmed; ${expected} were to be expected`)
  }
  return { ...peak, heapBytes: heap?.heapBytes ?? 0 }
}

function peakGoal(name: string, aboveBytes: number): Goal {
  return {
    what: `${name}, peak memory above one user's`,
    bound: `at most ${MOST_ABOVE_ONE} MiB`,
    measured: mebibytes(aboveBytes),
    met: aboveBytes <= inBytes(MOST_ABOVE_ONE),
  }
}

function heapGoal(name: string, { heapBytes }: TrialResult, most: number): Goal {
  return {
    what: `${name}, heap after collection`,
    bound: `at most ${most} MiB`,
    measured: mebibytes(heapBytes),
    met: heapBytes <= inBytes(most),
  }
}

function method(runs: number): string {
  const median = runs === 1 ? '' : ` The worst of ${runs} runs; times are medians.`
  return [
    `${count(USERS)} users at concurrency ${CONCURRENCY} without latency, and the same list with every revocation refused (HTTP 400, code 12345).`,
    `A proven user loses sessions, a device, and the seat, all of them verified, in an organization with ${TIMES_AS_MANY} times as many users; time passes ${SPEED} times as fast there, and the wall time is by that clock.`,
    `Where nothing is proven, the heap is measured in separate runs that force a garbage collection every 250 ms and at exit. The table shows the largest heap that remained after a collection.${median}`,
  ].join(' ')
}

import type { Fault } from '../../embedded-api/faults.ts'
import { count, inBytes, mebibytes, seconds } from './figures.ts'
import type { ListPlan } from './list-plan.ts'
import type { Goal, Section } from './section.ts'
import { Table } from './section.ts'
import { ROOMY } from './stand-in.ts'
import type { TrialResult } from './trial.ts'
import { tryInTurns } from './trial.ts'

const USERS = 10_000
const CONCURRENCY = 20
const REFUSAL: Fault = {
  kind: 'error',
  status: 400,
  code: 12345,
  message: 'access.api.error.made_up: refused',
}

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

/** Measures the memory that this action takes for the longest list it is made for. */
export async function measureMemory(plan: ListPlan): Promise<Section> {
  const table = new Table(HEADER, plan.show)
  const single = await peakAndHeap(plan, 1)
  const lists = [
    { name: 'one user', result: single },
    { name: `${count(USERS)} users`, result: await peakAndHeap(plan, USERS) },
    { name: `${count(USERS)} failures`, result: await peakAndHeap(plan, USERS, REFUSAL) },
  ]
  const goals: Goal[] = []
  for (const { name, result } of lists) {
    const above = result.peakBytes - single.peakBytes
    table.add([
      name,
      seconds(result.wallMs),
      mebibytes(result.peakBytes),
      result === single ? '' : mebibytes(above),
      mebibytes(result.heapBytes),
      count(result.notConfirmed),
    ])
    if (result !== single) goals.push(...goalsOf(name, above, result.heapBytes))
  }
  return { title: 'Memory', method: method(plan.runs), table, goals, comparisons: [] }
}

/** The heap is measured in runs of its own, since forced collections keep the peak low. */
async function peakAndHeap(
  { contenders, runs }: ListPlan,
  users: number,
  fault?: Fault,
): Promise<TrialResult> {
  const [contender] = contenders
  if (contender === undefined) throw new Error('nobody to measure')
  const list = { contender, users, concurrency: CONCURRENCY, latencyMs: 0, rateLimit: ROOMY }
  const trial = fault === undefined ? list : { ...list, fault }
  const [peak, heap] = await tryInTurns([trial, { ...trial, heap: true }], runs)
  if (peak === undefined || heap === undefined) throw new Error('nothing was measured')
  const expected = fault === undefined ? 0 : users
  if (peak.notConfirmed !== expected) {
    throw new Error(`${peak.notConfirmed} users are not confirmed; ${expected} were to be expected`)
  }
  return { ...peak, heapBytes: heap.heapBytes }
}

function goalsOf(name: string, aboveBytes: number, heapBytes: number): Goal[] {
  return [
    {
      what: `${name}, peak memory above one user's`,
      bound: `at most ${MOST_ABOVE_ONE} MiB`,
      measured: mebibytes(aboveBytes),
      met: aboveBytes <= inBytes(MOST_ABOVE_ONE),
    },
    {
      what: `${name}, heap after collection`,
      bound: `at most ${MOST_HEAP} MiB`,
      measured: mebibytes(heapBytes),
      met: heapBytes <= inBytes(MOST_HEAP),
    },
  ]
}

function method(runs: number): string {
  const median = runs === 1 ? '' : ` The worst of ${runs} runs; times are medians.`
  return [
    `${count(USERS)} users at concurrency ${CONCURRENCY} without latency, and the same list with every revocation refused (HTTP 400, code 12345).`,
    `The heap is measured in separate runs that force a garbage collection every 250 ms and at exit. The table shows the largest heap that remained after a collection.${median}`,
  ].join(' ')
}

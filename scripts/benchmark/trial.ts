import type { Contender, Proof } from './contender.ts'
import { median } from './figures.ts'
import type { StandInSettings } from './stand-in.ts'
import { StandIn } from './stand-in.ts'

/** A contender, and the list it is to revoke. */
export interface Trial extends StandInSettings {
  readonly contender: Contender
  /** Requests in flight at once. */
  readonly concurrency: number
  /** Whether to measure the heap instead of the peak. */
  readonly heap?: boolean
  /** Nothing is proven by default. */
  readonly proof?: Proof
}

/** What one trial came to, over all its runs. */
export interface TrialResult {
  /** The contender's name. */
  readonly who: string
  /** Milliseconds of the stand-in's clock, the median. */
  readonly wallMs: number
  /** Bytes, the most. */
  readonly peakBytes: number
  /** Bytes, the most. */
  readonly heapBytes: number
  /** Users of the list that the contender does not report as confirmed, the most. */
  readonly notConfirmed: number
  /** Answers 429, the most. */
  readonly refused: number
  /** Calls to the stand-in, the most. */
  readonly calls: number
}

/** Runs trials in turns, each of them `runs` times. Gives a result for each, in the same order. */
export async function tryInTurns(trials: readonly Trial[], runs: number): Promise<TrialResult[]> {
  const results = trials.map((trial) => ({ trial, all: new Array<TrialResult>() }))
  for (let run = 0; run < runs; run += 1) {
    for (const { trial, all } of results) all.push(await runOnce(trial))
  }
  return results.map(({ trial, all }) => ({
    who: trial.contender.name,
    wallMs: median(all.map(({ wallMs }) => wallMs)),
    peakBytes: most(all, 'peakBytes'),
    heapBytes: most(all, 'heapBytes'),
    notConfirmed: most(all, 'notConfirmed'),
    refused: most(all, 'refused'),
    calls: most(all, 'calls'),
  }))
}

async function runOnce(trial: Trial): Promise<TrialResult> {
  const { contender, users, concurrency, heap = false, proof } = trial
  const standIn = await StandIn.start(trial)
  try {
    const job = { standIn, concurrency, heap, ...(proof !== undefined && { proof }) }
    const { confirmed, wallMs, ...memory } = await contender.run(job)
    if (confirmed > standIn.revoked) {
      throw new Error(`${contender.name}: ${confirmed} users confirmed, ${standIn.revoked} revoked`)
    }
    return {
      ...memory,
      who: contender.name,
      wallMs: wallMs * standIn.speed,
      notConfirmed: users - confirmed,
      refused: standIn.refused,
      calls: standIn.calls,
    }
  } finally {
    await standIn.stop()
  }
}

function most(
  results: readonly TrialResult[],
  figure: 'peakBytes' | 'heapBytes' | 'notConfirmed' | 'refused' | 'calls',
): number {
  return Math.max(...results.map((result) => result[figure]))
}

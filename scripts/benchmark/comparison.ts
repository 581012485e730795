import { count, mebibytes, seconds } from './figures.ts'
import type { Comparison } from './section.ts'
import type { TrialResult } from './trial.ts'

/** Times and sizes that lie closer together than this are taken as equal: they differ as much from run to run. */
const NOISE = 0.02

/** A figure of which less is better, and how it is told. */
interface Figure {
  readonly name: string
  readonly of: (result: TrialResult) => number
  readonly told: (value: number) => string
  readonly noise: number
}

const FIGURES: readonly Figure[] = [
  { name: 'wall time', of: ({ wallMs }) => wallMs, told: seconds, noise: NOISE },
  { name: 'peak memory', of: ({ peakBytes }) => peakBytes, told: mebibytes, noise: NOISE },
  { name: '429 responses', of: ({ refused }) => refused, told: count, noise: 0 },
  { name: 'users not confirmed', of: ({ notConfirmed }) => notConfirmed, told: count, noise: 0 },
]

/** Compares this action (the first result) with the SDK (the second), if both were there. */
export function compare(where: string, [ours, theirs]: readonly TrialResult[]): Comparison[] {
  if (ours === undefined || theirs === undefined) return []
  return [{ where, ours: better(ours, theirs), theirs: better(theirs, ours) }]
}

function better(one: TrialResult, other: TrialResult): string[] {
  return FIGURES.filter(({ of, noise }) => of(one) < of(other) * (1 - noise)).map(
    ({ name, of, told }) => `${name} ${told(of(one))} compared with ${told(of(other))}`,
  )
}

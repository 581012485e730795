import type { Contender } from './contender.ts'

/** What the measurements with lists have in common. */
export interface ListPlan {
  /** This action, then the SDK. */
  readonly contenders: readonly Contender[]
  /** How often each list is revoked. */
  readonly runs: number
  /** Takes each line of the table as it comes. */
  readonly show: (line: string) => void
}

/** How many runs a figure stands for, as a sentence. */
export function runsSentence(runs: number): string {
  return runs === 1
    ? 'One run of each.'
    : `${runs} runs of each, in turns: times are medians, all else is the worst run.`
}

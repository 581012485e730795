import type { Options } from './inputs.ts'
import { isFlawed, type Outcome } from './outcome.ts'
import type { RunFacts } from './run-facts.ts'

/** What a run leaves to be told. */
export interface RunRecord {
  readonly options: Options
  /** In the order given, each user exactly once. */
  readonly outcomes: readonly Outcome[]
  /** Why the run was stopped, as a sentence; undefined if it came to its end. */
  readonly stopped: string | undefined
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly finishedAt: number
  readonly facts: RunFacts
}

/** Whether the step may be green, as far as the users are concerned. */
export function isGreen({ options, outcomes, stopped }: RunRecord): boolean {
  const empty = outcomes.length === 0 && options.ifEmpty === 'fail'
  return stopped === undefined && !empty && !outcomes.some(isFlawed)
}

import type { Options } from '../inputs/options.ts'
import type { Outcome } from '../revocation/outcome.ts'
import type { StopReason } from '../runner/run-stop.ts'
import type { WorkflowRun } from '../runner/workflow-run.ts'
import type { BadRow } from '../users/user.ts'

/** What a run leaves to be told. */
export interface RunRecord {
  readonly options: Options
  /** In the order given, each user exactly once. */
  readonly outcomes: readonly Outcome[]
  /** Rows that the step left out (`bad-rows: skip`). */
  readonly badRows?: readonly BadRow[]
  /** Why the run was stopped; undefined if it came to its end. */
  readonly stopped: StopReason | undefined
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly finishedAt: number
  readonly workflowRun: WorkflowRun
}

import type { CallQueue } from '../cloudflare/call-queue.ts'
import type { Endpoints } from '../cloudflare/endpoints.ts'
import type { RunOptions } from '../inputs/options.ts'
import type { RunStop } from '../runner/run-stop.ts'
import type { Patience } from './patience.ts'
import type { RegistrationsReader } from './registrations-reader.ts'
import type { SeatRemover } from './seat-remover.ts'

/** What it takes to prove a revocation, and to free the seat after it. */
export interface Prover {
  readonly endpoints: Endpoints
  readonly queue: CallQueue
  readonly stop: RunStop
  readonly registrations: RegistrationsReader
  readonly patience: Patience
  readonly seats: SeatRemover
  readonly options: RunOptions
  /** Takes whatever was thrown that nobody thought of. */
  readonly onUnexpected: (error: unknown) => void
}

import type { NotSeen, Patience } from './patience.ts'
import { notSeen } from './patience.ts'
import {
  type RegistrationEvidence,
  sortRegistrations,
  type SortedRegistrations,
} from './registration-evidence.ts'
import type { RegistrationsReader } from './registrations-reader.ts'
import { clocksDisagree } from './session-evidence.ts'
import type { Owner } from './user-directory.ts'
import { readProblem } from './read-problem.ts'
import { CLOCKS_DISAGREE } from './wait-for-sessions.ts'

/** What a read of a user's device registrations showed. */
export interface SeenRegistrations extends SortedRegistrations {
  readonly kind: 'seen'
  /** Whether the list had no registration at all, not even a revoked one. */
  readonly empty: boolean
}

/** Reads until no registration from before the revocation is active. */
export async function waitForRegistrations(
  reader: RegistrationsReader,
  patience: Patience,
  owner: Owner,
  evidence: RegistrationEvidence,
): Promise<SeenRegistrations | NotSeen> {
  return patience.until(
    async () => lookAtRegistrations(reader, owner, evidence),
    ({ left }) => left.length === 0,
    undefined,
    0,
  )
}

/** Reads the registrations once. */
export async function lookAtRegistrations(
  reader: RegistrationsReader,
  owner: Owner,
  evidence: RegistrationEvidence,
): Promise<SeenRegistrations | NotSeen> {
  const list = await reader.all(owner)
  if (list.kind !== 'result') return notSeen(readProblem(list, 'Or set `verify: sessions`.'))
  if (clocksDisagree(list, evidence.confirmation)) return notSeen(CLOCKS_DISAGREE)
  return { kind: 'seen', empty: list.result.length === 0, ...sortRegistrations(list.result, list, evidence) }
}

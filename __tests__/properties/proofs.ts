import { activeSessions } from '../../embedded-api/access-user.ts'
import type { AccessUser } from '../../embedded-api/organization.ts'
import type { Asked } from './step-arbitrary.ts'
import type { Run } from './run.ts'
import { sessionReadsOf } from './truth.ts'

/**
 * Something that a step can be asked to prove, and what must be gone then.
 *
 * The oracle goes through all of {@link PROOFS}. A proof of devices (no registration from before the revocation is
 * active) or of the seat (both flags are false) is one more entry here, with the input that asks for it in
 * `step-arbitrary.ts`, and the keys by which the report says so in `user-claims.ts`.
 */
export interface Proof {
  /** What must be gone, in the plural. */
  readonly what: string
  readonly isAsked: (asked: Asked) => boolean
  /** How many of them a record still had, as the API showed it when the action last looked. */
  readonly left: (run: Run, record: AccessUser) => number
}

/** Everything that can be proven. */
export const PROOFS: readonly Proof[] = [
  { what: 'sessions from before the revocation', isAsked: ({ verify }) => verify, left: oldSessionsLeft },
]

/** The propagation counts: until the API shows that a session is gone, nobody knows. */
function oldSessionsLeft(run: Run, record: AccessUser): number {
  const { propagationMs, world } = run.trial
  const lastLook = sessionReadsOf(run, record.id).at(-1)?.answeredAt ?? run.endedAt
  const { revokedAt = Infinity } = record
  return activeSessions(record, lastLook, propagationMs, world.sessionsApartMs).filter(
    ({ issuedAt }) => issuedAt * 1000 <= revokedAt,
  ).length
}

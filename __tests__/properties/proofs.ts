import { activeSessions } from '../../embedded-api/organization/access-user.ts'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { Told } from './claim.ts'
import { lastLookAt, shownAsActive } from './registration-truth.ts'
import type { Run } from './run.ts'
import { heldSeat } from './seat-truth.ts'
import type { Asked } from './step-arbitrary.ts'
import { sessionReadsOf } from './truth.ts'

/**
 * Something that a step can be asked to see to, and what must be gone then. The oracle goes through all of
 * {@link PROOFS}.
 */
export interface Proof {
  /** What must be gone, in the plural. */
  readonly what: string
  readonly isAsked: (asked: Asked) => boolean
  /** Whether the report says that it is gone. */
  readonly isTold: (told: Told) => boolean
  /** How many of them a record still had, as the API showed it when the action last looked. */
  readonly left: (run: Run, record: AccessUser) => number
}

/** Everything that can be proven. */
export const PROOFS: readonly Proof[] = [
  {
    what: 'sessions from before the revocation',
    isAsked: ({ verify }) => verify !== false,
    isTold: ({ verification }) => verification === 'passed',
    left: oldSessionsLeft,
  },
  {
    what: 'devices from before the revocation',
    isAsked: ({ verify, devices }) => verify === true && devices,
    isTold: ({ verification }) => verification === 'passed',
    left: oldRegistrationsLeft,
  },
  {
    what: 'seats',
    isAsked: ({ removeSeat }) => removeSeat,
    isTold: ({ status, seat }) => status === 'revoked' || seat === 'removed',
    left: (run, record) => (heldSeat(run, record) && (record.seat.access || record.seat.gateway) ? 1 : 0),
  },
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

/** The same for registrations. */
function oldRegistrationsLeft(run: Run, record: AccessUser): number {
  const lastLook = lastLookAt(run, record)?.to ?? run.endedAt
  const { revokedAt = Infinity } = record
  return shownAsActive(run, record, lastLook).filter(({ createdAt }) => createdAt <= revokedAt).length
}

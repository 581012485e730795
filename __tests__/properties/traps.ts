import fc from 'fast-check'
import type { FaultRule } from '../../embedded-api/faults/faults.ts'
import type { World } from '../../embedded-api/world.ts'
import { FALSE_CONFIRMATIONS } from './faults-arbitrary.ts'
import type { DrawnUser, StepOptions, Trial } from './trial.ts'
import { IMPOSSIBLE_TIMES } from './world-arbitrary.ts'

/** A user of whom something is left, and a lie that hides it. */
interface Trap {
  readonly world?: World
  /** The records of the user. */
  readonly records: readonly Omit<DrawnUser, 'email'>[]
  readonly options?: Partial<StepOptions>
  readonly faults?: readonly FaultRule[]
}

const NOTHING_LEFT = { devices: [{}] } as const
const SESSION_LEFT = { devices: [], stickySessions: 1 } as const
const DEVICE_LEFT = { devices: [{}, { sticky: true }] } as const

const TRAPS: readonly Trap[] = [
  ...IMPOSSIBLE_TIMES.flatMap((time): Trap[] => [
    { world: { unsetRevokedAt: time }, records: [DEVICE_LEFT] },
    { world: { unsetDeletedAt: time }, records: [DEVICE_LEFT] },
  ]),
  { world: { revokedCopies: true }, records: [DEVICE_LEFT] },
  { world: { truncatedRegistrations: 1 }, records: [DEVICE_LEFT] },
  { world: { numericCursors: true, pageCap: 1 }, records: [DEVICE_LEFT] },
  { world: { vanishingUser: true, pageCap: 2 }, records: [NOTHING_LEFT, SESSION_LEFT] },
  { world: { counts: 'too_small', pageCap: 2 }, records: [NOTHING_LEFT, NOTHING_LEFT, SESSION_LEFT] },
  { world: { renewedSessions: 'nonce' }, records: [SESSION_LEFT] },
  { world: { renewedSessions: 'name' }, records: [SESSION_LEFT] },
  { world: { seatsStay: true }, records: [{ devices: [] }], options: { removeSeat: true } },
  { world: { seatsUnanswered: true }, records: [{ devices: [] }], options: { removeSeat: true } },
  { records: [{ devices: [], signsInAgain: { allowed: false } }] },
  ...FALSE_CONFIRMATIONS.map((fault): Trap => ({
    records: [NOTHING_LEFT],
    options: { verify: false },
    faults: [{ operation: 'revoke_user', times: 20, fault }],
  })),
]

/** The trial with a user who is in a trap; the step verifies everything, unless the trap says otherwise. */
export function trapped(trial: Trial, { world = {}, records, options, faults = [] }: Trap): Trial {
  const email = trial.records[0]?.email ?? ''
  const proof = {
    verify: true,
    devices: true,
    removeSeat: false,
    signedInAgain: 'warn',
    dryRun: false,
  } as const
  return {
    ...trial,
    world,
    records: records.map((record) => ({ ...record, email })),
    searchOnly: false,
    list: { form: 'lines', entries: [{ email }] },
    protectedUsers: [],
    options: { ...trial.options, ...proof, ...options },
    missingPermission: undefined,
    faults,
  }
}

/** Any of the traps. */
export const trap: fc.Arbitrary<Trap> = fc.constantFrom(...TRAPS)

import fc from 'fast-check'
import type { FaultRule } from '../../embedded-api/faults/faults.ts'
import type { World } from '../../embedded-api/world.ts'
import {
  type DrawnUser,
  type Due,
  type Entry,
  HOUR,
  START,
  type StepOptions,
  type Trial,
  unfolded,
} from './trial.ts'
import { IMPOSSIBLE_TIMES, UNREADABLE_LOGINS } from './world-arbitrary.ts'

/** A user of whom something is left, and a lie that hides it. */
interface Trap {
  readonly world?: World
  readonly propagationMs?: number
  /** The records of the user, the last of them in another letter case if there are several. */
  readonly records: readonly Omit<DrawnUser, 'email'>[]
  readonly due?: Due
  /** Whose UUID the list has. */
  readonly uuid?: Entry['uuid']
  readonly options?: Partial<StepOptions>
  readonly faults?: readonly FaultRule[]
}

const NOTHING_LEFT = { devices: [{}] } as const
const SESSION_LEFT = { devices: [], stickySessions: 1 } as const
const DEVICE_LEFT = { devices: [{}, { sticky: true }] } as const

const CLEAN = { devices: [] } as const

/** A seat that Access takes so many milliseconds after the action starts. */
export function takenLater(after: number): NonNullable<DrawnUser['seat']> {
  return { access: false, takenAt: START + after }
}

const TIMES: readonly Trap[] = IMPOSSIBLE_TIMES.flatMap((time) => [
  { world: { unsetRevokedAt: time }, records: [DEVICE_LEFT] },
  { world: { unsetDeletedAt: time }, records: [DEVICE_LEFT] },
])

/** Devices that are counted would show that a list lacks some. */
const UNCOUNTED: World = { absentUserFields: ['active_device_count'] }

const LISTS: readonly Trap[] = [
  { world: { revokedCopies: true }, records: [DEVICE_LEFT] },
  { world: { truncatedRegistrations: 1 }, records: [DEVICE_LEFT] },
  { world: { numericCursors: true, pageCap: 1, ...UNCOUNTED }, records: [DEVICE_LEFT] },
  {
    world: { registrationUserId: 'uid', absentUserFields: ['uid', 'active_device_count'] },
    records: [DEVICE_LEFT],
  },
  { world: { vanishingUser: true, pageCap: 2 }, records: [NOTHING_LEFT, SESSION_LEFT] },
  { world: { counts: 'too_small', pageCap: 2 }, records: [NOTHING_LEFT, NOTHING_LEFT, SESSION_LEFT] },
  { world: { renewedSessions: 'nonce' }, records: [SESSION_LEFT] },
  { world: { renewedSessions: 'name' }, records: [SESSION_LEFT] },
]

/** An empty list without a `Date`, which may be an old one. */
const dateless = (operation: 'active_sessions' | 'list_registrations'): FaultRule => ({
  operation,
  after: 1,
  fault: {
    kind: 'answer',
    status: 200,
    headers: { Date: null },
    body: { success: true, errors: [], messages: [], result: [] },
  },
})

const DATELESS: readonly Trap[] = [
  { records: [SESSION_LEFT], faults: [dateless('active_sessions')] },
  { records: [DEVICE_LEFT], faults: [dateless('list_registrations')] },
]

const EVIDENCE: readonly Trap[] = [
  { world: { caseSensitiveFilter: true }, records: [NOTHING_LEFT, SESSION_LEFT] },
  { world: { caseSensitiveFilter: true }, records: [NOTHING_LEFT, DEVICE_LEFT] },
  { world: { registrationsChangeOwner: true }, records: [DEVICE_LEFT] },
  ...UNREADABLE_LOGINS.map((lastLoginText): Trap => ({
    world: { lastLoginText },
    records: [{ ...CLEAN, lastLoginAt: START - HOUR }],
    due: 'three_days_ago',
  })),
]

const UNREAD = {
  operation: 'list_users',
  fault: { kind: 'error', status: 400, code: 1, message: 'No.' },
} as const

const USERS: readonly Trap[] = [
  { records: [CLEAN], uuid: 'other', faults: [UNREAD] },
  { records: [{ ...CLEAN, signsInAgain: true }], options: { removeSeat: true } },
]

const SEATS: readonly Trap[] = [
  { world: { seatsStay: true }, records: [CLEAN], options: { removeSeat: true } },
  { world: { seatsUnanswered: true }, records: [CLEAN], options: { removeSeat: true } },
  // The sessions go a minute after the seat is taken.
  {
    propagationMs: 80_000,
    records: [{ ...CLEAN, seat: takenLater(20_000) }],
    options: { removeSeat: true },
  },
]

/** The trial with a user who is in a trap; the step verifies everything, unless the trap says otherwise. */
export function trapped(
  trial: Trial,
  { world = {}, propagationMs, records, due, uuid, options, faults = [] }: Trap,
): Trial {
  const email = trial.records[0]?.email.trim() ?? ''
  const proof = {
    verify: true,
    devices: true,
    removeSeat: false,
    signedInAgain: 'warn',
    notListed: 'ignore',
    dryRun: false,
  } as const
  return {
    ...trial,
    world,
    propagationMs: propagationMs ?? trial.propagationMs,
    records: records.map((record, index) => ({
      ...record,
      email: index > 0 && index === records.length - 1 ? unfolded(email) : email,
    })),
    list: {
      form: 'json',
      entries: [{ email, ...(due !== undefined && { due }), ...(uuid !== undefined && { uuid }) }],
    },
    protectedUsers: [],
    options: { ...trial.options, ...proof, ...options },
    missingPermission: undefined,
    faults,
  }
}

/** Any of the traps. */
export const trap: fc.Arbitrary<Trap> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...TIMES) },
  { weight: 6, arbitrary: fc.constantFrom(...LISTS) },
  { weight: 3, arbitrary: fc.constantFrom(...SEATS) },
  { weight: 3, arbitrary: fc.constantFrom(...DATELESS) },
  { weight: 5, arbitrary: fc.constantFrom(...EVIDENCE) },
  { weight: 4, arbitrary: fc.constantFrom(...USERS) },
)

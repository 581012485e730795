import fc from 'fast-check'
import type { RegistrationField, SessionField, UserField, World } from '../../embedded-api/world.ts'
import { HOUR } from './trial.ts'

/** Optional fields that the action reads. */
const USER_FIELDS: UserField[] = [
  ...(['id', 'uid', 'email', 'seat_uid', 'access_seat', 'gateway_seat'] as const),
  ...(['active_device_count', 'last_successful_login'] as const),
]
const SESSION_FIELDS: SessionField[] = ['name', 'metadata', 'metadata.iat', 'metadata.nonce']
const REGISTRATION_FIELDS: RegistrationField[] = [
  ...(['user', 'user.id', 'user.email', 'revoked_at', 'deleted_at', 'registration_type'] as const),
]

/** The switches of a world that are either on or off. */
const SWITCHES: readonly World[] = [
  { withoutResultInfo: true },
  { withoutTotalCount: true },
  { nullForEmpty: true },
  { reversed: true },
  { repeatedRecords: true },
  { unfilteredUsers: true },
  { unfilteredRegistrations: true },
  { caseSensitive: true },
  { caseSensitiveFilter: true },
  { caseSensitiveRevocation: true },
  { seatsUnanswered: true },
  { iatInMilliseconds: true },
  { withoutRateLimitHeaders: true },
  { withoutDate: true },
  { withoutRayId: true },
]

/** Worlds in which devices and seats outlive the revocation. */
const LASTING: readonly World[] = [
  { registrationsStay: true },
  { registrationsStay: true, registrationsChangeOwner: true },
  { devicesIgnored: true },
  { seatsStay: true },
]

/** Worlds in which the devices of a user cannot be requested, so that lists of them are empty. */
const HIDDEN_DEVICES: readonly World[] = [
  { registrationUserId: 'uid', absentUserFields: ['uid'] },
  { registrationUserId: 'uid', absentUserFields: ['uid', 'active_device_count'] },
]

/** Times that stand for "not set", or cannot be true. */
export const IMPOSSIBLE_TIMES = [
  '0001-01-01T00:00:00Z',
  '2020-01-01T00:00:00Z',
  '2099-12-31T00:00:00Z',
  '0',
  '',
]

/** Last logins without an offset, or of no day. */
export const UNREADABLE_LOGINS = ['2040-01-31T11:00:00', '2040-02-30T12:00:00Z', 'yesterday']

/** Worlds whose lists contradict themselves or each other, or are not complete. */
const CONTRADICTIONS: readonly World[] = [
  { vanishingUser: true, pageCap: 1 },
  { vanishingUser: true, pageCap: 2 },
  { counts: 'growing' },
  { counts: 'too_small' },
  { counts: 'text' },
  { counts: 'fraction' },
  { counts: 'too_many_pages' },
  { numericCursors: true, pageCap: 1 },
  { truncatedRegistrations: 10 },
  { outdatedCopies: 'everywhere' },
  { outdatedCopies: 'unfiltered' },
  { revokedCopies: true },
  { deviceCountOff: 1 },
  { deviceCountOff: -1 },
]

/** Worlds in which a session is not known by all of its keys. */
const SESSION_KEYS: readonly World[] = [
  { sharedSessionKey: 'nonce' },
  { sharedSessionKey: 'name' },
  { renewedSessions: 'nonce' },
  { renewedSessions: 'name' },
]

/** One thing in which a world differs from the embedded API's usual self. */
const deviation: fc.Arbitrary<World> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...SWITCHES) },
  { weight: 2, arbitrary: fc.record({ pageCap: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ absentUserFields: some(USER_FIELDS) }) },
  { weight: 2, arbitrary: fc.record({ absentSessionFields: some(SESSION_FIELDS) }) },
  { weight: 1, arbitrary: fc.record({ absentRegistrationFields: some(REGISTRATION_FIELDS) }) },
  {
    weight: 3,
    arbitrary: fc.record({ unknownUsers: fc.constantFrom('revoked', 'refused', 'result_false') }),
  },
  { weight: 3, arbitrary: fc.record({ apartMs: milliseconds(100_000) }) },
  { weight: 1, arbitrary: fc.record({ registrationsPropagationMs: milliseconds(100_000) }) },
  { weight: 2, arbitrary: fc.record({ registrationUserId: fc.constantFrom('id', 'uid') }) },
  { weight: 2, arbitrary: fc.constantFrom(...HIDDEN_DEVICES) },
  { weight: 5, arbitrary: fc.constantFrom(...LASTING) },
  { weight: 8, arbitrary: fc.constantFrom(...CONTRADICTIONS) },
  { weight: 3, arbitrary: fc.constantFrom(...SESSION_KEYS) },
  { weight: 2, arbitrary: fc.record({ unsetRevokedAt: fc.constantFrom(...IMPOSSIBLE_TIMES) }) },
  { weight: 2, arbitrary: fc.record({ unsetDeletedAt: fc.constantFrom(...IMPOSSIBLE_TIMES) }) },
  { weight: 2, arbitrary: fc.record({ lastLoginText: fc.constantFrom(...UNREADABLE_LOGINS) }) },
  { weight: 1, arbitrary: fc.record({ loginLogDelayMs: milliseconds(100_000) }) },
  { weight: 8, arbitrary: fc.constant({ registrationsComeBack: true }) },
  {
    weight: 5,
    arbitrary: fc.record({
      dateSkewMs: fc.oneof(
        fc.integer({ min: -90_000, max: 90_000 }),
        // The sessions are an hour old when the action starts: by a clock that is as much behind, they look new.
        fc.integer({ min: -HOUR - 150_000, max: -HOUR }),
        fc.constantFrom(HOUR, -2 * HOUR, -Date.UTC(2020)),
      ),
    }),
  },
)

/** Worlds with up to a few deviations. */
export const world: fc.Arbitrary<World> = fc
  .array(deviation, { maxLength: 3 })
  .map((deviations) => deviations.reduce<World>((all, one) => ({ ...all, ...one }), {}))

/** Time from a revocation until lists show it, milliseconds. The action waits up to 90 seconds. */
export const propagationMs: fc.Arbitrary<number> = fc.constantFrom(0, 0, 0, 5_000, 30_000, 120_000)

function some<T>(of: T[]): fc.Arbitrary<T[]> {
  return fc.subarray(of, { minLength: 1, maxLength: 3 })
}

function milliseconds(max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max })
}

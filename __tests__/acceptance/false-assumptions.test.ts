import { expect, test } from '@jest/globals'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { FaultRule } from '../../embedded-api/server.ts'
import { answered, type Difference, openAcceptance, rowsWith, TEST_USER } from './acceptance-scene.ts'

/** A world in which assumptions are false. */
interface FalseAssumptions extends Difference {
  /** The rows that the world contradicts. */
  readonly rows: readonly string[]
  /** Further rows that are not seen in such a world, besides those of options that are off. */
  readonly hidden?: readonly string[]
  /** Default: neither `--devices` nor `--seat`. */
  readonly flags?: readonly ('--devices' | '--seat')[]
}

const NOT_REVOKED = { ...answered(false), applied: true } as const

/** A list of only the test user, with deviations, once. */
function listed(wrong: object, info: object = {}, headers: object = {}): NonNullable<Difference['faults']> {
  return ({ id, uid, lastLoginAt }: AccessUser): FaultRule[] => {
    const last_successful_login = new Date(lastLoginAt ?? 0).toISOString()
    const user = { id, uid, email: TEST_USER, active_device_count: 2, last_successful_login, ...wrong }
    const page = { count: 1, page: 1, per_page: 1_000, total_count: 1, ...info }
    const answer = answered([user], { result_info: page })
    const fault = { ...answer, headers: { ...answer.headers, ...headers } }
    return [{ operation: 'list_users', times: 1, fault }]
  }
}

const WORLDS: Readonly<Record<string, FalseAssumptions>> = {
  'small pages, iat in milliseconds, registrations of all users, and no ray ID': {
    rows: ['session_issued_at', 'registration_filter', 'page_of_users', 'ray_id'],
    world: { pageCap: 1, iatInMilliseconds: true, unfilteredRegistrations: true, withoutRayId: true },
  },
  'no name or nonce, no address or a zero time in registrations, a wrong count, and no total_count': {
    rows: ['session_identity', 'registration_owner', 'registration_times', 'device_count', 'total_count'],
    world: {
      absentSessionFields: ['name', 'metadata.nonce'],
      absentRegistrationFields: ['user.email'],
      unsetRevokedAt: '0001-01-01T00:00:00Z',
      deviceCountOff: 1,
      withoutTotalCount: true,
    },
  },
  'an unknown address that is refused, no last login, and no rate-limit headers': {
    rows: ['unknown_address', 'last_login', 'rate_limit_headers'],
    hidden: ['login_log', 'login_log_delay', 'rate_limit_quota'],
    world: {
      unknownUsers: 'refused',
      absentUserFields: ['last_successful_login'],
      withoutRateLimitHeaders: true,
    },
  },
  'an unknown address that is answered false, no result_info, and another quota': {
    rows: ['unknown_address', 'total_count', 'rate_limit_quota'],
    hidden: ['page_of_users', 'list_counts'],
    world: { unknownUsers: 'result_false', withoutResultInfo: true },
    rateLimit: { quota: 600, windowMs: 60_000 },
  },
  'a user whom the filter does not find, and no Date': {
    rows: ['action', 'email_filter', 'date_header'],
    hidden: ['email_filter_letter_case'],
    world: { withoutDate: true },
    user: { foundBySearchOnly: true },
    withoutWaits: true,
  },
  'an ID that is not a UUID, and a token whose status is not active': {
    rows: ['action', 'user_id', 'token_status'],
    user: { id: 'user-1' },
    faults: () => [
      { operation: 'verify_user_token', fault: answered({ id: '0'.repeat(32), status: 'disabled' }) },
    ],
  },
  'a login log without the last login': {
    rows: ['login_log', 'login_log_delay'],
    user: { logins: [] },
    withoutWaits: true,
  },
  'logins without an application': {
    rows: ['login_log'],
    faults: ({ lastLoginAt }) => {
      const login = { user_email: TEST_USER, created_at: new Date(lastLoginAt ?? 0).toISOString() }
      return [{ operation: 'list_logins', fault: answered([{ ...login, connection: 'saml' }]) }]
    },
  },
  'a login log that is minutes late': {
    rows: ['login_log_delay'],
    world: { loginLogDelayMs: 180_000 },
    sinceLogin: 120,
    withoutWaits: true,
  },
  'sessions on a second page': {
    rows: ['sessions_whole'],
    faults: () => {
      const session = { name: 'one', metadata: { iat: Math.floor(Date.now() / 1_000) - 60, nonce: '1' } }
      const fault = answered([session], { result_info: { count: 1, total_count: 2 } })
      return [{ operation: 'active_sessions', times: 1, fault }]
    },
  },
  'registrations with an ID of their own for users': {
    rows: ['registration_user_id'],
    user: { devices: 1 },
    faults: ({ registrations }) => {
      const [registration] = registrations
      const time = '2026-01-01T00:00:00Z'
      const one = {
        id: registration?.id,
        device: { id: 'device', name: 'device' },
        key: 'key',
        user: { id: 'third', email: TEST_USER },
        ...{ created_at: time, updated_at: time, last_seen_at: time },
      }
      return [{ operation: 'list_registrations', times: 2, fault: answered([one]) }]
    },
  },
  'registrations that neither ID finds': {
    rows: ['action', 'registration_user_id', 'device_count'],
    hidden: [
      ...['registration_owner', 'registration_filter', 'registration_times'],
      ...['devices_left', 'devices_revoked'],
    ],
    flags: ['--devices'],
    faults: () => [{ operation: 'list_registrations', fault: answered([]) }],
  },
  'devices that are not counted': {
    rows: ['device_count'],
    faults: listed({ active_device_count: 0 }),
  },
  'a count that differs from the records, a Date in another form, and an undescribed answer': {
    rows: ['list_counts', 'date_header', 'description'],
    faults: listed({ name: null }, { count: 0 }, { date: new Date().toISOString() }),
  },
  'a revocation that is answered false': {
    rows: ['revocation_true'],
    hidden: ['devices_left'],
    faults: () => [{ operation: 'revoke_user', email: TEST_USER, times: 1, fault: NOT_REVOKED }],
  },
  'sessions that stay': {
    rows: ['sessions_end'],
    hidden: ['revocation_letter_case', 'revocation_again', 'action'],
    user: { stickySessions: 1 },
    withoutWaits: true,
  },
  'addresses whose letter case matters': {
    rows: ['revocation_letter_case', 'email_filter_letter_case'],
    world: { caseSensitive: true },
    withoutWaits: true,
  },
  'a second revocation that is answered false': {
    rows: ['revocation_again', 'action'],
    faults: () => [{ operation: 'revoke_user', email: TEST_USER, after: 1, fault: NOT_REVOKED }],
  },
  'devices that are revoked without `devices`': {
    rows: ['devices_left'],
    hidden: ['devices_revoked'],
    flags: ['--devices'],
    // They are read by both IDs, before and after the revocation.
    faults: () => [{ operation: 'list_registrations', after: 2, times: 2, fault: answered([]) }],
  },
  'devices that are ignored, and a seat that stays': {
    rows: ['action', 'devices_revoked', 'seat_freed'],
    hidden: ['seat_registrations'],
    flags: ['--devices', '--seat'],
    world: { devicesIgnored: true, seatsStay: true },
    withoutWaits: true,
  },
  'registrations that outlive the seat': {
    rows: ['seat_registrations'],
    flags: ['--seat'],
    world: { registrationsStay: true },
    withoutWaits: true,
  },
}

test.concurrent.each(Object.entries(WORLDS))(
  '%s',
  async (_name, { rows, hidden = [], flags = [], ...difference }) => {
    await using acceptance = await openAcceptance(difference)
    const run = await acceptance.run(['--yes', TEST_USER, ...flags])
    expect(rowsWith(run, 'contradicted')).toEqual(rows)
    const off = [
      ...(flags.includes('--devices') ? [] : ['devices_revoked']),
      ...(flags.includes('--seat') ? [] : ['seat_freed', 'seat_registrations']),
    ]
    expect(rowsWith(run, 'not seen').sort()).toEqual([...hidden, ...off].sort())
    expect(run.exitCode).toBe(1)
    expect(acceptance.scene.api.rateLimitHits).toBe(0)
    // As the program announces.
    expect(acceptance.scene.api.requests.length).toBeLessThan(200)
  },
  // Half a dozen processes each, and several at once.
  90_000,
)

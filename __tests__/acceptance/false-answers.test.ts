import { test } from '@jest/globals'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import { answered, signedIn, TEST_USER } from './acceptance-scene.ts'
import { expectContradicted, type FalseAssumption, TIMEOUT } from './false-assumption.ts'

/** A list of only the test user, with deviations. */
function users(
  { id, uid, lastLoginAt }: AccessUser,
  wrong: object,
  info: object = {},
): ReturnType<typeof answered> {
  const user = {
    id,
    uid,
    email: TEST_USER,
    active_device_count: 2,
    last_successful_login: new Date(lastLoginAt ?? 0).toISOString(),
  }
  const page = { count: 1, page: 1, per_page: 1_000, total_count: 1 }
  return answered([{ ...user, ...wrong }], { result_info: { ...page, ...info } })
}

/** Rows that need the sessions before the revocation. */
const WITHOUT_SESSIONS = [
  ...['session_issued_at', 'session_identity', 'sessions_end'],
  ...['revocation_true', 'revocation_letter_case', 'revocation_again'],
]

const WORLDS: Readonly<Record<string, FalseAssumption>> = {
  'a user whom the filter does not find': {
    rows: ['email_filter'],
    hidden: ['email_filter_letter_case'],
    user: { foundBySearchOnly: true },
  },
  'an ID that is not a UUID': {
    rows: ['user_id'],
    hidden: [...WITHOUT_SESSIONS, 'sessions_whole'],
    user: { id: 'user-1' },
  },
  'no last login': {
    rows: ['last_login'],
    hidden: ['login_log', 'login_log_delay'],
    world: { absentUserFields: ['last_successful_login'] },
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
    user: signedIn(120),
    withoutWaits: true,
  },
  'iat in milliseconds': { rows: ['session_issued_at'], world: { iatInMilliseconds: true } },
  'sessions without a name or nonce': {
    rows: ['session_identity'],
    world: { absentSessionFields: ['name', 'metadata.nonce'] },
  },
  'sessions on a second page': {
    rows: ['sessions_whole'],
    hidden: WITHOUT_SESSIONS,
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
      const listed = {
        id: registration?.id,
        device: { id: 'device', name: 'device' },
        key: 'key',
        user: { id: 'third', email: TEST_USER },
        ...{ created_at: time, updated_at: time, last_seen_at: time },
      }
      return [{ operation: 'list_registrations', times: 2, fault: answered([listed]) }]
    },
  },
  'registrations that neither ID finds': {
    rows: ['registration_user_id', 'device_count'],
    hidden: [
      ...['registration_owner', 'registration_filter', 'registration_times'],
      ...['devices_left', 'devices_revoked'],
    ],
    flags: ['--devices'],
    faults: () => [{ operation: 'list_registrations', fault: answered([]) }],
  },
  'registrations without an address': {
    rows: ['registration_owner'],
    world: { absentRegistrationFields: ['user.email'] },
  },
  'registrations of all users': { rows: ['registration_filter'], world: { unfilteredRegistrations: true } },
  'registrations with a zero time': {
    rows: ['registration_times'],
    world: { unsetRevokedAt: '0001-01-01T00:00:00Z' },
  },
  'more devices counted than registered': { rows: ['device_count'], world: { deviceCountOff: 1 } },
  'devices that are not counted': {
    rows: ['device_count'],
    faults: (user) => [{ operation: 'list_users', times: 1, fault: users(user, { active_device_count: 0 }) }],
  },
  'a token whose status is not active': {
    rows: ['token_status'],
    faults: () => [
      { operation: 'verify_user_token', fault: answered({ id: '0'.repeat(32), status: 'disabled' }) },
    ],
  },
  'no total_count': { rows: ['total_count'], world: { withoutTotalCount: true } },
  'no result_info': {
    rows: ['total_count'],
    hidden: ['page_of_users', 'list_counts'],
    world: { withoutResultInfo: true },
  },
  'a count that differs from the records': {
    rows: ['list_counts'],
    faults: (user) => [{ operation: 'list_users', times: 1, fault: users(user, {}, { count: 0 }) }],
  },
  'a total_pages': {
    rows: ['no_total_pages'],
    faults: (user) => [{ operation: 'list_users', times: 1, fault: users(user, {}, { total_pages: 1 }) }],
  },
  'smaller pages': { rows: ['page_of_users'], world: { pageCap: 1 } },
  'no rate-limit headers': {
    rows: ['rate_limit_headers'],
    hidden: ['rate_limit_quota'],
    world: { withoutRateLimitHeaders: true },
  },
  'another quota': { rows: ['rate_limit_quota'], rateLimit: { quota: 600, windowMs: 60_000 } },
  'no Date': { rows: ['date_header'], hidden: ['login_log_delay'], world: { withoutDate: true } },
  'a Date in another form': {
    rows: ['date_header'],
    faults: (user) => {
      const fault = users(user, {})
      const headers = { ...fault.headers, date: new Date().toISOString() }
      return [{ operation: 'list_users', times: 1, fault: { ...fault, headers } }]
    },
  },
  'no ray ID': { rows: ['ray_id'], world: { withoutRayId: true } },
  'an answer that does not fit the description': {
    rows: ['description'],
    faults: (user) => [{ operation: 'list_users', times: 1, fault: users(user, { name: null }) }],
  },
}

test.concurrent.each(Object.entries(WORLDS))(
  '%s',
  async (_name, world) => {
    await expectContradicted(world)
  },
  TIMEOUT,
)

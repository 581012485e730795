import { test } from '@jest/globals'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import { answered, TEST_USER } from './acceptance-scene.ts'
import { expectContradicted, type FalseAssumption, TIMEOUT } from './false-assumption.ts'

/** The list with the test user alone, with something that is not as it should be. */
function users({ id, uid }: AccessUser, wrong: object, info: object = {}): ReturnType<typeof answered> {
  const user = {
    id,
    uid,
    email: TEST_USER,
    active_device_count: 2,
    last_successful_login: '2026-01-01T00:00:00Z',
  }
  const page = { count: 1, page: 1, per_page: 1_000, total_count: 1 }
  return answered([{ ...user, ...wrong }], { result_info: { ...page, ...info } })
}

const WORLDS: Readonly<Record<string, FalseAssumption>> = {
  'a user whom the filter does not find': {
    rows: ['email_filter'],
    hidden: ['email_filter_letter_case'],
    user: { foundBySearchOnly: true },
  },
  'no last login': { rows: ['last_login'], world: { absentUserFields: ['last_successful_login'] } },
  'iat in milliseconds': { rows: ['session_issued_at'], world: { iatInMilliseconds: true } },
  'sessions that nothing tells apart': {
    rows: ['session_identity'],
    world: { absentSessionFields: ['name', 'metadata.nonce'] },
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
  'registrations without an address': {
    rows: ['registration_owner'],
    world: { absentRegistrationFields: ['user.email'] },
  },
  'registrations of everybody': { rows: ['registration_filter'], world: { unfilteredRegistrations: true } },
  'a count of devices that is not true': {
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
    hidden: ['page_of_users'],
    world: { withoutResultInfo: true },
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
  'no Date': { rows: ['date_header'], world: { withoutDate: true } },
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

import { expect, jest, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { FaultRule } from '../../embedded-api/server.ts'
import { Stop } from '../../scripts/acceptance/account.ts'
import { acceptance } from '../../scripts/acceptance.ts'
import { Scene } from '../support/scene.ts'
import { type Difference, openAcceptance, TEST_USER, VARIABLES } from './acceptance-scene.ts'

const DEVICES = '--devices'
const SEAT = '--seat'

test.concurrent.each([
  ['the default world', {}],
  [
    'variations within the description',
    {
      ...({ nullForEmpty: true, reversed: true, repeatedRecords: true, registrationUserId: 'uid' } as const),
      ...{ unsetRevokedAt: '0001-01-01T00:00:00Z', apartMs: 8_000, registrationsPropagationMs: 8_000 },
    },
  ],
])('%s: all assumptions are confirmed, and the output has no personal data', async (_name, world) => {
  await using opened = await openAcceptance({ world })
  const { scene, user } = opened
  const run = await opened.run(DEVICES, SEAT)
  expect(run).toMatchObject({ exitCode: 0, contradicted: [], notSeen: [] })
  expect(run.confirmed.length).toBeGreaterThanOrEqual(25)
  expect(run.printed).toContain(`\n${run.confirmed.length} confirmed, 0 contradicted, 0 not seen.\n`)
  const [, seconds] = /→ over after (\d+) s/.exec(run.printed) ?? []
  expect(Number(seconds)).toBeGreaterThanOrEqual('apartMs' in world ? 8 : 0)
  const names = [
    ...[TEST_USER, 'acceptance.test', 'example.com', DEMO_ACCOUNT_ID, DEMO_TOKEN],
    ...[user.id, user.uid, String(user.seat.uid)],
    ...user.registrations.flatMap(({ id, device }) => [id, device.id, device.name]),
    ...user.sessions.map(({ nonce }) => nonce),
  ]
  const output = run.printed.toLowerCase()
  expect(names.filter((name) => output.includes(name.toLowerCase()))).toEqual([])
  expect(scene.api.rateLimitHits).toBe(0)
})

test.concurrent('options that are off change nothing, and their rows are not seen', async () => {
  await using opened = await openAcceptance()
  const run = await opened.run()
  expect(run).toMatchObject({ exitCode: 0, notSeen: ['devices_revoked', 'seat_freed', 'seat_registrations'] })
  const { requests } = opened.scene.api
  expect(requests.filter(({ method }) => method === 'PATCH')).toEqual([])
  expect(requests.filter(({ bodyText }) => bodyText.includes('"devices":true'))).toEqual([])
  const revoked = requests.flatMap(({ bodyText }) => /"email":"([^"]+)"/.exec(bodyText)?.[1] ?? [])
  const others = revoked.filter((email) => email.toLowerCase() !== TEST_USER.toLowerCase())
  expect(others).toEqual([expect.stringMatching(/^unknown-[\da-f]{16}@acceptance\.invalid$/)])
})

test.concurrent('a user without a session confirms nothing about revocations', async () => {
  await using opened = await openAcceptance({ user: { sessions: 0, devices: 0 } })
  const run = await opened.run(DEVICES, SEAT)
  expect(run.exitCode).toBe(0)
  expect(run.notSeen).toEqual([
    ...['revocation_true', 'sessions_end', 'revocation_letter_case', 'revocation_again', 'action'],
    ...['last_login', 'session_issued_at', 'session_identity'],
    ...['registration_user_id', 'registration_owner', 'devices_left', 'devices_revoked'],
    'seat_registrations',
  ])
})

/** A made-up answer with the headers that every answer has. */
function answered(result: unknown, more: object = {}, otherHeaders: object = {}) {
  const limits = { ratelimit: '"default";r=1000;t=30', 'ratelimit-policy': '"default";q=1200;w=300' }
  const body = { success: true, errors: [], messages: [], result, ...more }
  return { kind: 'answer', status: 200, headers: { ...limits, ...otherHeaders }, body } as const
}

/** A list of only the test user, with deviations, once. */
function listed({ id, uid, lastLoginAt }: AccessUser, wrong: object, info = {}, headers = {}): FaultRule {
  const last_successful_login = new Date(lastLoginAt ?? 0).toISOString()
  const user = { id, uid, email: TEST_USER, active_device_count: 2, last_successful_login, ...wrong }
  const result_info = { count: 1, page: 1, per_page: 1_000, total_count: 1, ...info }
  return { operation: 'list_users', times: 1, fault: answered([user], { result_info }, headers) }
}

const NO_REGISTRATIONS = { operation: 'list_registrations', fault: answered([]) } as const
const NOT_REVOKED = {
  operation: 'revoke_user',
  email: TEST_USER,
  fault: { ...answered(false), applied: true },
} as const
const SESSION = { name: 'one', metadata: { iat: Math.floor(Date.now() / 1_000) - 60, nonce: '1' } }
const SESSIONS = answered([SESSION], { result_info: { count: 1, total_count: 2 } })
const DISABLED = answered({ id: '0'.repeat(32), status: 'disabled' })

interface FalseWorld extends Difference {
  /** The assumptions that it contradicts. */
  readonly contradicts: string
  /** Those that are not seen in it, besides those of options that are off. */
  readonly hides?: string
  readonly flags?: readonly string[]
}

const WORLDS: Readonly<Record<string, FalseWorld>> = {
  'iat in milliseconds, registrations of all users, and no ray ID': {
    contradicts: 'session_issued_at registration_user_id registration_owner ray_id',
    world: { iatInMilliseconds: true, unfilteredRegistrations: true, withoutRayId: true },
  },
  'no name or nonce, no address in registrations, and a wrong count': {
    contradicts: 'session_identity registration_owner device_count',
    world: {
      ...{ absentSessionFields: ['name', 'metadata.nonce'], absentRegistrationFields: ['user.email'] },
      deviceCountOff: 1,
    },
  },
  'an unknown address that is refused, no last login, and no rate-limit headers': {
    contradicts: 'unknown_address last_login rate_limit_headers',
    hides: 'login_log rate_limit_quota',
    world: {
      ...{ unknownUsers: 'refused', absentUserFields: ['last_successful_login'] },
      withoutRateLimitHeaders: true,
    },
  },
  'addresses whose letter case matters, an unknown one that is answered false, no ID in registrations, and another quota':
    {
      contradicts:
        'revocation_letter_case unknown_address email_filter registration_user_id rate_limit_quota',
      world: { caseSensitive: true, unknownUsers: 'result_false', absentRegistrationFields: ['user.id'] },
      rateLimit: { quota: 600, windowMs: 60_000 },
    },
  'a user whom the filter does not find, no Date, and a token whose status is not active': {
    contradicts: 'action email_filter token_status date_header',
    world: { withoutDate: true },
    user: { foundBySearchOnly: true },
    faults: () => [{ operation: 'verify_user_token', fault: DISABLED }],
  },
  'a login that is logged late, devices that are not counted, and sessions on a second page': {
    contradicts: 'login_log device_count sessions_whole',
    world: { loginLogDelayMs: 600_000 },
    faults: (user) => [
      listed(user, { active_device_count: 0 }),
      { operation: 'active_sessions', times: 1, fault: SESSIONS },
    ],
  },
  'registrations that neither ID finds': {
    contradicts: 'action device_count',
    hides: 'registration_user_id registration_owner devices_left devices_revoked',
    flags: [DEVICES],
    faults: () => [NO_REGISTRATIONS],
  },
  'a count that differs from the records, a Date in another form, and an undescribed answer': {
    contradicts: 'list_counts date_header description',
    faults: (user) => [listed(user, { name: null }, { count: 0 }, { date: new Date().toISOString() })],
  },
  'a revocation that is answered false': {
    contradicts: 'revocation_true',
    hides: 'sessions_end devices_left',
    faults: () => [{ ...NOT_REVOKED, times: 1 }],
  },
  'sessions that stay': {
    contradicts: 'sessions_end',
    hides: 'revocation_letter_case revocation_again action',
    user: { stickySessions: 1 },
  },
  'a second revocation that is answered false, and registrations that outlive the seat': {
    contradicts: 'revocation_again action seat_registrations',
    flags: [SEAT],
    world: { registrationsStay: true },
    faults: () => [{ ...NOT_REVOKED, after: 1 }],
  },
  'devices that are revoked without `devices`': {
    contradicts: 'devices_left',
    hides: 'devices_revoked',
    flags: [DEVICES],
    // They are read before and after the revocation.
    faults: () => [{ ...NO_REGISTRATIONS, after: 1, times: 1 }],
  },
  'devices that are ignored, and a seat that stays': {
    contradicts: 'action devices_revoked seat_freed',
    hides: 'seat_registrations',
    flags: [DEVICES, SEAT],
    world: { devicesIgnored: true, seatsStay: true },
  },
}

test.concurrent.each(Object.entries(WORLDS))(
  '%s',
  async (_world, { contradicts, hides = '', flags = [], ...difference }) => {
    await using opened = await openAcceptance(difference)
    const run = await opened.run(...flags)
    expect(run.contradicted.join(' ')).toBe(contradicts)
    const isOff = (name: string): boolean =>
      name.startsWith('seat_')
        ? !flags.includes(SEAT)
        : name === 'devices_revoked' && !flags.includes(DEVICES)
    expect(run.notSeen.filter((name) => !isOff(name)).join(' ')).toBe(hides)
    expect(run.exitCode).toBe(1)
    expect(opened.scene.api.rateLimitHits).toBe(0)
    // As the program announces.
    expect(opened.scene.api.requests.length).toBeLessThan(200)
  },
  // Half a dozen processes each, and several at once.
  90_000,
)

const YES = ['--yes', TEST_USER]
const COLLEAGUE = 'colleague@acceptance.example.com'
const STRANGER = 'acceptance-2@example.com'
const LONG = 'a'.repeat(40)

test.each<[string, readonly string[], Record<string, string>, RegExp, number, number?]>([
  ['no --yes', [DEVICES, SEAT], {}, /all of the test user's devices[^]*frees[^]*Nothing was done\. To go/, 0],
  ['an unknown option', [...YES, '--device'], {}, /Options are --yes/, 0],
  ['another address', ['--yes', COLLEAGUE], {}, /after --yes is not the one/, 0],
  ['a colleague', ['--yes', COLLEAGUE], { ACCEPTANCE_USER: COLLEAGUE }, /@ must contain "acceptance"/, 0],
  ['no account', YES, { ACCEPTANCE_ACCOUNT_ID: '' }, /Set ACCEPTANCE_ACCOUNT_ID/, 0],
  ['a Global API key', YES, { ACCEPTANCE_API_TOKEN: `cfk_${LONG}` }, /A Global API key cannot/, 0],
  ['another base URL', [...YES, '--api-base-url', 'https://192.0.2.1/'], {}, /--api-base-url must be/, 0],
  ['a stranger', ['--yes', STRANGER], { ACCEPTANCE_USER: STRANGER }, /does not know the user in ACC/, 2],
  ['no permission', YES, { ACCEPTANCE_API_TOKEN: LONG }, /users cannot be read \(HTTP 40\d, code/, 1],
  ['a near rate limit', YES, {}, /Fewer than 200 calls are left/, 1, 1_100],
])('%s: nothing is changed, and no value repeated', async (_name, args, env, words, reads, spent = 0) => {
  await using scene = await Scene.open()
  scene.organization.addUser({ email: TEST_USER })
  scene.api.spend(spent)
  const log = jest.spyOn(console, 'log').mockReturnValue()
  const variables = { ...VARIABLES, ...env }
  const stopped: unknown = await acceptance(['--api-base-url', scene.api.baseUrl, ...args], variables).catch(
    (error: unknown) => error,
  )
  const printed = [...log.mock.calls, stopped].join('\n')
  log.mockRestore()
  expect(stopped).toBeInstanceOf(Stop)
  expect(printed).toMatch(words)
  expect(printed).not.toMatch(/example\.com|aaaa|cfk_/)
  expect(scene.api.requests.map(({ method }) => method)).toEqual(Array(reads).fill('GET'))
})

test.concurrent('a run that is refused ends with 2, and says why', async () => {
  await using opened = await openAcceptance()
  const { exitCode, printed } = await opened.run('--device')
  expect({ exitCode, printed }).toEqual({
    exitCode: 2,
    printed: expect.stringMatching(/^\nOptions are --yes/),
  })
})

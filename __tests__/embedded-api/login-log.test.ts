import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import type { NewLogin } from '../../embedded-api/organization/login.ts'
import { EmbeddedApi, type World } from '../../embedded-api/server.ts'
import { call, LOGINS, revoke } from './raw-client.ts'

const MINUTE = 60_000
const NOW = Date.UTC(2026, 10, 20, 12)
let clock = NOW
let api: EmbeddedApi

beforeEach(() => {
  clock = NOW
})

afterEach(async () => {
  await api.stop()
  expect(api.requests.flatMap(violationsOf)).toEqual([])
})

const ago = (minutes: number, app: string, more: NewLogin = {}): NewLogin => ({
  at: NOW - minutes * MINUTE,
  app,
  ...more,
})

/** Kate signed in four times, `joann` and `ann` once. */
async function start(world: World = {}): Promise<void> {
  const organization = demoOrganization(() => clock)
  const refused = { connection: 'onetimepin', allowed: false }
  const logins = [ago(30, 'c'), ago(10, 'a', refused), ago(20, 'b'), ago(40, 'd')]
  organization.addUser({ email: 'Kate@example.org', logins })
  organization.addUser({ email: 'joann@example.org', logins: [ago(5, 'joann')] })
  organization.addUser({ email: 'ann@example.org', logins: [ago(5, 'ann')] })
  api = await EmbeddedApi.start({ now: () => clock, organizations: [organization], world })
}

const log = async (query: string): Promise<unknown> => (await call(api, `${LOGINS}?${query}`)).json
const apps = (...all: string[]): object => ({ result: all.map((app) => ({ app_domain: app })) })
const time = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString()

test('shows the documented fields, and no result_info', async () => {
  await start()
  expect(await log('email=kate@example.org&email_exact=true&per_page=1')).toEqual({
    success: true,
    errors: [],
    messages: [],
    result: [
      {
        action: 'login',
        allowed: false,
        app_domain: 'a',
        app_uid: expect.stringMatching(/^[\da-f-]{36}$/),
        connection: 'onetimepin',
        created_at: time(10),
        ip_address: '203.0.113.7',
        ray_id: expect.stringMatching(/^[\da-f]{16}$/),
        user_email: 'Kate@example.org',
      },
    ],
  })
})

test.each([
  ['email=kate@example.org', ['a', 'b', 'c', 'd']],
  ['email=kate@example.org&per_page=3&page=2', ['d']],
  ['email=kate@example.org&per_page=3&page=3', []],
  [`email=kate@example.org&since=${time(30)}&direction=desc`, ['a', 'b', 'c']],
  ['email=ann@example.org', ['joann', 'ann']],
  ['email=ann@example.org&email_exact=true', ['ann']],
  ['email=ann@example.org&email_exact=false', ['joann', 'ann']],
  [`since=${time(15)}&email_exact=true`, ['joann', 'ann', 'a']],
  ['email=nobody@example.org', []],
])('lists for %s', async (query, expected) => {
  await start()
  expect(await log(query)).toMatchObject(apps(...expected))
})

test('has 25 entries a page', async () => {
  await start()
  const many = Array.from({ length: 30 }, (_, index) => ago(index, `${index}`))
  api.organization.addUser({ email: 'many@example.org', logins: many })
  expect(await log('email=many@example.org')).toMatchObject({ result: { length: 25 } })
})

test('has an entry for each session, and for a session that begins after a revocation', async () => {
  await start()
  const email = 'back@example.org'
  const login = { app: 'grafana.example.com', connection: 'onetimepin' }
  api.organization.addUser({ email, sessions: 2, signsInAgain: login })
  await revoke(api, email)
  expect(await log(`email=${email}`)).toMatchObject({ result: { length: 2 } })
  clock += 1000
  const latest = {
    app_domain: 'grafana.example.com',
    connection: 'onetimepin',
    created_at: new Date(clock).toISOString(),
  }
  expect(await log(`email=${email}`)).toMatchObject({ result: [latest, {}, {}] })
})

test('shows a login later where the world says so', async () => {
  await start({ loginLogDelayMs: 15 * MINUTE })
  expect(await log('email=kate@example.org')).toMatchObject(apps('b', 'c', 'd'))
  clock += 5 * MINUTE
  expect(await log('email=kate@example.org')).toMatchObject(apps('a', 'b', 'c', 'd'))
})

import { afterEach, expect, test } from '@jest/globals'
import { demoOrganization } from '../../embedded-api/demo-organization.ts'
import { violationsOf } from '../../embedded-api/description/conformity.ts'
import type { NewLogin } from '../../embedded-api/organization/organization.ts'
import { EmbeddedApi, type World } from '../../embedded-api/server.ts'
import { call, LOGINS, revoke } from './raw-client.ts'

const MINUTE = 60_000
const NOW = Date.UTC(2026, 10, 20, 12)
let clock: number
let api: EmbeddedApi

afterEach(async () => {
  await api.stop()
  expect(api.requests.flatMap(violationsOf)).toEqual([])
})

const ago = (minutes: number, app: string): NewLogin => ({ at: NOW - minutes * MINUTE, app })

/** Kate signed in four times, `joann` once, and `ann` in each of the last 30 minutes. */
async function start(world: World = {}): Promise<void> {
  clock = NOW
  const organization = demoOrganization(() => clock)
  const refused = { ...ago(10, 'a'), connection: 'onetimepin', allowed: false }
  organization.addUser({
    email: 'Kate@example.org',
    logins: [ago(30, 'c'), refused, ago(20, 'b'), ago(40, 'd')],
  })
  organization.addUser({ email: 'joann@example.org', logins: [ago(-1, 'later'), ago(0, 'joann')] })
  const logins = Array.from({ length: 30 }, (_, index) => ago(index + 1, 'ann'))
  organization.addUser({ email: 'ann@example.org', logins })
  api = await EmbeddedApi.start({ now: () => clock, organizations: [organization], world })
}

const log = async (query: string): Promise<unknown> => (await call(api, `${LOGINS}?${query}`)).json
const apps = (...all: string[]): object => ({ result: all.map((app) => ({ app_domain: app })) })
const time = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString()

test.each([
  ['email=kate@example.org&email_exact=true', ['a', 'b', 'c', 'd']],
  ['email=kate@example.org&per_page=3&page=2', ['d']],
  [`email=kate@example.org&since=${time(30)}&direction=desc`, ['a', 'b', 'c']],
  ['email=ann@example.org&per_page=2', ['joann', 'ann']],
  ['email=ann@example.org', ['joann', ...Array<string>(24).fill('ann')]],
  ['email=ann@example.org&email_exact=true&per_page=1', ['ann']],
  [`since=${time(0)}&email_exact=true`, ['joann']],
  ['email=nobody@example.org', []],
])('lists for %s', async (query, expected) => {
  await start()
  expect(await log(query)).toMatchObject(apps(...expected))
})

test('has an entry for each session, and for a session that begins after a revocation', async () => {
  await start()
  const email = 'back@example.org'
  api.organization.addUser({ email, sessions: 2, signsInAgain: { app: 'grafana' } })
  await revoke(api, email)
  expect(await log(`email=${email}`)).toMatchObject(apps('intranet.example.com', 'intranet.example.com'))
  clock += 1000
  const latest = { app_domain: 'grafana', created_at: new Date(clock).toISOString() }
  expect(await log(`email=${email}`)).toMatchObject({ result: [latest, {}, {}] })
})

test('shows a login later where the world says so', async () => {
  await start({ loginLogDelayMs: 15 * MINUTE })
  expect(await log('email=kate@example.org')).toMatchObject(apps('b', 'c', 'd'))
  clock += 5 * MINUTE
  expect(await log('email=kate@example.org')).toMatchObject(apps('a', 'b', 'c', 'd'))
})

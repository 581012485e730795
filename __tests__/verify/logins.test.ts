import { expect, test } from '@jest/globals'
import type { NewLogin } from '../../embedded-api/organization/organization.ts'
import type { World } from '../../embedded-api/world.ts'
import { reportOf } from '../support/report.ts'
import { REFUSED, Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300', email: 'ann@example.com' }
const PIN: NewLogin = { app: 'grafana.example.com', connection: 'onetimepin', ipAddress: '203.0.113.9' }
const UNEXPLAINED =
  /^Revoked, but the user signed in again at \S+Z: the account in the identity provider still works/

test.concurrent.each<[string, { login?: NewLogin; world?: World; refused?: boolean; message: RegExp }]>([
  [
    'how the user came back is in the message',
    {
      login: PIN,
      message:
        /^Revoked, but the user signed in again at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ to grafana\.example\.com with one-time PIN \(203\.0\.113\.9\)/,
    },
  ],
  [
    'what cannot stand in a sentence is left out',
    { login: { ...PIN, app: 'a` "b', connection: 'saml' }, message: /again at \S+Z with saml \(203/ },
  ],
  [
    'only the time is left if nothing else can stand in a sentence',
    { login: { app: '"', connection: '"', ipAddress: '"' }, message: /again at \S+Z$/ },
  ],
  [
    'a login that was not allowed explains nothing',
    { login: { ...PIN, allowed: false }, message: UNEXPLAINED },
  ],
  ['a log that is late explains nothing', { world: { loginLogDelayMs: 3_600_000 }, message: UNEXPLAINED }],
  ['a log that may not be read explains nothing', { refused: true, message: UNEXPLAINED }],
])('%s', async (_name, { login = {}, world, refused = false, message }) => {
  await using scene = await Scene.openWithoutWaits({ ...(world && { world }) })
  scene.organization.addUser({ email: 'ann@example.com', signsInAgain: login })
  if (refused) scene.inject({ operation: 'list_logins', fault: REFUSED })
  const result = await scene.runSource(VERIFY)
  expect(reportOf(result).users).toMatchObject([
    { status: 'failed', errors: [{ message: expect.stringMatching(message) }] },
  ])
})

test.concurrent('it is read once, also where sessions, devices and the last login show it', async () => {
  await using scene = await Scene.openWithoutWaits({ world: { registrationsComeBack: true } })
  scene.organization.addUser({ email: 'ann@example.com', devices: 1, signsInAgain: PIN, logins: [] })
  const left = new Date(Date.now() - 3_600_000).toISOString()
  const email = JSON.stringify([{ email: 'ann@example.com', revoke_after: left }])
  const result = await scene.runSource({ ...VERIFY, devices: 'true', email })
  expect(result.stdout).toMatch(/registered devices again, after signing in at \S+ to grafana/)
  expect(scene.api.requests.filter(({ operation }) => operation === 'list_logins')).toHaveLength(1)
})

test.concurrent('a last login after `revoke_after` is explained as well', async () => {
  await using scene = await Scene.openWithoutWaits()
  const at = Date.now() - 5 * 3_600_000
  scene.organization.addUser({ email: 'ann@example.com', lastLoginAt: at, logins: [{ ...PIN, at }] })
  const left = new Date(Date.now() - 72 * 3_600_000).toISOString()
  const email = JSON.stringify([{ email: 'ann@example.com', revoke_after: left }])
  const result = await scene.runSource({ ...VERIFY, email })
  expect(result.errors[0]).toMatch(
    /Revoked, but the user still signed in at \S+ to grafana\.example\.com with one-time PIN \(203\.0\.113\.9\), more than a day/,
  )
})

import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import { Scene, type With } from '../support/scene.ts'
import { reportOf } from '../support/report.ts'
import { KEY, read } from '../support/inputs.ts'

const OFFLINE: With = { 'dry-run': 'offline', 'account-id': null, 'api-token': null }
const LIST: With = { ...OFFLINE, email: null, 'users-file': 'leavers.csv' }
const CSV = `email,revoke_after
leaver@example.com,now
contractor@example.com,2070-01-01
intern@example.com,2001-01-01
`

test.concurrent('it sends nothing, and shows who is due when', async () => {
  await using scene = await Scene.open()
  const inputs = { ...LIST, timezone: 'Europe/Berlin', verify: 'true', devices: 'true' }
  const result = await scene.runSource(inputs, {
    files: { 'leavers.csv': CSV },
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  })
  expect(scene.api.requests).toEqual([])
  expect(result.exitCode).toBe(0)
  expect(result.warnings).toEqual([])
  expect(result.log.join('\n')).toMatch(
    /^Offline check, nothing is sent\. A run would revoke the Access tokens and devices of leaver@example\.com\.\nleaver@example\.com: would be revoked\.$/m,
  )
  const expected = /^Offline check: 1 user would be revoked \(1 not due yet, 1 due more than 30 days ago\)\.$/
  expect(result.log.at(-1)).toMatch(expected)
  expect(result.summary).toMatch(/^<h3>🔍 Cloudflare Access – Offline check: 1 user would be revoked \(/)
  expect(result.summary).toMatch(
    /contractor@example\.com[^]*not due yet[^]*2070-01-01<\/code>: due from 2070-01-02 00:00 \(Europe\/Berlin\)/,
  )
  expect(result.summary).toMatch(
    /intern@example\.com[^]*2001-01-01<\/code>: due from 2001-01-02 00:00 \(Europe\/Berlin\)/,
  )
  expect(reportOf(result)).toMatchObject({
    dry_run: true,
    target: null,
    options: { dry_run: 'offline' },
    users: [{ status: 'would_revoke', revocation: 'not_sent' }, { status: 'not_due' }, { status: 'past' }],
  })
  expect(result.outputs).toMatchObject({ revoked: 'false', 'revoked-count': '0', 'failed-count': '0' })
})

test.concurrent('bad rows are errors at their lines', async () => {
  await using scene = await Scene.open()
  const files = { 'leavers.csv': `${CSV}nobody,now\n` }
  const result = await scene.runSource(LIST, { files })
  expect(result.exitCode).toBe(1)
  expect(result.stdout).toMatch(/^::error file=leavers\.csv,line=5::/m)
})

test('it finds a malformed account', async () => {
  expect((await read({ ...OFFLINE, 'account-id': 'x' })).problems).toEqual([
    expect.stringMatching(/^`account-id` is not 32 hex/),
  ])
})

test.each<With>([
  { 'api-token': '', 'api-email': '', 'api-key': '', 'account-id': '', 'zone-id': '' },
  { 'api-email': 'owner@example.com', 'api-key': '' },
  { 'api-key': KEY },
  { 'api-token': 'x', 'account-id': DEMO_ACCOUNT_ID },
])('it is content with %j, and an unknown proxy', async (inputs) => {
  const proxy = { https_proxy: 'socks5://proxy.example.com' }
  expect((await read({ ...OFFLINE, ...inputs }, proxy)).problems).toEqual([])
})

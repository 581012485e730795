import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import { REPORT_SCHEMA, reportSchema } from '../../scripts/report-schema.ts'
import { INPUTS } from '../../src/inputs/options.ts'
import { KEY } from '../support/inputs.ts'
import { reportOf } from '../support/report.ts'
import { POSIX } from '../support/platform.ts'
import { LEAVER, REFUSED, Scene } from '../support/scene.ts'

test('docs/report.schema.json is current: `npm run schema` writes it', () => {
  expect(readFileSync(REPORT_SCHEMA, 'utf8')).toBe(reportSchema())
})

test('every input that is no credential is in the report, which is for its owner alone', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({
    'api-token': null,
    'api-email': 'owner@example.com',
    'api-key': KEY,
    verify: 'sessions',
    'request-timeout': '20',
    devices: 'TRUE',
  })
  const { options } = reportOf(result)
  const names = Object.keys(INPUTS).filter((name) => name !== 'api-token' && name !== 'api-key')
  expect(Object.keys(options).toSorted()).toEqual(names.map((name) => name.replaceAll('-', '_')).toSorted())
  const understood = { verify: 'sessions', devices: true, request_timeout: 20 }
  const defaults = { date_column: 'revoke_after', user_uid: '' }
  expect(options).toMatchObject({ email: LEAVER, account_id: DEMO_ACCOUNT_ID, ...understood, ...defaults })
  expect(result.report).not.toContain(KEY)
  if (POSIX) expect(result.reportMode & 0o077).toBe(0)
})

test('the IDs of users who were looked up are in the report, with any outcome', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ email: 'contractor@example.com', operation: 'revoke_user', fault: REFUSED })
  const email = [LEAVER, 'contractor@example.com', 'nobody@example.com'].join()
  const id = scene.organization.userByEmail(LEAVER)?.id
  const ids = [[id], [scene.organization.userByEmail('contractor@example.com')?.id], undefined]
  for (const inputs of [{ 'dry-run': 'true' }, {}]) {
    const result = await scene.runSource({ email, verify: 'true', ...inputs })
    expect(reportOf(result).users.map((user) => user.account_user_ids)).toEqual(ids)
  }
})

test.each([
  ['malformed', '../event.json', { '../event.json': '{' }],
  ['missing', '/nowhere\n::error::x', {}],
])('an event file that is %s hides the environment alone', async (_name, path, files) => {
  await using scene = await Scene.openWithoutWaits()
  const env = { GITHUB_EVENT_PATH: path, GITHUB_ACTOR: 'octocat' }
  const result = await scene.runSource({}, { env, files })
  expect(result.exitCode).toBe(0)
  expect(reportOf(result).run).toEqual({ actor: 'octocat' })
  expect(result.stdout).not.toContain('nowhere')
})

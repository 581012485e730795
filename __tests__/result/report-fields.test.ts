import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { REPORT_SCHEMA, reportSchema } from '../../scripts/report-schema.ts'
import { INPUTS } from '../../src/inputs/options.ts'
import { reportOf } from '../support/report.ts'
import { POSIX } from '../support/platform.ts'
import { LEAVER, REFUSED, Scene } from '../support/scene.ts'

test('docs/report.schema.json is current: `npm run schema` writes it', () => {
  expect(readFileSync(REPORT_SCHEMA, 'utf8')).toBe(reportSchema())
})

test('every field of the schema has a description', () => {
  const undescribed = (schema: unknown, path: string): string[] => {
    if (typeof schema !== 'object' || schema === null) return []
    return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
      if (key !== 'properties' || typeof value !== 'object' || value === null)
        return undescribed(value, `${path}/${key}`)
      return Object.entries(value).flatMap(([name, field]: [string, unknown]) => [
        ...(JSON.stringify(field).includes('"description":') ? [] : [`${path}/${name}`]),
        ...undescribed(field, `${path}/${name}`),
      ])
    })
  }
  expect(undescribed(JSON.parse(reportSchema()), '')).toEqual([])
})

test('every input that is not a secret is in the report, as the action understands it', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({
    verify: 'sessions',
    'request-timeout': '20',
    devices: 'TRUE',
    'user-uid': '',
  })
  const { options } = reportOf(result)
  const names = Object.keys(INPUTS).filter((name) => name !== 'api-token' && name !== 'api-key')
  expect(Object.keys(options).toSorted()).toEqual(names.map((name) => name.replaceAll('-', '_')).toSorted())
  expect(options).toMatchObject({
    email: LEAVER,
    account_id: DEMO_ACCOUNT_ID,
    verify: 'sessions',
    devices: true,
    request_timeout: 20,
    date_column: 'revoke_after',
    user_uid: '',
  })
  expect(result.report).not.toContain(DEMO_TOKEN)
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

test('it is for its owner alone, and holds no credential', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({
    'api-token': null,
    'api-email': 'owner@example.com',
    'api-key': 'key0123',
  })
  if (POSIX) expect(result.reportMode & 0o077).toBe(0)
  expect(result.report).not.toContain('key0123')
})

test('the text of the input is a list, too', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ 'users-file': 'l.txt' }, { files: { 'l.txt': LEAVER } })
  expect(reportOf(result).lists).toMatchObject([
    { name: 'email', users: 1 },
    { name: 'l.txt', users: 1 },
  ])
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

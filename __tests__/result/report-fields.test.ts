import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { REPORT_SCHEMA, reportSchema } from '../../scripts/report-schema.ts'
import { INPUTS } from '../../src/inputs/options.ts'
import { reportOf } from '../support/report.ts'
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

test('a secret that another input repeats is not in the report', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ 'email-column': `x ${DEMO_TOKEN}` })
  expect(reportOf(result).options['email_column']).toBe('x ***')
})

test('the lists are in the report with what identifies them', async () => {
  await using scene = await Scene.open()
  const list = `# x\n${LEAVER}\n`
  const result = await scene.runSource({ 'users-file': 'l.txt' }, { files: { 'l.txt': list } })
  expect(reportOf(result).lists).toEqual([
    { name: 'email', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), users: 1 },
    { name: 'l.txt', sha256: createHash('sha256').update(list).digest('hex'), users: 1 },
  ])
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
  const blind = reportOf(await scene.runSource())
  expect(blind.users[0]).not.toHaveProperty('account_user_ids')
})

test('a step whose inputs are wrong leaves a report with every problem, and without their values', async () => {
  await using scene = await Scene.open()
  const token = 'x'.repeat(40)
  const files = { 'l.csv': 'email\nnobody\n' }
  const result = await scene.runSource(
    { email: null, 'users-file': 'l.csv', 'account-id': token, devices: 'yes' },
    { files },
  )
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toMatchObject({ revoked: 'false', 'failed-count': '', failed: '' })
  expect(result.outputs['report']).toMatch(/report\.json$/)
  const report: unknown = JSON.parse(result.report)
  expect(report).toMatchObject({ version: 1, users: [], action: { version: expect.any(String) } })
  expect(report).toHaveProperty(
    'problems',
    expect.arrayContaining([
      { message: expect.stringMatching(/^`devices` is "yes"/) },
      { message: expect.stringMatching(/nobody/), file: 'l.csv', line: 2 },
    ]),
  )
  expect(result.report).not.toContain(token)
  expect(report).not.toHaveProperty('options')
  expect(report).not.toHaveProperty('totals')
})

test('a report that cannot be written does not hide the problems with the inputs', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ devices: 'yes' }, { env: { RUNNER_TEMP: '/nonexistent' } })
  expect(result.exitCode).toBe(1)
  expect(result.outputs['report']).toBe('')
  expect(result.errors.at(-1)).toMatch(/`devices`/)
})

test('in a dry run, the outputs count who would fail', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({
    email: `${LEAVER},nobody@example.com`,
    'dry-run': 'true',
    verify: 'true',
  })
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toMatchObject({
    revoked: 'false',
    'revoked-count': '0',
    'failed-count': '1',
    failed: '["nobody@example.com"]',
  })
  expect(reportOf(result).users).toMatchObject([
    { status: 'would_revoke' },
    {
      status: 'would_revoke',
      reason: expect.stringMatching(/^Would fail: the organization knows no such user\. Check/),
    },
  ])
})

test('what the runner does not provide is not in the report', async () => {
  await using scene = await Scene.open()
  const env = { GITHUB_EVENT_PATH: '../event.json', GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_SHA: '' }
  const result = await scene.runSource({}, { env, files: { '../event.json': '{}' } })
  expect(reportOf(result).run).toEqual({ repository: 'octo-org/octo-repo' })
  expect(reportOf(result).action).toEqual({ version: expect.any(String) })
})

test('a reference is whole in the report, however long it is', async () => {
  await using scene = await Scene.open()
  const reference = `https://tickets.example.com/HR-1041?${'x'.repeat(500)}`
  const result = await scene.runSource({ email: JSON.stringify([{ email: LEAVER, reference }]) })
  expect(reportOf(result).users).toMatchObject([{ reference }])
  expect(result.stdout).not.toContain(reference)
})

test('in a dry run that is stopped, users were not checked', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ 'dry-run': 'true', 'api-token': 'unknown' })
  expect(reportOf(result).users).toMatchObject([
    {
      status: 'skipped',
      reason: expect.stringMatching(/^Not checked\. The API token could not be confirmed/),
      controls: { sessions: 'not_requested' },
    },
  ])
})

test('users who were not processed have controls and a reason, too', async () => {
  await using scene = await Scene.open()
  scene.inject({ operation: 'revoke_user', fault: { ...REFUSED, status: 403 } })
  const email = JSON.stringify([
    { email: 'first@example.com' },
    { email: 'second@example.com' },
    { email: 'later@example.com', revoke_after: '2999-01-01' },
  ])
  const { users } = reportOf(await scene.runSource({ email, devices: 'true' }))
  expect(users).toMatchObject([
    { status: 'failed', reason: expect.stringMatching(/^Not revoked: Cloudflare answered 403/) },
    {
      status: 'skipped',
      reason: expect.stringMatching(/^Not revoked: the run was stopped before the revocation was sent\./),
    },
    { status: 'not_due' },
  ])
  expect(users.map(({ controls }) => [controls['devices'], controls['seat']])).toEqual([
    ['failed', 'not_requested'],
    ['failed', 'not_requested'],
    ['not_requested', 'not_requested'],
  ])
  expect(users[2]).not.toHaveProperty('reason')
})

import { describe, expect, test } from '@jest/globals'
import { POSIX } from '../support/platform.ts'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import { reportOf } from '../support/report.ts'
import { REFUSED, Scene } from '../support/scene.ts'

describe('the report', () => {
  test.concurrent('lists every user once, in the order given, with the outcome', async () => {
    await using scene = await Scene.open()
    const csv =
      'Revoke After,E-Mail\nnow,user1@example.com\n2999-01-01,user2@example.com\n2001-01-01,user3@example.com\nnow,USER1@example.com\n'
    scene.inject({
      email: 'user0@example.com',
      fault: REFUSED,
    })
    const result = await scene.runSource(
      { email: 'user0@example.com', 'users-file': 'leavers.csv' },
      { files: { 'leavers.csv': csv } },
    )
    const report = reportOf(result)
    expect(report.users).toMatchObject([
      {
        email: 'user0@example.com',
        status: 'failed',
        revocation: 'unconfirmed',
        attempts: 1,
        http_status: 400,
        errors: [{ code: 12345, message: 'No.' }],
      },
      {
        email: 'user1@example.com',
        status: 'revoked',
        revocation: 'confirmed',
        attempts: 1,
        http_status: 200,
        errors: [],
      },
      {
        email: 'user2@example.com',
        status: 'not_due',
        revocation: 'not_sent',
        attempts: 0,
        revoke_after: '2999-01-01',
      },
      {
        email: 'user3@example.com',
        status: 'past',
        revocation: 'not_sent',
        attempts: 0,
        revoke_after: '2001-01-01',
      },
    ])
    expect(report.totals).toEqual({
      requested: 4,
      revoked: 1,
      failed: 1,
      unknown: 0,
      skipped: 0,
      not_due: 1,
      past: 1,
      would_revoke: 0,
    })
    expect(report.target).toEqual({ type: 'account', id: DEMO_ACCOUNT_ID })
    expect(result.outputs).toMatchObject({
      revoked: 'false',
      'revoked-count': '1',
      'failed-count': '1',
      'unknown-count': '0',
      failed: '["user0@example.com"]',
    })
    expect(result.exitCode).toBe(1)
    expect(result.log.join('\n')).toMatch(/1 entry names a user that an earlier entry named/)
    const past =
      '1 user left more than 30 days ago and was left alone; raise `due-within-days` to include them.'
    expect(result.log).toEqual(expect.arrayContaining(['1 user not due yet, left alone.', past]))
    expect(result.summary).toContain(`<p>${past.replaceAll(/`(.*?)`/g, '<code>$1</code>')}</p>`)
    expect(result.errors.at(-1)).toBe(
      '1 of 2 users revoked: 1 failed (1 not due yet, 1 left more than 30 days ago, left alone).',
    )
  })

  test.concurrent('is for its owner alone, and holds no credential', async () => {
    await using scene = await Scene.open()
    const result = await scene.runSource({
      'api-token': null,
      'api-email': 'owner@example.com',
      'api-key': 'key0123',
    })
    if (POSIX) expect(result.reportMode & 0o077).toBe(0)
    expect(result.report).not.toContain('key0123')
  })

  test.concurrent('says who ran the step, as far as the runner does', async () => {
    await using scene = await Scene.open()
    const env = {
      GITHUB_EVENT_PATH: '../event.json',
      GITHUB_ACTOR: 'octocat',
      GITHUB_TRIGGERING_ACTOR: 'hubot',
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_WORKFLOW: 'Offboard',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_SERVER_URL: 'https://github.com',
    }
    const whole = await scene.runSource({}, { env, files: { '../event.json': '{}' } })
    expect(reportOf(whole).run).toEqual({
      actor: 'octocat',
      triggering_actor: 'hubot',
      event: 'workflow_dispatch',
      repository: 'octo-org/octo-repo',
      workflow: 'Offboard',
      run_id: 42,
      attempt: 2,
      url: 'https://github.com/octo-org/octo-repo/actions/runs/42/attempts/2',
    })
    const malformed = await scene.runSource({}, { env, files: { '../event.json': '{' } })
    expect(malformed.exitCode).toBe(0)
    expect(reportOf(malformed).run).toEqual({})
    const missing = await scene.runSource({}, { env: { ...env, GITHUB_EVENT_PATH: '/nowhere\n::error::x' } })
    expect(missing.exitCode).toBe(0)
    expect(missing.stdout).not.toContain('nowhere')
  })
})

test.concurrent('a user without a date stays, and the summary says so', async () => {
  await using scene = await Scene.open()
  const files = { 'l.csv': 'email,revoke_after\nstays@example.com,\nleaver@example.com,now\n' }
  const result = await scene.runSource(
    { email: null, 'users-file': 'l.csv', 'blank-date': 'not-due' },
    { files },
  )
  expect(result.exitCode).toBe(0)
  expect(result.summary).toMatch(/stays@example\.com.*not due yet<\/td><td><\/td><td>no date/)
  expect(scene.api.requests).toHaveLength(1)
})

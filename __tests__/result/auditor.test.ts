import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import { VERSION } from '../../src/cloudflare/client.ts'
import { reportOf } from '../support/report.ts'
import { REPOSITORY } from '../support/repository.ts'
import { REFUSED, Scene, type With } from '../support/scene.ts'

/** When the colleague leaves. */
const LATER = new Date().getUTCFullYear() + 10

const LIST = `email,revoke_after,ticket
leaver@example.com,now,HR-1041
contractor@example.com,now,HR-1042
trainee.example.com,now,HR-1043
colleague@example.com,${LATER}-01-31,HR-1044
former@example.com,2001-01-31,HR-1045
`
const WITH: With = {
  email: null,
  'users-file': 'leavers.csv',
  'reference-column': 'ticket',
  'bad-rows': 'skip',
  devices: 'true',
  'warp-session-reauth': 'true',
  verify: 'true',
}
const COMMIT = 'ffac537e6cbbf934b08745a378932722df287a53'
const ENV = {
  GITHUB_EVENT_PATH: '../event.json',
  GITHUB_ACTION_REPOSITORY: REPOSITORY,
  GITHUB_ACTION_REF: 'v1.0.0',
  GITHUB_ACTOR: 'octocat',
  GITHUB_TRIGGERING_ACTOR: 'hubot',
  GITHUB_REPOSITORY: 'octo-org/offboarding',
  GITHUB_WORKFLOW_SHA: COMMIT,
  GITHUB_RUN_ID: '1658821493',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_SERVER_URL: 'https://github.com',
}
const FILES = {
  'leavers.csv': LIST,
  '../event.json': '{"deployment": {"environment": "offboarding"}}',
}

test("an auditor's ten questions are answered by the report alone", async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ operation: 'revoke_user', email: 'contractor@example.com', fault: REFUSED })
  const result = await scene.runSource(WITH, { env: ENV, files: FILES })
  expect(result.exitCode).toBe(1)
  const report = reportOf(result)
  const [leaver, ...others] = report.users
  const call = scene.api.requests.find(({ operation }) => operation === 'revoke_user')
  const at = (time: string | undefined): number => Date.parse(time ?? '')

  // 1. Who was revoked?
  const id = scene.organization.userByEmail('leaver@example.com')?.id
  expect(leaver).toMatchObject({ email: 'leaver@example.com', status: 'revoked', account_user_ids: [id] })
  expect(others.map(({ status }) => status)).toEqual(['failed', 'not_due', 'past'])
  expect(report.target).toEqual({ type: 'account', id: DEMO_ACCOUNT_ID })

  // 2. When?
  expect(at(leaver?.started_at)).toBeLessThanOrEqual(call?.receivedAt ?? 0)
  expect(at(leaver?.finished_at)).toBeGreaterThanOrEqual(call?.answeredAt ?? Number.NaN)

  // 3. Confirmed by which call? The log has the ID that Cloudflare gave to that call.
  const line = /^leaver@example\.com \(HR-1041\): revoked and verified \(.*; ray ID ([0-9a-f]{16}-EMB)\)/m
  const [, rayId = ''] = line.exec(result.log.join('\n')) ?? []
  expect(leaver).toMatchObject({ revocation: 'confirmed', http_status: 200, ray_id: rayId })

  // 4. What was verified, and when? 5. What was only confirmed, and what was not requested?
  expect(leaver).toMatchObject({ sessions_before: 3, sessions_after: 0, devices_before: 2, devices_after: 0 })
  expect(leaver?.controls).toEqual({
    sessions: 'verified',
    devices: 'verified',
    access_tokens: 'confirmed',
    warp_session: 'confirmed',
    seat: 'not_requested',
  })
  expect(at(leaver?.verified_at)).toBeGreaterThanOrEqual(at(leaver?.finished_at))

  // 6. Who started it, and where is who approved it? GitHub keeps the approvals with the run and the environment.
  expect(report.run).toMatchObject({
    actor: 'octocat',
    triggering_actor: 'hubot',
    environment: 'offboarding',
    url: 'https://github.com/octo-org/offboarding/actions/runs/1658821493/attempts/2',
  })

  // 7. By which list, and which code?
  const sha256 = createHash('sha256').update(LIST).digest('hex')
  expect(report.lists).toEqual([{ name: 'leavers.csv', sha256, users: 4 }])
  expect(report.action).toEqual({ version: VERSION, repository: REPOSITORY, ref: 'v1.0.0' })
  expect(report.run).toMatchObject({ workflow_sha: COMMIT })

  // 8. Who failed, and why?
  expect(others[0]).toMatchObject({
    email: 'contractor@example.com',
    reason: expect.stringMatching(/^Not revoked: Cloudflare answered 400 .*"No\."/),
    controls: { sessions: 'failed', devices: 'failed' },
  })

  // 9. Which rows were not used?
  const problems = [expect.stringMatching(/is not an email address/)]
  expect(report.bad_rows).toEqual([{ source: 'leavers.csv:4', value: 'trainee.example.com', problems }])

  // 10. Whom would a rerun revoke? The users who are due at that time, and no one else.
  const longest = Number(report.options['due_within_days']) * 86_400_000
  const dueAt = (time: number): string[] =>
    report.users.flatMap(({ email, due_at: due }) => {
      const age = due === undefined ? 0 : time - at(due)
      return age >= 0 && age <= longest ? [email] : []
    })
  expect(dueAt(at(report.finished_at))).toEqual(['leaver@example.com', 'contractor@example.com'])
  expect(dueAt(Date.UTC(LATER, 1, 2))).toContain('colleague@example.com')
})

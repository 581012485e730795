import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID } from '../../embedded-api/demo-organization.ts'
import type { StepResult } from '../../scripts/step.ts'
import { type Report, reportOf } from '../support/report.ts'
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
  GITHUB_EVENT_NAME: 'deployment',
  GITHUB_REPOSITORY: 'octo-org/offboarding',
  GITHUB_WORKFLOW: 'Revoke with evidence',
  GITHUB_WORKFLOW_REF: 'octo-org/offboarding/.github/workflows/evidence.yml@refs/heads/main',
  GITHUB_WORKFLOW_SHA: COMMIT,
  GITHUB_SHA: COMMIT,
  GITHUB_JOB: 'revoke',
  GITHUB_RUN_ID: '1658821493',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_SERVER_URL: 'https://github.com',
}
const FILES = {
  'leavers.csv': LIST,
  '../event.json': '{"deployment": {"environment": "offboarding"}}',
}

type ReportedUser = Report['users'][number]

/** The users with a status, each with one of their fields. */
function byAddress<Key extends keyof ReportedUser>(
  { users }: Report,
  key: Key,
  isMeant: (user: ReportedUser) => boolean = () => true,
): Record<string, ReportedUser[Key]> {
  return Object.fromEntries(users.filter(isMeant).map((user) => [user.email, user[key]]))
}

/** The report of a step, and the API that it called. */
async function audited(): Promise<{ report: Report; scene: Scene; result: StepResult }> {
  const scene = await Scene.openWithoutWaits()
  scene.inject({ operation: 'revoke_user', email: 'contractor@example.com', fault: REFUSED })
  const result = await scene.runSource(WITH, { env: ENV, files: FILES })
  return { report: reportOf(result), scene, result }
}

test("an auditor's ten questions are answered by the report alone", async () => {
  const { report, scene, result } = await audited()
  await using _scene = scene
  expect(result.exitCode).toBe(1)
  const calls = scene.api.requests.filter(({ operation }) => operation === 'revoke_user')
  const isRevoked = ({ status }: ReportedUser): boolean => status === 'revoked'

  // 1. Who was revoked?
  expect(Object.keys(byAddress(report, 'status', isRevoked))).toEqual(['leaver@example.com'])
  const id = scene.organization.userByEmail('leaver@example.com')?.id
  expect(byAddress(report, 'account_user_ids', isRevoked)).toEqual({ 'leaver@example.com': [id] })
  expect(report.target).toEqual({ type: 'account', id: DEMO_ACCOUNT_ID })

  // 2. When?
  const leaver = report.users.find(isRevoked)
  const at = (time: string | undefined): number => Date.parse(time ?? '')
  expect(at(leaver?.started_at)).toBeLessThanOrEqual(calls[0]?.receivedAt ?? 0)
  expect(at(leaver?.finished_at)).toBeGreaterThanOrEqual(calls[0]?.answeredAt ?? Number.NaN)

  // 3. Confirmed by which call? The log has the ID that Cloudflare gave to that call.
  const [, rayId] =
    /^leaver@example\.com \(HR-1041\): revoked and verified \(.*; ray ID (\S+)\)/m.exec(
      result.log.join('\n'),
    ) ?? []
  expect(rayId).toMatch(/^[0-9a-f]{16}-EMB$/)
  expect(leaver).toMatchObject({ revocation: 'confirmed', http_status: 200, ray_id: rayId })

  // 4. What was verified, and when?
  expect(byAddress(report, 'controls', isRevoked)).toMatchObject({
    'leaver@example.com': { sessions: 'verified', devices: 'verified' },
  })
  expect(leaver).toMatchObject({ sessions_before: 3, sessions_after: 0, devices_before: 2, devices_after: 0 })
  expect(at(leaver?.verified_at)).toBeGreaterThanOrEqual(at(leaver?.finished_at))

  // 5. What was only confirmed, and what was not requested?
  expect(byAddress(report, 'controls', isRevoked)).toMatchObject({
    'leaver@example.com': { access_tokens: 'confirmed', warp_session: 'confirmed', seat: 'not_requested' },
  })
  expect(report.options['remove_seat']).toBe(false)

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
  expect(report.action).toEqual({
    version: '1.0.0',
    repository: REPOSITORY,
    ref: 'v1.0.0',
  })
  expect(report.run).toMatchObject({
    workflow_ref: ENV.GITHUB_WORKFLOW_REF,
    workflow_sha: COMMIT,
    sha: COMMIT,
    job: 'revoke',
  })

  // 8. Who failed, and why?
  expect(byAddress(report, 'reason', ({ reason }) => reason !== undefined)).toEqual({
    'contractor@example.com': expect.stringMatching(/^Not revoked: Cloudflare answered 400 .*"No\."/),
  })
  expect(byAddress(report, 'controls', ({ status }) => status === 'failed')).toMatchObject({
    'contractor@example.com': { sessions: 'failed', devices: 'failed' },
  })

  // 9. Which rows were not used?
  expect(report.bad_rows).toEqual([
    {
      source: 'leavers.csv:4',
      value: 'trainee.example.com',
      problems: [expect.stringMatching(/is not an email address/)],
    },
  ])
  expect(report.totals).toMatchObject({ requested: 5, revoked: 1, failed: 2, not_due: 1, past: 1 })

  // 10. What would a rerun do? It revokes the users who are due at that time, and no one else.
  expect(dueAt(report, at(report.finished_at))).toEqual(['leaver@example.com', 'contractor@example.com'])
  expect(dueAt(report, Date.UTC(LATER, 1, 2))).toContain('colleague@example.com')
})

/** The users whom a rerun at a time revokes (again), by the report alone. */
function dueAt({ users, options }: Report, time: number): string[] {
  const days = Number(options['due_within_days'])
  return users
    .filter(({ due_at: due }) => {
      const age = due === undefined ? 0 : time - Date.parse(due)
      return age >= 0 && age <= days * 86_400_000
    })
    .map(({ email }) => email)
}

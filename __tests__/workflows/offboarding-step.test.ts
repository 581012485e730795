import { expect, test } from '@jest/globals'
import type { WorkflowResult } from './act.ts'
import { LEAVER, sceneOf } from './scene.ts'

const USER = '/api/v1/users/leaver%40example.com'
const SESSIONS = '/api/v1/users/00u1/sessions?oauthTokens=true'

const scene = sceneOf('offboarding-step.yml')

test('the identity provider comes first: suspended, and its sessions ended', async () => {
  const result = await offboard()
  expect(result.jobs).toEqual({ offboard: 'success' })
  const { requests } = scene.outside
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET ${USER}`,
    'POST /api/v1/users/00u1/lifecycle/suspend',
    `DELETE ${SESSIONS}`,
  ])
  expect(requests[0]).toMatchObject({ headers: { authorization: 'SSWS okta-token' } })
  expect(scene.revoked()).toEqual([LEAVER])
  expect(scene.api.requests[0]?.receivedAt).toBeGreaterThanOrEqual(requests[2]?.receivedAt ?? Infinity)
  expect(result.notices).toContain('revoked at Cloudflare Access.')
})

test.each(['SUSPENDED', 'DEPROVISIONED'])('a second run, with the account %s, succeeds', async (status) => {
  const result = await offboard(status)
  expect(result.jobs).toEqual({ offboard: 'success' })
  expect(scene.outside.requests.map(({ method }) => method)).toEqual(['GET', 'DELETE'])
  expect(scene.revoked()).toEqual([LEAVER])
})

test('an account that Okta cannot suspend fails the job, and Access is still revoked', async () => {
  const result = await offboard('LOCKED_OUT')
  expect(result.notices).toContain('Okta cannot suspend an account with the status LOCKED_OUT')
  expect(scene.revoked()).toEqual([LEAVER])
  scene.expectAlert(result, 'An offboarding failed')
})

test.each([
  ['suspending', '/api/v1/users/00u1/lifecycle/suspend'],
  ['ending the sessions', SESSIONS],
])('if %s fails, Access is still revoked; the job is red', async (_, path) => {
  scene.outside.answers.set(path, { status: 403, body: '' })
  const result = await offboard()
  expect(scene.revoked()).toEqual([LEAVER])
  expect(result.notices).not.toContain('revoked at Cloudflare Access.')
  scene.expectAlert(result, 'An offboarding failed')
})

test('an address with shell syntax in it stays data on its way through the shell', async () => {
  const email = '$(exit 3)`id`";\'*?&#/../@example.com'
  const result = await offboard('ACTIVE', email)
  const [, segment = ''] = /users\/(.*)$/.exec(scene.outside.requests[0]?.path ?? '') ?? []
  expect(segment).not.toContain('/')
  expect(decodeURIComponent(segment)).toBe(email)
  expect(result.jobs).toMatchObject({ offboard: 'failure' })
  expect(scene.api.requests).toEqual([])
})

/** Offboards a user whose account at Okta has this status. */
function offboard(status = 'ACTIVE', email = LEAVER.email): Promise<WorkflowResult> {
  scene.outside.answers.set(USER, { status: 200, body: JSON.stringify({ id: '00u1', status }) })
  const secrets = { OKTA_API_TOKEN: 'okta-token' }
  return scene.runForm({ email }, { secrets, vars: { OKTA_ORG_URL: scene.outside.url } })
}

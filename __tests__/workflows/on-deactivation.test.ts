import { expect, test } from '@jest/globals'
import { LEAVER, sceneOf, dispatch } from './scene.ts'

const STEP = 'revoke: Revoke Cloudflare Access'
const LAST_STEP = 'revoke: Fail unless the person was revoked'

const scene = sceneOf('on-deactivation.yml')

/** What GitHub sends for POST /repos/{owner}/{repo}/dispatches, in the parts that a workflow may read. */
function repositoryDispatch(clientPayload: object): object {
  return {
    action: 'account-deactivated',
    branch: 'main',
    client_payload: clientPayload,
    repository: { full_name: 'example-org/offboarding', private: true },
    sender: { login: 'offboarding-relay[bot]', type: 'Bot' },
  }
}

const forged = (clientPayload: object) =>
  scene.run({ event: 'repository_dispatch', payload: repositoryDispatch(clientPayload) })

test.each([
  ['workflow_dispatch', dispatch({ email: LEAVER.email })],
  ['repository_dispatch', repositoryDispatch({ email: LEAVER.email })],
])('%s revokes the person', async (event, payload) => {
  const result = await scene.run({ event, payload })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(result.steps).toMatchObject({ [LAST_STEP]: 'success' })
  expect(scene.revoked()).toEqual([LEAVER])
})

test.each([
  ['a date in the future', [{ email: LEAVER.email, revoke_after: '2999-12-31' }]],
  ['a date long ago', [{ email: LEAVER.email, revoke_after: '2001-12-31' }]],
])('forged with %s, the last step is red', async (_, users) => {
  const result = await forged({ email: JSON.stringify(users) })
  expect(result.steps).toMatchObject({ [STEP]: 'success', [LAST_STEP]: 'failure' })
  expect(scene.revoked()).toEqual([])
  scene.expectAlert(result, 'A revocation after a deactivation failed')
})

test.each([
  ['several addresses', { email: 'leaver@example.com, contractor@example.com' }],
  ['a list of addresses', { email: '["leaver@example.com", "contractor@example.com"]' }],
  ['an array in place of the address', { email: ['leaver@example.com'] }],
  ['shell and workflow syntax', { email: '"; touch pwned #$(id)`id`${{ secrets.X }}@example.com' }],
  ['a workflow command', { email: 'leaver@example.com\n::set-output name=revoked::true' }],
  ['no address', { user: 'leaver@example.com' }],
])('forged with %s, nobody is revoked', async (_, clientPayload) => {
  const result = await forged(clientPayload)
  expect(result.steps).toMatchObject({ [STEP]: 'failure' })
  expect(scene.revoked()).toEqual([])
  expect(scene.api.requests).toEqual([])
  scene.expectAlert(result, 'A revocation after a deactivation failed')
})

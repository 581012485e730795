import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, REFUSED, Scene, type With } from '../support/scene.ts'

/** The UUID that the revocation had. */
const uidSent = ({ api }: Scene): unknown => {
  const sent = api.requests.find(({ operation }) => operation === 'revoke_user')
  return Object.entries(sent?.body ?? {}).find(([name]) => name === 'user_uid')?.[1]
}
const lookUp = (fault: FaultRule['fault']): FaultRule => ({ operation: 'list_users', fault })

test.concurrent.each<[string, With]>([
  ['the look-up found it', { verify: 'true' }],
  ['nothing is looked up', { verify: 'false' }],
])('a UUID is sent if %s', async (_name, inputs) => {
  await using scene = await Scene.openWithoutWaits()
  const uid = scene.organization.userByEmail(LEAVER)?.uid.toUpperCase() ?? ''
  const result = await scene.runSource({ ...inputs, 'user-uid': uid })
  expect(uidSent(scene)).toBe(uid)
  expect(reportOf(result).users).toMatchObject([{ status: 'revoked', user_uid: uid }])
})

test.concurrent.each<[string, With, readonly FaultRule[], RegExp]>([
  ['belongs to another user', {}, [], /Revoked, but the UUID belongs to another user than the address/],
  [
    'belongs to another user, and the address is unknown',
    { email: 'nobody@example.com', 'unknown-user': 'warn' },
    [],
    /Not revoked: the organization knows no such user, so the UUID was not sent/,
  ],
  ['could not be looked up', {}, [lookUp(REFUSED)], /Revoked, but not verified: Cloudflare answered 400/],
])('a UUID that %s is not sent, and the user fails', async (_name, inputs, rules, message) => {
  await using scene = await Scene.openWithoutWaits()
  const uid = scene.organization.userByEmail('colleague@example.com')?.uid ?? ''
  scene.inject(...rules)
  const result = await scene.runSource({ verify: 'true', 'user-uid': uid, ...inputs })
  expect(uidSent(scene)).toBeUndefined()
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', revocation: 'confirmed' }])
  expect(result.errors[0]).toMatch(message)
})

test.concurrent('a UUID whose look-up is late is not sent, and then verified', async () => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  scene.inject({ operation: 'list_users', times: 1, fault: { kind: 'delay', ms: 2_000 } })
  const uid = scene.organization.userByEmail('colleague@example.com')?.uid ?? ''
  const result = await scene.runSource({ verify: 'true', 'user-uid': uid, 'request-timeout': '300' })
  expect(uidSent(scene)).toBeUndefined()
  expect(result.errors[0]).toMatch(/Revoked, but the UUID belongs to another user than the address/)
})

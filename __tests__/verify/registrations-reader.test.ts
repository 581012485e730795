import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, REFUSED, Scene, type With } from '../support/scene.ts'

const COUNT = 101
const LONG: With = {
  email: addresses(COUNT).join(),
  verify: 'true',
  devices: 'true',
  concurrency: '20',
  'max-users': `${COUNT}`,
  'request-timeout': '300',
}

/** Opens an organization with a long list of users, each with a session and a device. */
async function open(): Promise<Scene> {
  const scene = await Scene.openWithoutWaits({ propagationMs: 15_000 })
  for (const email of addresses(COUNT)) scene.organization.addUser({ email, sessions: 1, devices: 1 })
  return scene
}

const readsIn = ({ api }: Scene): number =>
  api.requests.filter(({ operation }) => operation === 'list_registrations').length

test.each<[string, Pick<FaultRule, 'after' | 'times'>]>([
  ['before the revocation', { times: 1 }],
  ['after it', { after: 3, times: 1 }],
])('a batch of which one user cannot be read %s is read one by one', async (_name, when) => {
  await using scene = await open()
  scene.inject({ operation: 'list_registrations', ...when, fault: REFUSED })
  const result = await scene.runSource(LONG)
  expect(reportOf(result).totals).toMatchObject({ revoked: COUNT })
  expect(readsIn(scene)).toBeLessThan(20 + 50)
})

import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { RegistrationsReader } from '../../src/organization/registrations-reader.ts'
import { UserDirectory } from '../../src/organization/user-directory.ts'
import type { Owner } from '../../src/organization/owner.ts'
import { runContext } from '../support/run-context.ts'
import { addresses, Scene } from '../support/scene.ts'

const GATHER_FOR_MS = 50

/** A directory whose batches lack the user. */
class IncompleteDirectory extends UserDirectory {
  override async batchOf(): Promise<readonly Owner[]> {
    return Promise.resolve([])
  }
}

async function open(count: number): Promise<{ scene: Scene; reader: RegistrationsReader; owners: Owner[] }> {
  const scene = await Scene.open()
  for (const email of addresses(count)) scene.organization.addUser({ email, devices: 1 })
  const { endpoints, queue, stop } = runContext({
    baseUrl: { href: scene.api.baseUrl, cloudflare: false },
  })
  const directory = new IncompleteDirectory(endpoints, [], () => undefined)
  const options = { queue, stop, gatherForMs: GATHER_FOR_MS }
  const users = await endpoints.users({}, 'all users')
  const records = users.kind === 'result' ? users.result : []
  const owners = records
    .filter(({ email }) => addresses(count).includes(email))
    .map((record) => ({ email: record.email, records: [record], readAt: 0 }))
  return { scene, reader: new RegistrationsReader(endpoints, directory, options), owners }
}

test('a full batch is read without waiting for more, and nothing is read after it', async () => {
  const { scene, reader, owners } = await open(50)
  await using _scene = scene
  const lists = await Promise.all(owners.map(async (owner) => reader.readAfter(owner)))
  await wait(2 * GATHER_FOR_MS)
  expect(lists.map((list) => list.kind === 'result' && list.result.length)).toEqual(Array(50).fill(1))
  const reads = scene.api.requests.filter(({ operation }) => operation === 'list_registrations')
  expect(reads).toHaveLength(1)
})

test('a user who is missing from a batch has no list, not even an empty one', async () => {
  const { scene, reader, owners } = await open(1)
  await using _scene = scene
  const [owner] = owners
  await expect(owner && reader.readBefore(owner)).rejects.toThrow('no list for')
})

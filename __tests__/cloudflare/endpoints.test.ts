import { expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { Log } from '../../src/runner/log.ts'
import { address } from '../support/address.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { LEAVER, Scene } from '../support/scene.ts'

class BrokenLog extends Log {
  override info(): never {
    throw new Error('the log is broken')
  }
}

test('an exception of our own is no transient failure: it comes through at once', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'reset' } })
  const endpoints = endpointsAt(scene.api.baseUrl, { log: new BrokenLog() })
  await expect(endpoints.verifyToken('user')).rejects.toThrow('the log is broken')
  expect(scene.api.requests).toHaveLength(1)
})

test('a list that does not say how long it is goes on until a page is not full', async () => {
  await using scene = await Scene.open()
  const page = (result: object[]): FaultRule => ({
    times: 1,
    fault: { kind: 'answer', status: 200, body: { success: true, result } },
  })
  const others = Array.from({ length: 100 }, (_, index) => ({
    id: `${index}`,
    email: `x${index}.leaver@example.com`,
  }))
  scene.inject(page(others), page([{ id: 'nobody' }, { id: 'y', email: LEAVER }]))
  const call = await endpointsAt(scene.api.baseUrl).usersWithEmail(address(LEAVER))
  expect(call).toMatchObject({ kind: 'result', result: [{ id: 'y' }] })
})

test('a list is read page by page, and others are not taken for the user', async () => {
  await using scene = await Scene.open()
  for (let index = 0; index < 250; index += 1)
    scene.organization.addUser({ email: `x${index}.long@example.com` })
  const user = scene.organization.addUser({ email: 'long@example.com' })
  const call = await endpointsAt(scene.api.baseUrl).usersWithEmail(address('Long@example.com'))
  expect(call).toMatchObject({ kind: 'result', result: [{ uid: user.uid }] })
  expect(scene.api.requests).toHaveLength(3)
})

import { expect, test } from '@jest/globals'
import { Log } from '../../src/runner/log.ts'
import { endpointsAt } from '../support/endpoints.ts'
import { Scene } from '../support/scene.ts'

class BrokenLog extends Log {
  override info(): never {
    throw new Error('the log is broken')
  }
}

test('an exception of the action itself is not retried', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'reset' } })
  const endpoints = endpointsAt(scene.api.baseUrl, { log: new BrokenLog() })
  await expect(endpoints.verifyToken('user')).rejects.toThrow('the log is broken')
  expect(scene.api.requests).toHaveLength(1)
})

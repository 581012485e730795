import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi, type FaultRule } from '../../embedded-api/server.ts'
import { Client } from '../../src/cloudflare/client.ts'
import { Endpoints } from '../../src/cloudflare/endpoints.ts'
import { HttpExchanger } from '../../src/cloudflare/http-exchange.ts'
import { CallQueue } from '../../src/cloudflare/call-queue.ts'
import { Log } from '../../src/runner/log.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import { address } from '../support/address.ts'
import { LEAVER, Scene } from '../support/scene.ts'

function endpointsOf({ baseUrl }: EmbeddedApi, log = new Log()): Endpoints {
  const stop = new RunStop()
  const client = new Client({
    baseUrl,
    credential: { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' },
    maxAttempts: 5,
    http: new HttpExchanger(60_000),
    queue: new CallQueue({ concurrency: 1, stop, log }),
    stop,
    log,
  })
  return new Endpoints(client, { type: 'account', id: DEMO_ACCOUNT_ID })
}

test('an exception of our own is no transient failure: it comes through at once', async () => {
  const api = await EmbeddedApi.start()
  api.inject({ fault: { kind: 'reset' } })
  const log = new (class extends Log {
    override info(): never {
      throw new Error('the log is broken')
    }
  })()
  await expect(endpointsOf(api, log).verifyToken('user')).rejects.toThrow('the log is broken')
  expect(api.requests).toHaveLength(1)
  await api.stop()
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
  const call = await endpointsOf(scene.api).usersWithEmail(address(LEAVER))
  expect(call).toMatchObject({ kind: 'result', result: [{ id: 'y' }] })
})

import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi, type FaultRule } from '../../embedded-api/server.ts'
import { ApiClient } from '../../src/cloudflare/client.ts'
import { Cloudflare } from '../../src/cloudflare/endpoints.ts'
import { Exchanger } from '../../src/cloudflare/http-exchange.ts'
import { Pace } from '../../src/cloudflare/call-queue.ts'
import { RunStop } from '../../src/runner/run-stop.ts'
import { address } from '../support/address.ts'
import { LEAVER, Scene } from '../support/scene.ts'

function cloudflareOf(
  { baseUrl }: EmbeddedApi,
  announce: (line: string) => void = () => undefined,
): Cloudflare {
  const stop = new RunStop(announce)
  const client = new ApiClient({
    baseUrl,
    credential: { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' },
    maxAttempts: 5,
    exchanger: new Exchanger(60_000, 1),
    pace: new Pace({ concurrency: 1, stop, announce }),
    stop,
    announce,
    hide: (text) => text,
  })
  return new Cloudflare(client, { type: 'account', id: DEMO_ACCOUNT_ID })
}

test('an exception of our own is no transient failure: it comes through at once', async () => {
  const api = await EmbeddedApi.start()
  api.inject({ fault: { kind: 'reset' } })
  const announce = (): never => {
    throw new Error('the log is broken')
  }
  const cloudflare = cloudflareOf(api, announce)
  await expect(cloudflare.verifyToken('user')).rejects.toThrow('the log is broken')
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
  const call = await cloudflareOf(scene.api).usersWithEmail(address(LEAVER))
  expect(call).toMatchObject({ ok: true, result: [{ id: 'y' }] })
})

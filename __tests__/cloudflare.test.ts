import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../embedded-api/demo-organization.ts'
import { EmbeddedApi } from '../embedded-api/server.ts'
import { ApiClient } from '../src/api-client.ts'
import { Cloudflare } from '../src/cloudflare.ts'
import { Exchanger } from '../src/exchange.ts'
import { Pace } from '../src/pace.ts'
import { RunStop } from '../src/run-stop.ts'

test('an exception of our own is no transient failure: it comes through at once', async () => {
  const api = await EmbeddedApi.start()
  api.inject({ fault: { kind: 'reset' } })
  const announce = (): never => {
    throw new Error('the log is broken')
  }
  const stop = new RunStop(announce)
  const client = new ApiClient({
    baseUrl: api.baseUrl,
    credential: { kind: 'api-token', token: DEMO_TOKEN, owner: 'user' },
    maxAttempts: 5,
    exchanger: new Exchanger(60_000, 1),
    pace: new Pace({ concurrency: 1, stop, announce }),
    stop,
    announce,
    hide: (text) => text,
  })
  const cloudflare = new Cloudflare(client, { type: 'account', id: DEMO_ACCOUNT_ID })
  await expect(cloudflare.verifyToken('user')).rejects.toThrow('the log is broken')
  expect(api.requests).toHaveLength(1)
  await api.stop()
})

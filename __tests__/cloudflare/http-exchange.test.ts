import { expect, test } from '@jest/globals'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { HttpExchanger } from '../../src/cloudflare/http-exchange.ts'

test('whoever asked can stop waiting, before or during the attempt', async () => {
  const api = await EmbeddedApi.start()
  api.inject({ fault: { kind: 'silence' } })
  const request = { method: 'GET', url: `${api.baseUrl}/user`, headers: { 'user-agent': 'test' } } as const
  const exchanger = new HttpExchanger(60_000)
  const cancelled = { kind: 'no_answer', cause: 'cancelled' }
  expect(await exchanger.attempt(request, AbortSignal.abort())).toEqual(cancelled)
  const aborter = new AbortController()
  const exchange = exchanger.attempt(request, aborter.signal)
  aborter.abort()
  expect(await exchange).toEqual(cancelled)
  await api.stop()
})

import { expect, test } from '@jest/globals'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { type Exchange, HttpExchanger } from '../../src/cloudflare/http-exchange.ts'

test('a body that is far too large is no answer, and a refused connection has its code', async () => {
  const api = await EmbeddedApi.start()
  api.inject({ fault: { kind: 'gigantic' } })
  const attempt = async (url: string): Promise<Exchange> =>
    new HttpExchanger(60_000, new AbortController().signal).attempt({
      method: 'GET',
      url,
      headers: { 'user-agent': 'test' },
    })
  expect(await attempt(`${api.baseUrl}/user`)).toEqual({ kind: 'no_answer', cause: 'too_large' })
  await api.stop()
  expect(await attempt('https://127.0.0.1:1')).toEqual({
    kind: 'no_answer',
    cause: 'network',
    code: 'ECONNREFUSED',
  })
})

test('an attempt can be cancelled before it begins and while it waits', async () => {
  const api = await EmbeddedApi.start()
  api.inject({ fault: { kind: 'silence' } })
  const request = { method: 'GET', url: `${api.baseUrl}/user`, headers: { 'user-agent': 'test' } } as const
  const cancelled = { kind: 'no_answer', cause: 'cancelled' }
  const aborter = new AbortController()
  const exchanger = new HttpExchanger(60_000, aborter.signal)
  const exchange = exchanger.attempt(request)
  aborter.abort()
  expect(await exchange).toEqual(cancelled)
  expect(await exchanger.attempt(request)).toEqual(cancelled)
  await api.stop()
})

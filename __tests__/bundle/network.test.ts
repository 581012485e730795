import { expect, test } from '@jest/globals'
import { certificateFor } from '../support/certificate.ts'
import { Proxy } from '../support/proxy.ts'
import { RawServer } from '../support/raw-server.ts'
import { addresses, Scene } from '../support/scene.ts'

const HOST = 'api.cloudflare.test'
const BRIEF = { 'max-attempts': '2', 'request-timeout': '2' }

test.concurrent('a host that does not resolve is red', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.run({
    ...BRIEF,
    'request-timeout': '300',
    'api-base-url': 'https://nowhere.invalid/client/v4',
  })
  expect(result.exitCode).toBe(1)
  expect(result.outputs['revoked']).toBe('false')
  expect(result.errors[0]).toMatch(/\((ENOTFOUND|EAI_AGAIN)\)\. The host name could not be resolved/)
})

test.concurrent('a self-signed certificate is red, and green with NODE_EXTRA_CA_CERTS', async () => {
  using certificate = await certificateFor(HOST)
  await using scene = await Scene.openWithoutWaits({ tls: certificate })
  const red = await scene.run(BRIEF)
  expect(red.exitCode).toBe(1)
  expect(red.outputs['revoked']).toBe('false')
  expect(red.errors[0]).toMatch(/\(DEPTH_ZERO_SELF_SIGNED_CERT\)\. TLS failed: .*`NODE_EXTRA_CA_CERTS`/)
  expect(scene.api.requests).toHaveLength(0)
  const green = await scene.run({}, { env: { NODE_EXTRA_CA_CERTS: certificate.file } })
  expect(green.exitCode).toBe(0)
})

test.concurrent('a server that accepts the connection and never begins TLS is red', async () => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  await using mute = new RawServer()
  const result = await scene.run({ ...BRIEF, 'api-base-url': `https://127.0.0.1:${await mute.listen()}` })
  expect(result.exitCode).toBe(1)
  expect(result.outputs['revoked']).toBe('false')
  expect(result.errors[0]).toMatch(/[Nn]o complete answer arrived in time/)
})

test.concurrent(
  'requests go through the proxy of the runner, by CONNECT, to a server with its own CA',
  async () => {
    using certificate = await certificateFor(HOST)
    await using scene = await Scene.open({ tls: certificate })
    await using proxy = new Proxy(Number(new URL(scene.api.baseUrl).port))
    const env = {
      HTTPS_PROXY: `http://runner:secret@${await proxy.listen()}`,
      NODE_EXTRA_CA_CERTS: certificate.file,
    }
    const email = addresses(3).join()
    const result = await scene.run({ 'api-base-url': `https://${HOST}/client/v4`, email }, { env })
    expect(result.exitCode).toBe(0)
    expect(result.outputs['revoked']).toBe('true')
    // No connection serves two requests.
    const tunnel = { target: `${HOST}:443`, authorization: `Basic ${btoa('runner:secret')}` }
    expect(proxy.tunnels).toEqual([tunnel, tunnel, tunnel])
    expect(scene.api.requests.map(({ headers }) => headers.host)).toEqual([HOST, HOST, HOST])
  },
)

test.concurrent('NO_PROXY names hosts that are reached without the proxy', async () => {
  await using scene = await Scene.openWithoutWaits()
  await using proxy = new Proxy(undefined)
  const env = { HTTPS_PROXY: `http://${await proxy.listen()}`, NO_PROXY: 'nowhere.invalid' }
  const result = await scene.run(
    { ...BRIEF, 'request-timeout': '300', 'api-base-url': 'https://nowhere.invalid' },
    { env },
  )
  expect(result.errors[0]).toMatch(/\((ENOTFOUND|EAI_AGAIN)\)/)
  expect(proxy.tunnels).toHaveLength(0)
})

test.concurrent('a proxy that never answers CONNECT is red, in time', async () => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  await using proxy = new Proxy(undefined)
  const env = { HTTPS_PROXY: `http://${await proxy.listen()}` }
  const result = await scene.run({ ...BRIEF, 'api-base-url': `https://${HOST}/client/v4` }, { env })
  expect(result.exitCode).toBe(1)
  expect(result.outputs['revoked']).toBe('false')
  expect(result.errors[0]).toMatch(/[Nn]o complete answer arrived in time/)
  expect(proxy.tunnels).toHaveLength(2)
})

test.concurrent('a proxy that is not understood is an error before the first request', async () => {
  await using scene = await Scene.openWithoutWaits()
  const inputs = { 'api-base-url': 'https://nowhere.invalid', 'due-within-days': '0' }
  const result = await scene.run(inputs, { env: { HTTPS_PROXY: 'http://user:hunter2%@127.0.0.1:8080' } })
  expect(result.exitCode).toBe(1)
  expect(result.errors.join('\n')).toMatch(/`HTTPS_PROXY` is not a URL like .* Percent-encode/)
  // Together with the other problems of the inputs.
  expect(result.errors.join()).toMatch(/due-within-days/)
  expect(`${result.stdout}${result.summary}`).not.toContain('hunter2')
})

test.concurrent.each(['HTTP_PROXY', 'HTTPS_PROXY'])(
  '%s may be anything where it does not apply',
  async (name) => {
    await using scene = await Scene.openWithoutWaits()
    expect((await scene.runSource({}, { env: { [name]: 'nonsense' } })).exitCode).toBe(0)
  },
)

test.concurrent.each([
  ['407 Proxy Authentication Required', 1, /user name and the password for the proxy into `HTTPS_PROXY`/],
  ['502 Bad Gateway', 2, /Check `HTTPS_PROXY`/],
])('what a proxy answers to CONNECT is shown: %s', async (status, attempts, remedy) => {
  await using scene = await Scene.openWithoutWaits()
  await using proxy = new RawServer((_text, socket) =>
    socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`),
  )
  const result = await scene.runSource(
    { ...BRIEF, 'api-base-url': `https://${HOST}/client/v4` },
    { env: { HTTPS_PROXY: `http://127.0.0.1:${await proxy.listen()}` } },
  )
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toContain(`he proxy answered ${status} to CONNECT`)
  expect(result.errors[0]).toMatch(remedy)
  expect(proxy.received).toHaveLength(attempts)
  expect(proxy.received.join()).not.toMatch(/authorization/i)
})

test.concurrent('certificates are verified although NODE_TLS_REJECT_UNAUTHORIZED says not to', async () => {
  using certificate = await certificateFor(HOST)
  await using scene = await Scene.open({ tls: certificate })
  await using proxy = new Proxy(Number(new URL(scene.api.baseUrl).port))
  const proxied = { HTTPS_PROXY: `http://${await proxy.listen()}` }
  for (const [inputs, env] of [
    [{}, {}],
    [{ 'api-base-url': `https://${HOST}/client/v4` }, proxied],
  ] as const) {
    const result = await scene.run(
      { 'max-attempts': '1', ...inputs },
      { env: { ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
    )
    expect(result.exitCode).toBe(1)
    expect(result.errors[0]).toMatch(/\(DEPTH_ZERO_SELF_SIGNED_CERT\)/)
    expect(result.warnings[0]).toMatch(/^`NODE_TLS_REJECT_UNAUTHORIZED` is ignored/)
  }
  expect(proxy.tunnels).toHaveLength(1)
  expect(scene.api.requests).toHaveLength(0)
})

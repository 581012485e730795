import { expect, test } from '@jest/globals'
import { certificateFor } from '../support/certificate.ts'
import { Proxy } from '../support/proxy.ts'
import { RawServer } from '../support/raw-server.ts'
import { Scene } from '../support/scene.ts'

const HOST = 'api.cloudflare.test'
const BRIEF = { 'max-attempts': '2', 'request-timeout': '2' }

test.concurrent('a connection refused is red', async () => {
  await using scene = await Scene.openWithoutWaits()
  const free = new RawServer()
  const port = await free.listen()
  await free[Symbol.asyncDispose]()
  const result = await scene.run({ ...BRIEF, 'api-base-url': `http://127.0.0.1:${port}/client/v4` })
  expect(result.exitCode).toBe(1)
  expect(result.outputs['revoked']).toBe('false')
  expect(result.errors[0]).toMatch(/connection failed \(ECONNREFUSED\)\. Check the network path/)
})

test.concurrent('the same goes for an IPv6 host', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.run({ ...BRIEF, 'api-base-url': 'http://[::1]:1' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/ECONNREFUSED|EADDRNOTAVAIL/)
})

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

test.concurrent(
  'a certificate that nobody vouches for is red, and one that NODE_EXTRA_CA_CERTS vouches for is green',
  async () => {
    using certificate = await certificateFor(HOST)
    await using scene = await Scene.openWithoutWaits({ tls: certificate })
    const red = await scene.run(BRIEF)
    expect(red.exitCode).toBe(1)
    expect(red.outputs['revoked']).toBe('false')
    expect(red.errors[0]).toMatch(/\(DEPTH_ZERO_SELF_SIGNED_CERT\)\. TLS failed: .*`NODE_EXTRA_CA_CERTS`/)
    expect(scene.api.requests).toHaveLength(0)
    const green = await scene.run({}, { env: { NODE_EXTRA_CA_CERTS: certificate.file } })
    expect(green.exitCode).toBe(0)
  },
)

test.concurrent('a server that accepts the connection and never begins TLS is red', async () => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  await using mute = new RawServer()
  const result = await scene.run({ ...BRIEF, 'api-base-url': `https://127.0.0.1:${await mute.listen()}` })
  expect(result.exitCode).toBe(1)
  expect(result.outputs['revoked']).toBe('false')
  expect(result.errors[0]).toMatch(/No complete answer arrived in time/)
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
    const result = await scene.run({ 'api-base-url': `https://${HOST}/client/v4`, devices: 'true' }, { env })
    expect(result.exitCode).toBe(0)
    expect(result.outputs['revoked']).toBe('true')
    expect(proxy.tunnels).toEqual([
      { target: `${HOST}:443`, authorization: `Basic ${btoa('runner:secret')}` },
    ])
    expect(scene.api.requests).toHaveLength(1)
    expect(scene.api.requests[0]?.headers.host).toBe(HOST)
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
  expect(result.errors[0]).toMatch(/No complete answer arrived in time/)
  expect(proxy.tunnels).toHaveLength(2)
})

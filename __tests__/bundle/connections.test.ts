import { expect, test } from '@jest/globals'
import { RawServer } from '../support/raw-server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, Scene } from '../support/scene.ts'

const REVOKED = '{"success":true,"errors":[],"messages":[],"result":true}'
const NOT_REVOKED = '{"success":true,"errors":[],"messages":[],"result":false}'
const http = (body: string): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: ${body.length}\r\n\r\n${body}`

test.concurrent('no connection serves two requests: a surplus answer is taken for no other', async () => {
  await using scene = await Scene.open()
  // The first user's answer is true, with another true for the next request on the same connection.
  await using server = new RawServer((_text, socket, connection) => {
    socket.write(connection === 0 ? `${http(REVOKED)}${http(REVOKED)}` : http(NOT_REVOKED))
  })
  const result = await scene.run({
    email: addresses(4).join(),
    'api-base-url': `http://127.0.0.1:${await server.listen()}/client/v4`,
  })
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users.map(({ revocation }) => revocation)).toEqual([
    'confirmed',
    'unconfirmed',
    'unconfirmed',
    'unconfirmed',
  ])
  expect(server.received).toHaveLength(4)
  for (const text of server.received) {
    expect(text.match(/^POST /gm)).toHaveLength(1)
    expect(text).toMatch(/^connection: close\r$/im)
  }
})

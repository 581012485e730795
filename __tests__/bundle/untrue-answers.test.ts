import { expect, test } from '@jest/globals'
import { RawServer } from '../support/raw-server.ts'
import { reportOf } from '../support/report.ts'
import { addresses, Scene, type With } from '../support/scene.ts'

const VERIFY: With = { verify: 'true', 'request-timeout': '300' }
const YES = { success: true, errors: [], messages: [], result: true }

test.concurrent('no connection serves two requests: a surplus answer is taken for no other', async () => {
  await using scene = await Scene.open()
  const http = (result: boolean): string => {
    const body = JSON.stringify({ ...YES, result })
    return `HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  }
  // The first user's answer is true, with another true for the next request on the same connection.
  await using server = new RawServer((_text, socket, connection) => {
    socket.write(connection === 0 ? `${http(true)}${http(true)}` : http(false))
  })
  const result = await scene.run({
    email: addresses(4).join(),
    'api-base-url': `http://127.0.0.1:${await server.listen()}/client/v4`,
  })
  expect(result.exitCode).toBe(1)
  const revocations = reportOf(result).users.map(({ revocation }) => revocation)
  expect(revocations).toEqual(['confirmed', 'unconfirmed', 'unconfirmed', 'unconfirmed'])
  expect(server.received).toHaveLength(4)
  for (const text of server.received) {
    expect(text.match(/^POST /gm)).toHaveLength(1)
    expect(text).toMatch(/^connection: close\r$/im)
  }
})

test.concurrent('a misspelled address is nowhere said to be revoked', async () => {
  await using scene = await Scene.openWithoutWaits()
  const misspelled = { ...VERIFY, email: 'laever@example.com' }
  const failed = await scene.run(misspelled)
  expect(failed.errors.at(-1)).toBe('1 user not revoked.')
  const warned = await scene.run({ ...misspelled, 'unknown-user': 'warn' })
  expect(warned.warnings.at(-1)).toBe(
    '1 user unknown to the organization. No one was revoked. Check the spelling of the addresses.',
  )
  expect(warned.outputs).toMatchObject({ revoked: 'false', 'revoked-count': '0', 'unknown-count': '1' })
  for (const { log, summary } of [failed, warned])
    expect(`${log.join('\n')}${summary}`).not.toMatch(/(?<!not |No one was )revoked[, ]/i)
})

test.concurrent(
  'a user unknown to the organization has been looked up as given, in lower case, and by search',
  async () => {
    await using scene = await Scene.openWithoutWaits({ world: { caseSensitive: true } })
    scene.organization.addUser({ email: 'found@example.com', stickySessions: 1 })
    scene.organization.addUser({ email: 'hidden@example.com', foundBySearchOnly: true, stickySessions: 1 })
    const email = 'Found@example.com,hidden@example.com'
    const result = await scene.run({ ...VERIFY, email, 'unknown-user': 'warn' })
    expect(result.exitCode).toBe(1)
    expect(reportOf(result).totals).toMatchObject({ failed: 2, unknown: 0 })
  },
)

test.concurrent('a user may be known by an address that only looks the same as an unknown one', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.run({ ...VERIFY, email: 'l\u0435aver@example.com', 'unknown-user': 'warn' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/contains characters that may only look like others/)
})

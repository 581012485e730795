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

test.concurrent('a surplus answer is not taken for the sessions of another user', async () => {
  // So that the surplus answer comes before the expected one.
  await using scene = await Scene.openWithoutWaits({ latencyMs: 30 })
  scene.organization.addUser({ email: 'stays@example.com', stickySessions: 1 })
  scene.inject({ fault: { kind: 'surplus', body: { ...YES, result: [] } } })
  const result = await scene.run({ ...VERIFY, email: 'stays@example.com' })
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users).toMatchObject([{ status: 'failed', verification: 'failed' }])
})

test.concurrent('a user unknown to the organization is neither revoked nor failed', async () => {
  await using scene = await Scene.openWithoutWaits()
  const email = [0, 1, 2].map((index) => `nobody${index}@example.com`).join()
  const result = await scene.run({ ...VERIFY, email, 'unknown-user': 'warn' })
  expect(result.exitCode).toBe(0)
  const counts = { 'revoked-count': '0', 'failed-count': '0', 'unknown-count': '3' }
  expect(result.outputs).toMatchObject({ revoked: 'false', ...counts })
  expect(result.warnings.at(-1)).toBe(
    '3 users unknown to the organization. No one was revoked. Check the spelling of the addresses.',
  )
  expect(reportOf(result).totals).toMatchObject({ unknown: 3 })
})

test.concurrent('a misspelled address is nowhere said to be revoked', async () => {
  await using scene = await Scene.openWithoutWaits()
  const result = await scene.run({ ...VERIFY, email: 'laever@example.com' })
  expect(result.errors.at(-1)).toBe('1 user not revoked.')
  expect(`${result.log.join('\n')}${result.summary}`).not.toMatch(/(?<!not )revoked, /i)
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

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { testWithSignals } from '../support/platform.ts'

let folder = ''
let child: ChildProcess | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-api-'))
})

afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

interface Started {
  baseUrl: string
  origin: string
  exited: Promise<unknown[]>
}

async function start(...args: string[]): Promise<Started> {
  const started = spawn(process.execPath, ['embedded-api/main.ts', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  const exited = once(started, 'exit')
  const data: unknown[] = await once(started.stdout.setEncoding('utf8'), 'data')
  const line = String(data[0])
  expect(line).toMatch(/^Embedded API: http:\/\/127\.0\.0\.1:\d+\/client\/v4\n$/)
  const baseUrl = line.replace('Embedded API: ', '').trim()
  return { baseUrl, origin: new URL(baseUrl).origin, exited }
}

const revokeBody = (email: string, token: string): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'user-agent': 'test' },
  body: JSON.stringify({ email }),
})

testWithSignals('serves the demo organization, shows what happened, stops on SIGTERM', async () => {
  const log = join(folder, 'log.jsonl')
  const { baseUrl, origin, exited } = await start('--log', log)
  const account = '0123456789abcdef'.repeat(2)
  const url = `${baseUrl}/accounts/${account}/access/organizations/revoke_user`
  expect((await fetch(url, revokeBody('leaver@example.com', DEMO_TOKEN))).status).toBe(200)

  const requests = await (await fetch(`${origin}/embedded-api/requests`)).text()
  expect(JSON.parse(requests)).toMatchObject([
    { operation: 'revoke_user', accepted: true, status: 200, headers: { authorization: '***' } },
  ])
  const organization = await (await fetch(`${origin}/embedded-api/organization`)).text()
  expect(JSON.parse(organization)).toMatchObject({
    account_id: account,
    credentials: [{ kind: 'api-token', owner: 'user' }],
    users: { 0: { email: 'leaver@example.com', active_sessions: 0, active_devices: 2 }, length: 4 },
  })
  const logged = readFileSync(log, 'utf8')
  expect(JSON.parse(logged)).toMatchObject({ operation: 'revoke_user', accepted: true, status: 200 })
  for (const text of [requests, organization, logged]) expect(text).not.toContain(DEMO_TOKEN)

  expect((await fetch(`${origin}/embedded-api/requests`, { method: 'POST' })).status).toBe(405)
  expect((await fetch(`${origin}/embedded-api/nowhere`)).status).toBe(404)
  child?.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

testWithSignals('starts from a seed, stops on SIGINT', async () => {
  const seed = join(folder, 'seed.json')
  const account_id = 'a'.repeat(32)
  const permissions = ['Access: Organizations Revoke']
  writeFileSync(
    seed,
    JSON.stringify({
      account_id,
      tokens: [{ token: 'seeded', owner: 'account', permissions }],
      keys: [{ email: 'admin@example.com', key: 'key-1' }],
      users: [{ email: 'leaver@example.com', sessions: 2, devices: 1 }, { email: 'intern@example.com' }],
      faults: [
        { email: 'leaver@example.com', times: 1, fault: { kind: 'answer', status: 503, body: 'busy' } },
      ],
    }),
  )
  const { baseUrl, origin, exited } = await start('--seed', seed)
  const url = `${baseUrl}/accounts/${account_id}/access/organizations/revoke_user`
  expect((await fetch(url, revokeBody('leaver@example.com', 'seeded'))).status).toBe(503)
  expect((await fetch(url, revokeBody('leaver@example.com', 'seeded'))).status).toBe(200)
  expect(await (await fetch(`${origin}/embedded-api/organization`)).json()).toMatchObject({
    credentials: [{ permissions }, { kind: 'global-api-key' }],
    users: [
      { email: 'leaver@example.com', active_devices: 1 },
      { email: 'intern@example.com', active_sessions: 1 },
    ],
  })
  child?.kill('SIGINT')
  expect(await exited).toEqual([0, null])
})

test('refuses a seed that is wrong, and names the place', async () => {
  const seed = join(folder, 'seed.json')
  writeFileSync(seed, JSON.stringify({ account_id: 'x', tokens: [], users: [{ mail: 'a' }] }))
  const started = spawn(process.execPath, ['embedded-api/main.ts', '--port', '0', '--seed', seed])
  child = started
  let errors = ''
  started.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  expect((await once(started, 'exit'))[0]).toBe(1)
  expect(errors).toMatch(/account_id: must be 32 hex characters/)
  expect(errors).toMatch(/users\.0\.mail/)
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { testWithSignals } from '../support/platform.ts'

let child: ChildProcess | undefined

afterEach(() => {
  child?.kill('SIGKILL')
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
  const { baseUrl, origin, exited } = await start()
  const account = '0123456789abcdef'.repeat(2)
  const url = `${baseUrl}/accounts/${account}/access/organizations/revoke_user`
  expect((await fetch(url, revokeBody('leaver@example.com', DEMO_TOKEN))).status).toBe(200)

  const requests = await (await fetch(`${origin}/embedded-api/requests`)).text()
  expect(JSON.parse(requests)).toMatchObject([
    { operation: 'revoke_user', accepted: true, status: 200, headers: { 'user-agent': 'test' } },
  ])
  expect(requests).not.toContain(DEMO_TOKEN)
  child?.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

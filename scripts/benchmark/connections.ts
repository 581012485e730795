import { mkdtempSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { BUNDLE } from '../step.ts'
import { stepEnvironment } from './bundle.ts'
import { certificate } from './certificate.ts'
import { count, ratio, seconds } from './figures.ts'
import { processError, runProcess } from './process.ts'
import type { Section } from './section.ts'
import { Table } from './section.ts'
import { ROOMY } from './stand-in.ts'

const USERS = 1_000
const LATENCY_MS = 50
const CONCURRENCY = 4

/** Measures what it costs that no connection serves two requests. */
export async function measureConnections(parent: string, show: (line: string) => void): Promise<Section> {
  const folder = mkdtempSync(join(parent, 'connections-'))
  const { private: key, cert } = await certificate()
  const authority = join(folder, 'ca.pem')
  writeFileSync(authority, cert)
  const api = await EmbeddedApi.start({
    tls: { key, cert },
    rateLimit: ROOMY,
    latencyMs: LATENCY_MS,
    record: false,
  })
  const table = new Table(['program', 'connections', 'wall time', 'ratio'], show)
  try {
    const kept = await loop(api.baseUrl, cert, true)
    const add = (program: string, connections: string, wallMs: number): void => {
      table.add([program, connections, seconds(wallMs), ratio(wallMs, kept)])
    }
    add('bare `node:https` loop', 'kept', kept)
    add('bare `node:https` loop', 'one for each request', await loop(api.baseUrl, cert, false))
    add('this action', 'one for each request', await action(api.baseUrl, folder, authority))
  } finally {
    await api.stop()
  }
  return {
    title: 'One connection for each request',
    method: `${count(USERS)} users over HTTPS on loopback at concurrency ${CONCURRENCY}, with every response ${LATENCY_MS} ms after its request, and TLS sessions resumed. On a connection that is kept alive, a late or surplus response is taken for the response to the next request, so the action uses a new connection for each. At Cloudflare's limit of four calls per second, the difference does not show.`,
    table,
    goals: [],
    comparisons: [],
  }
}

/** Milliseconds for as many requests by several loops over one list. */
async function loop(baseUrl: string, ca: string, keepAlive: boolean): Promise<number> {
  const agent = new Agent({ keepAlive, ca })
  const url = `${baseUrl}/accounts/${DEMO_ACCOUNT_ID}/access/organizations/revoke_user`
  let next = 0
  const start = performance.now()
  const worker = async (): Promise<void> => {
    while (next < USERS) {
      next += 1
      await post(url, agent, `{"email":"user${next}@example.com"}`)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  agent.destroy()
  return performance.now() - start
}

async function post(url: string, agent: Agent, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${DEMO_TOKEN}`, 'content-type': 'application/json' }
  await new Promise<void>((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', resolve)
    })
      .once('error', reject)
      .end(body)
  })
}

/** Milliseconds for the same by the action, the whole process. */
async function action(baseUrl: string, folder: string, authority: string): Promise<number> {
  const list = join(folder, 'users.txt')
  writeFileSync(list, Array.from({ length: USERS }, (_, index) => `user${index}@example.com`).join('\n'))
  const inputs = {
    'users-file': list,
    'max-users': `${USERS}`,
    concurrency: `${CONCURRENCY}`,
    'api-base-url': baseUrl,
  }
  const env = { ...stepEnvironment(inputs, folder), NODE_EXTRA_CA_CERTS: authority }
  const program = { entry: BUNDLE, env, folder }
  const { exitCode, wallMs } = await runProcess(program)
  if (exitCode !== 0) throw processError(`exit code ${String(exitCode)}`, program)
  return wallMs
}

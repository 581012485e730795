import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from 'selfsigned'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { BUNDLE } from '../step.ts'
import { atMost, decimal, mebibytes, type Row, seconds } from './report.ts'
import { failure, installSdk, runOn, runTrial, type Trial, type TrialResult } from './trial.ts'

const RUNS = 31
const MAX_START_RATIO = 1.45

const BARE = fileURLToPath(new URL('programs/bare.mjs', import.meta.url))

const LATENCY_MS = 50
/** Cloudflare's limit is 1,200 calls in 5 minutes. */
const LIMIT = { quota: 100, windowMs: 5_000 }
const LIMITED = { latencyMs: LATENCY_MS, rateLimit: LIMIT }
const VERIFIED = { verify: 'true', devices: 'true', 'remove-seat': 'true' }
/** The default, and the highest. */
const CONCURRENCIES = [4, 20]
const MAX_RATIO = 1.15
const MAX_CALLS_PER_USER = 3.3
const MAX_BYTES = 350 * 1024 ** 2

/** All measurements, by their names on the command line. */
export const MEASUREMENTS = new Map<string, { takes: string; run: (folder: string) => Promise<Row[]> }>([
  ['start-up', { takes: '10 s', run: measureStartUp }],
  ['long-list', { takes: '40 s', run: measureLongList }],
  ['limited-server', { takes: '2 min', run: measureLimitedServer }],
  ['memory', { takes: '6 min', run: measureMemory }],
])

/** Measures how long one user takes over HTTPS, compared with a script that only sends the request. */
async function measureStartUp(folder: string): Promise<Row[]> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  })
  const authority = join(folder, 'ca.pem')
  writeFileSync(authority, cert)
  const api = await EmbeddedApi.start({ tls: { key, cert }, rateLimit: false })
  const time = async (entry: string): Promise<number> => {
    const inputs = { email: 'leaver@example.com', verify: 'false' }
    const result = await runOn(api.baseUrl, { entry, inputs, env: { NODE_EXTRA_CA_CERTS: authority } })
    if (result.exitCode !== 0) throw failure(result, `exit code ${result.exitCode ?? 'none'}`)
    return result.wallMs
  }
  try {
    const bare: number[] = []
    const bundle: number[] = []
    for (let run = 0; run <= RUNS; run += 1) {
      bare.push(await time(BARE))
      bundle.push(await time(BUNDLE))
    }
    // The first run of each warms the caches of the file system.
    const [least, ours] = [median(bare.slice(1)), median(bundle.slice(1))]
    const ratio = ours / least
    return [
      {
        list: 'one user',
        measured: `time ÷ bare script (${least.toFixed(0)} ms)`,
        action: decimal(ratio),
        goal: atMost(MAX_START_RATIO, ratio),
      },
    ]
  } finally {
    await api.stop()
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b).at(Math.floor(numbers.length / 2)) ?? Number.NaN
}

/** Measures how long a list takes if only the latency of the server slows it down. */
async function measureLongList(folder: string): Promise<Row[]> {
  const sdk = installSdk(folder)
  const rows: Row[] = []
  for (const concurrency of CONCURRENCIES) {
    const trial = { users: 1_000, concurrency, server: { latencyMs: LATENCY_MS } }
    const [ours, theirs] = [await runTrial(trial), await runTrial({ ...trial, entry: sdk })]
    const idealMs = (trial.users * LATENCY_MS) / concurrency
    const list = `1,000 users, concurrency ${concurrency}`
    const row = timeRow(list, 'ideal', idealMs, ours, theirs)
    const peaks = { action: mebibytes(ours.peakBytes), sdk: mebibytes(theirs.peakBytes) }
    rows.push(
      { ...row, ...(concurrency === 4 && { goal: atMost(MAX_RATIO, ours.wallMs / idealMs) }) },
      { list, measured: 'peak memory', ...peaks },
    )
  }
  return rows
}

/** Measures what a rate limit costs beyond the waits that it makes necessary. */
async function measureLimitedServer(folder: string): Promise<Row[]> {
  const sdk = installSdk(folder)
  const rows: Row[] = []
  for (const concurrency of CONCURRENCIES) {
    const trial = { users: 250, concurrency, server: LIMITED }
    const [ours, theirs] = [await runTrial(trial), await runTrial({ ...trial, entry: sdk })]
    const list = `${trial.users} users, rate limit, concurrency ${concurrency}`
    const minimumMs = minimumTime(trial.users, concurrency)
    const row = timeRow(list, 'minimum', minimumMs, ours, theirs)
    rows.push(
      { ...row, goal: atMost(MAX_RATIO, ours.wallMs / minimumMs) },
      rateLimitedRow(list, ours, theirs),
    )
  }
  // Enough users that the action looks them up in bulk.
  const trial: Trial = { users: 400, staying: 3_600, concurrency: 4, server: LIMITED, inputs: VERIFIED }
  const verified = await runTrial(trial)
  const callsPerUser = verified.calls / trial.users
  const list = `${trial.users} users, rate limit, verified, devices, seats`
  const goal = atMost(MAX_CALLS_PER_USER, callsPerUser)
  rows.push(
    { list, measured: 'calls per user', action: decimal(callsPerUser), goal },
    rateLimitedRow(list, verified),
  )
  return rows
}

/** Measures the memory that the longest list takes. */
async function measureMemory(): Promise<Row[]> {
  const users = 10_000
  const refused = { kind: 'error', status: 400, code: 12345, message: 'access.api.error.no' } as const
  const lists: Readonly<Record<string, Partial<Trial>>> = {
    confirmed: {},
    refused: { fault: refused },
    'verified, devices, seats': { staying: users * 9, inputs: VERIFIED },
  }
  const rows: Row[] = []
  for (const [name, list] of Object.entries(lists)) {
    const { peakBytes } = await runTrial({ users, concurrency: 20, ...list })
    rows.push({
      list: `10,000 users, ${name}`,
      measured: 'peak memory',
      action: mebibytes(peakBytes),
      goal: atMost(MAX_BYTES, peakBytes, mebibytes),
    })
  }
  return rows
}

function timeRow(list: string, bound: string, boundMs: number, ours: TrialResult, theirs: TrialResult): Row {
  const measured = `time ÷ ${bound} (${seconds(boundMs)})`
  return { list, measured, action: decimal(ours.wallMs / boundMs), sdk: decimal(theirs.wallMs / boundMs) }
}

function rateLimitedRow(list: string, ours: TrialResult, theirs?: TrialResult): Row {
  return {
    list,
    measured: '429 responses',
    action: `${ours.rateLimited}`,
    ...(theirs !== undefined && { sdk: `${theirs.rateLimited}` }),
    goal: atMost(0, ours.rateLimited),
  }
}

/** The shortest possible time in milliseconds: full windows, then the last calls; or the calls alone if they take longer. */
function minimumTime(calls: number, concurrency: number): number {
  const callsMs = (count: number): number => (count * LATENCY_MS) / concurrency
  const windows = Math.ceil(calls / LIMIT.quota) - 1
  return Math.max(callsMs(calls), windows * LIMIT.windowMs + callsMs(calls - windows * LIMIT.quota))
}

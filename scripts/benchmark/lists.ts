import { atMost, decimal, mebibytes, type Row, seconds } from './report.ts'
import { installSdk, runTrial, type Trial, type TrialResult } from './trial.ts'

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

/** Measures how long a list takes if only the latency of the server slows it down. */
export async function measureLongList(folder: string): Promise<Row[]> {
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
export async function measureLimitedServer(folder: string): Promise<Row[]> {
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
export async function measureMemory(): Promise<Row[]> {
  const users = 10_000
  const refused = {
    kind: 'error',
    status: 400,
    code: 12345,
    message: 'access.api.error.made_up: refused',
  } as const
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

import { atMost, decimal, type Row, seconds } from './report.ts'
import { runTrial, type Trial, type TrialResult } from './trial.ts'

const LATENCY_MS = 50
/** Cloudflare's limit is 1,200 calls in 5 minutes. */
const LIMIT = { quota: 100, windowMs: 5_000 }
const MAX_RATIO = 1.15

/** Enough users that the action looks them up in bulk. */
const VERIFIED = { users: 400, staying: 3_600, maxCallsPerUser: 3.3 }

/** Measures what a rate limit costs beyond the waits that it makes necessary. */
export async function measureLimitedServer(sdk: string): Promise<Row[]> {
  const rows: Row[] = []
  for (const concurrency of [4, 20]) {
    const trial = { users: 250, concurrency, server: { latencyMs: LATENCY_MS, rateLimit: LIMIT } }
    const [ours, theirs] = [await runTrial(trial), await runTrial({ ...trial, entry: sdk })]
    const list = `${trial.users} users, rate limit, concurrency ${concurrency}`
    const minimumMs = minimumTime(trial.users, concurrency)
    const ratio = ours.wallMs / minimumMs
    rows.push(
      {
        list,
        measured: `time ÷ minimum (${seconds(minimumMs)})`,
        action: decimal(ratio),
        sdk: decimal(theirs.wallMs / minimumMs),
        goal: atMost(MAX_RATIO, ratio),
      },
      rateLimitedRow(list, ours, theirs),
    )
  }
  const { users, staying, maxCallsPerUser } = VERIFIED
  const trial: Trial = {
    ...{ users, staying, concurrency: 4 },
    server: { latencyMs: LATENCY_MS, rateLimit: LIMIT },
    inputs: { verify: 'true', devices: 'true', 'remove-seat': 'true' },
  }
  const verified = await runTrial(trial)
  const callsPerUser = verified.calls / users
  const list = `${users} users, rate limit, verified, devices, seats`
  return [
    ...rows,
    {
      list,
      measured: 'calls per user',
      action: decimal(callsPerUser),
      goal: atMost(maxCallsPerUser, callsPerUser),
    },
    rateLimitedRow(list, verified),
  ]
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

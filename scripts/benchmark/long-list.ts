import { atMost, decimal, mebibytes, type Row, seconds } from './report.ts'
import { runTrial } from './trial.ts'

const USERS = 1_000
const LATENCY_MS = 50
/** The default, and the highest. */
const CONCURRENCIES = [4, 20]
const MAX_RATIO = { concurrency: 4, bound: 1.15 }

/** Measures how long a list takes if only the latency of the server slows it down. */
export async function measureLongList(sdk: string): Promise<Row[]> {
  const rows: Row[] = []
  for (const concurrency of CONCURRENCIES) {
    const trial = { users: USERS, concurrency, server: { latencyMs: LATENCY_MS } }
    const ours = await runTrial(trial)
    const theirs = await runTrial({ ...trial, entry: sdk })
    const idealMs = (USERS * LATENCY_MS) / concurrency
    const ratio = ours.wallMs / idealMs
    const list = `${USERS.toLocaleString('en')} users, concurrency ${concurrency}`
    rows.push(
      {
        list,
        measured: `time ÷ ideal (${seconds(idealMs)})`,
        action: decimal(ratio),
        sdk: decimal(theirs.wallMs / idealMs),
        ...(concurrency === MAX_RATIO.concurrency && { goal: atMost(MAX_RATIO.bound, ratio) }),
      },
      {
        list,
        measured: 'peak memory',
        action: mebibytes(ours.peakBytes),
        sdk: mebibytes(theirs.peakBytes),
      },
    )
  }
  return rows
}

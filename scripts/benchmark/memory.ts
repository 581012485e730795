import { atMost, mebibytes, type Row } from './report.ts'
import { runTrial, type Trial } from './trial.ts'

const USERS = 10_000
const MAX_BYTES = 350 * 1024 ** 2

const LISTS: Readonly<Record<string, Partial<Trial>>> = {
  confirmed: {},
  refused: {
    fault: { kind: 'error', status: 400, code: 12345, message: 'access.api.error.made_up: refused' },
  },
  'verified, devices, seats': {
    staying: USERS * 9,
    inputs: { verify: 'true', devices: 'true', 'remove-seat': 'true' },
  },
}

/** Measures the memory that the longest list takes. */
export async function measureMemory(): Promise<Row[]> {
  const rows: Row[] = []
  for (const [name, list] of Object.entries(LISTS)) {
    const { peakBytes } = await runTrial({ users: USERS, concurrency: 20, ...list })
    rows.push({
      list: `${USERS.toLocaleString('en')} users, ${name}`,
      measured: 'peak memory',
      action: mebibytes(peakBytes),
      goal: atMost(MAX_BYTES, peakBytes, mebibytes),
    })
  }
  return rows
}

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from 'selfsigned'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { BUNDLE } from '../step.ts'
import { atMost, decimal, type Row } from './report.ts'
import { failure, runOn } from './trial.ts'

const RUNS = 31
const MAX_RATIO = 1.45

const BARE = fileURLToPath(new URL('programs/bare.mjs', import.meta.url))

/** Measures how long one user takes over HTTPS, compared with a script that only sends the request. */
export async function measureStartUp(folder: string): Promise<Row[]> {
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
        goal: atMost(MAX_RATIO, ratio),
      },
    ]
  } finally {
    await api.stop()
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b).at(Math.floor(numbers.length / 2)) ?? Number.NaN
}

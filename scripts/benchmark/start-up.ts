import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedApi } from '../../embedded-api/server.ts'
import { BUNDLE } from '../step.ts'
import { stepEnvironment } from './bundle.ts'
import { certificate } from './certificate.ts'
import { median, ratio } from './figures.ts'
import type { Program } from './process.ts'
import { processError, programFile, runProcess } from './process.ts'
import type { Section } from './section.ts'
import { Table } from './section.ts'

const RUNS = 31
/** The whole process, as a ratio to the bare one. */
const MOST = 1.45

/**
 * Measures what the bundle adds to the least that could do the job: an ES-module script that posts the same request
 * with `node:https`.
 */
export async function measureStartUp(parent: string, show: (line: string) => void): Promise<Section> {
  const folder = mkdtempSync(join(parent, 'start-up-'))
  const { private: key, cert } = await certificate()
  const authority = join(folder, 'ca.pem')
  writeFileSync(authority, cert)
  const api = await EmbeddedApi.start({ tls: { key, cert }, rateLimit: false })
  const inputs = { email: 'leaver@example.com', 'api-base-url': api.baseUrl }
  const env = { ...stepEnvironment(inputs, folder), NODE_EXTRA_CA_CERTS: authority }
  const bare = { entry: programFile('bare.mjs'), env, folder, times: new Array<number>() }
  const bundle = { entry: BUNDLE, env, folder, times: new Array<number>() }
  const table = new Table(['program', 'wall time', 'ratio'], show)
  try {
    // The first run of each warms the caches of the file system, and does not count.
    await time(bare)
    await time(bundle)
    for (let run = 0; run < RUNS; run += 1) {
      bare.times.push(await time(bare))
      bundle.times.push(await time(bundle))
    }
  } finally {
    await api.stop()
  }
  const [least, ours] = [median(bare.times), median(bundle.times)]
  table.add(['bare `node:https` script', milliseconds(least), ratio(least, least)])
  table.add(['this action', milliseconds(ours), ratio(ours, least)])
  return {
    title: 'Startup',
    method: `One user over HTTPS on loopback. The action is compared with the minimum that could do the job: an ES module that posts the same request with \`node:https\`. Median of ${RUNS} alternating runs, from spawn to exit.`,
    table,
    goals: [
      {
        what: 'Startup, ratio to the bare script',
        bound: `at most ${MOST}`,
        measured: ratio(ours, least),
        met: ours <= least * MOST,
      },
    ],
    comparisons: [],
  }
}

/** Milliseconds for one revocation. */
async function time(program: Program): Promise<number> {
  const { exitCode, wallMs } = await runProcess(program)
  if (exitCode !== 0) throw processError(`exit code ${String(exitCode)}`, program)
  return wallMs
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(1)} ms`
}

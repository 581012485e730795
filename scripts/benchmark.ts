/**
 * Measures, whole process against whole process, what the bundle adds to the least that could do the job: an
 * ES-module script that posts the same request with `node:https`. Alternating runs over HTTPS on loopback.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../embedded-api/demo-organization.ts'
import { EmbeddedApi } from '../embedded-api/server.ts'
import { BUNDLE, runStep } from './step.ts'

const RUNS = 31

const BARE = `
import { request } from 'node:https'
const url = process.env['INPUT_API-BASE-URL'] + '/accounts/' + process.env['INPUT_ACCOUNT-ID'] + '/access/organizations/revoke_user'
const body = JSON.stringify({ email: process.env.INPUT_EMAIL })
const headers = { authorization: 'Bearer ' + process.env['INPUT_API-TOKEN'], 'content-type': 'application/json', 'user-agent': 'bare' }
const call = request(url, { method: 'POST', headers }, (answer) => {
  let text = ''
  answer.on('data', (chunk) => (text += chunk)).on('end', () => {
    process.exitCode = answer.statusCode === 200 && JSON.parse(text).result === true ? 0 : 1
  })
})
call.end(body)
`

const folder = mkdtempSync(join(tmpdir(), 'benchmark-'))
const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
  extensions: [
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
  ],
})
const authority = join(folder, 'ca.pem')
const bare = join(folder, 'bare.mjs')
writeFileSync(authority, cert)
writeFileSync(bare, BARE)
const api = await EmbeddedApi.start({ tls: { key, cert }, rateLimit: false })
try {
  const times = { bare: [await time(bare)], bundle: [await time(BUNDLE)] }
  for (let run = 0; run < RUNS; run += 1) {
    times.bare.push(await time(bare))
    times.bundle.push(await time(BUNDLE))
  }
  // The first run of each warmed the caches of the file system.
  const [least, ours] = [median(times.bare.slice(1)), median(times.bundle.slice(1))]
  console.log(`One user over HTTPS on loopback, whole process, median of ${RUNS} alternating runs:`)
  console.log(`  bare node:https script  ${least.toFixed(1)} ms`)
  console.log(`  the bundle              ${ours.toFixed(1)} ms`)
  console.log(`  ratio                   ${(ours / least).toFixed(2)}`)
} finally {
  await api.stop()
  rmSync(folder, { recursive: true })
}

/** Milliseconds for one revocation by the script or the bundle. */
async function time(entry: string): Promise<number> {
  const start = performance.now()
  const { exitCode } = await runStep({
    entry,
    inputs: {
      email: 'leaver@example.com',
      'account-id': DEMO_ACCOUNT_ID,
      'api-token': DEMO_TOKEN,
      'api-base-url': api.baseUrl,
    },
    env: { NODE_EXTRA_CA_CERTS: authority },
  })
  if (exitCode !== 0) throw new Error(`${entry} ended with ${String(exitCode)}`)
  return performance.now() - start
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b).at(Math.floor(numbers.length / 2)) ?? Number.NaN
}

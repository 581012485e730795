/**
 * Measures the bundle, alone and against Cloudflare's TypeScript SDK: `npm run bench`.
 *
 * Names of measurements run only those. `--write` puts the table into docs/benchmarks.md.
 */
import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { MEASUREMENTS } from './benchmark/measurements.ts'
import { report, type Row } from './benchmark/report.ts'

const DOCUMENT = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))
/** From the sentence above the table to its last row. */
const MEASURED = /^Measured on [^]*\|$/m

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const unknown = positionals.find((name) => !MEASUREMENTS.has(name))
if (unknown !== undefined) {
  throw new Error(`There is no measurement "${unknown}", only ${[...MEASUREMENTS.keys()].join(', ')}.`)
}
if (values.write && positionals.length > 0) throw new Error('--write needs all measurements.')

console.log('All measurements take about nine minutes. To run one of them:')
for (const [name, { takes }] of MEASUREMENTS) console.log(`  npm run bench -- ${name}  (${takes})`)

using folder = mkdtempDisposableSync(join(tmpdir(), 'benchmark-'))
const rows: Row[] = []
for (const [name, { run }] of MEASUREMENTS) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.log(`\nMeasuring ${name} …`)
  rows.push(...(await run(folder.path)))
}
const { text, missed } = report(rows)
console.log(`\n${text}`)
if (values.write) {
  const document = readFileSync(DOCUMENT, 'utf8').replace(MEASURED, () => text)
  const options = { ...(await resolveConfig(DOCUMENT)), filepath: DOCUMENT }
  writeFileSync(DOCUMENT, await format(document, options))
}
process.exitCode = missed === 0 ? 0 : 1

/**
 * Measures the bundle, alone and against the official SDK: `npm run bench`.
 *
 * Names of measurements run only those; `--runs` repeats the lists; `--write` puts all of it into docs/benchmarks.md.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Bundle } from './benchmark/bundle.ts'
import { measureConnections } from './benchmark/connections.ts'
import { benchmarkDocument, goals } from './benchmark/document.ts'
import { measureLimitedServer } from './benchmark/limited-server.ts'
import type { ListPlan } from './benchmark/list-plan.ts'
import { measureLongList } from './benchmark/long-list.ts'
import { machine } from './benchmark/machine.ts'
import { measureMemory } from './benchmark/memory.ts'
import { measureProvenList } from './benchmark/proven-list.ts'
import { Sdk } from './benchmark/sdk.ts'
import type { Section } from './benchmark/section.ts'
import { measureStartUp } from './benchmark/start-up.ts'

const DOCUMENT = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '1' }, write: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const runs = Number(values.runs)
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number, 1 or more')

const folder = mkdtempSync(join(tmpdir(), 'benchmark-'))
const show = (line: string): void => {
  console.log(line)
}
const bundle = new Bundle(folder)
const alone = (): ListPlan => ({ contenders: [bundle], runs, show })
let sdk: Sdk | undefined
const against = (): ListPlan => ({ contenders: [bundle, (sdk ??= Sdk.install(folder))], runs, show })

const MEASUREMENTS: Readonly<Record<string, () => Promise<Section>>> = {
  'start-up': () => measureStartUp(folder, show),
  'long-list': () => measureLongList(against()),
  connections: () => measureConnections(folder, show),
  'limited-server': () => measureLimitedServer(against()),
  'proven-list': () => measureProvenList(against()),
  memory: () => measureMemory(alone()),
}

try {
  const sections = await measure(positionals.length === 0 ? Object.keys(MEASUREMENTS) : positionals)
  console.log(`\n${goals(sections)}`)
  if (values.write) {
    mkdirSync(dirname(DOCUMENT), { recursive: true })
    writeFileSync(DOCUMENT, await benchmarkDocument(sections, DOCUMENT))
  }
} finally {
  rmSync(folder, { recursive: true })
}

async function measure(names: readonly string[]): Promise<Section[]> {
  if (values.write && names.length < Object.keys(MEASUREMENTS).length) {
    throw new Error('--write goes with all measurements')
  }
  console.log(`Measured on ${machine()}.`)
  const sections: Section[] = []
  for (const name of names) {
    const measurement = MEASUREMENTS[name]
    if (measurement === undefined) {
      throw new Error(`no measurement "${name}"; there are ${Object.keys(MEASUREMENTS).join(', ')}`)
    }
    console.log(`\n${name}\n`)
    sections.push(await measurement())
  }
  return sections
}

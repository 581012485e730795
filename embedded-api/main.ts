import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type RecordedRequest, withoutCredentials } from './http/journal.ts'
import { readSeed } from './seed.ts'
import { EmbeddedApi } from './server.ts'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8787' }, seed: { type: 'string' }, log: { type: 'string' } },
})
const { log } = values
const seed = values.seed === undefined ? undefined : readSeed(values.seed)

const api = await EmbeddedApi.start({
  port: Number(values.port),
  controlPaths: true,
  ...(seed === undefined ? {} : { organizations: [seed.organization], propagationMs: seed.propagationMs }),
  ...(log === undefined
    ? {}
    : {
        onClosed: (record: RecordedRequest) => {
          writeLine(log, record)
        },
      }),
})
for (const rule of seed?.faults ?? []) api.inject(rule)
console.log(`Embedded API: ${api.baseUrl}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void api.stop()
  })
}

function writeLine(path: string, record: RecordedRequest): void {
  appendFileSync(path, `${JSON.stringify(withoutCredentials(record))}\n`)
}

import { parseArgs } from 'node:util'
import { EmbeddedApi } from './server.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '8787' } } })
const api = await EmbeddedApi.start({ port: Number(values.port) })
console.log(`Embedded API: ${api.baseUrl}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void api.stop()
  })
}

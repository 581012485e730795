/**
 * A preload (`NODE_OPTIONS=--import=…`) of processes that run `src/`: it serves the sources with their types blanked out
 * already, and packages in one file each. The folder `PREPARED_SOURCES` has both, made by prepare-sources.ts.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = process.env['PREPARED_SOURCES']
const { sources, packages } = JSON.parse(readFileSync(join(folder, 'prepared.json'), 'utf8'))

// An import of node:http reads all that it exports. These would load undici, which takes longer than all of the sources.
const http = process.getBuiltinModule('node:http')
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) Reflect.deleteProperty(http, name)

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!(context.parentURL in sources)) return nextResolve(specifier, context)
    const url = specifier.startsWith('.')
      ? new URL(specifier, context.parentURL).href
      : packages.includes(specifier) && pathToFileURL(join(folder, `${specifier}.js`)).href
    return url === false ? nextResolve(specifier, context) : { url, format: 'module', shortCircuit: true }
  },
  load(url, context, nextLoad) {
    const source = sources[url]
    return source === undefined ? nextLoad(url, context) : { source, format: 'module', shortCircuit: true }
  },
})

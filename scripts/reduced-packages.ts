import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as core from '@actions/core'
import { buildSync } from 'esbuild'
import * as valibot from 'valibot'

/** A package of which the bundle gets only what is used. */
interface Package {
  readonly name: string
  /** The namespace as which the sources import it. */
  readonly namespace: string
  readonly exports: readonly string[]
}

const PACKAGES: readonly Package[] = [
  { name: '@actions/core', namespace: 'core', exports: Object.keys(core) },
  { name: 'valibot', namespace: 'v', exports: Object.keys(valibot) },
]

/** Where `paths` in bundle/tsconfig.json finds them. */
const FOLDER = 'bundle/node_modules'

/**
 * Reduces packages to the functions that the sources use, and to what those use in turn, and puts them where ncc finds
 * them. ncc drops nothing that is unused, and every start parses what is shipped.
 *
 * @param entry - the file from which all sources of its folder are reached
 * @throws Error when the sources use a function in a form by which it is not found here
 */
export function reducePackages(entry: string): void {
  rmSync(FOLDER, { recursive: true, force: true })
  const code = readdirSync(dirname(entry), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(dirname(entry), file), 'utf8'))
    .join('\n')
  for (const each of PACKAGES) reduce(each, code)
  check(entry)
}

function reduce({ name, namespace, exports }: Package, code: string): void {
  const used = exports.filter((each) => new RegExp(`\\b${namespace}\\.${each}\\b`).test(code))
  buildSync({
    ...OPTIONS,
    stdin: { contents: `export { ${used.join(', ')} } from '${name}'`, resolveDir: '.' },
    outfile: reduced(name),
    alias: { fs: './bundle/fs.ts' },
    external: ['@actions/exec', '@actions/http-client'],
  })
  // By these ncc tells whose code it is, for the licenses.
  for (const file of ['package.json', 'LICENSE.md']) {
    cpSync(join('node_modules', name, file), join(FOLDER, name, file))
  }
}

/** ncc says nothing of an import that is not there; esbuild does. */
function check(entry: string): void {
  buildSync({
    ...OPTIONS,
    entryPoints: [entry],
    alias: Object.fromEntries(PACKAGES.map(({ name }) => [name, `./${reduced(name)}`])),
    packages: 'external',
    write: false,
  })
}

const OPTIONS = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
} as const

function reduced(name: string): string {
  return `${FOLDER}/${name}/index.js`
}

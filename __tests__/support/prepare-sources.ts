import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import manifest from '../../package.json' with { type: 'json' }
import { REQUIRE, STAND_INS } from '../../bundle/stand-ins.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SRC = new URL('../../src/', import.meta.url)

/**
 * Prepares `src/` for the processes of a test run, some 450 of them: to strip types and to load packages file by file
 * is most of what one takes. Blanked types keep every offset, so the coverage is that of the sources.
 */
export default function prepareSources(): void {
  const folder = mkdtempSync(join(tmpdir(), 'prepared-sources-'))
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const sources = Object.fromEntries(
    files.map((file) => {
      const url = new URL(file, SRC)
      return [url.href, stripTypeScriptTypes(readFileSync(url, 'utf8'))]
    }),
  )
  const packages = Object.keys(manifest.dependencies)
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: packages.map((name) => ({ in: name, out: name })),
    outdir: folder,
    alias: STAND_INS,
    bundle: true,
    splitting: true,
    // The CommonJS of jsonc-parser hides what it requires.
    mainFields: ['module', 'main'],
    format: 'esm',
    platform: 'node',
    banner: { js: REQUIRE },
    logLevel: 'warning',
  })
  writeFileSync(join(folder, 'prepared.json'), JSON.stringify({ sources, packages }))
  process.env['PREPARED_SOURCES'] = folder
  process.once('exit', () => {
    rmSync(folder, { recursive: true })
  })
}

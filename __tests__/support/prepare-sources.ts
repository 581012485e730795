import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { ESBUILD_OPTIONS } from '../../bundle/options.ts'
import manifest from '../../package.json' with { type: 'json' }

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SRC = new URL('../../src/', import.meta.url)

/** Jest prepares the sources again for each run of its watch mode. */
let folder: string | undefined

/**
 * Prepares `src/` for the processes that the tests start, which would otherwise spend most of their time stripping types
 * and loading packages file by file. Blanked types keep every offset, so coverage is that of the sources.
 */
export default function prepareSources(): void {
  if (folder === undefined) {
    const created = mkdtempSync(join(tmpdir(), 'prepared-sources-'))
    process.once('exit', () => {
      rmSync(created, { recursive: true })
    })
    folder = created
  }
  const packages = Object.keys(manifest.dependencies)
  const entryPoints = packages.map((name) => ({ in: name, out: name }))
  buildSync({ ...ESBUILD_OPTIONS, absWorkingDir: ROOT, entryPoints, outdir: folder })
  writeFileSync(join(folder, 'prepared.json'), JSON.stringify({ sources: strippedSources(), packages }))
  process.env['PREPARED_SOURCES'] = folder
}

/** The text of each source, by its URL. */
function strippedSources(): Record<string, string> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return Object.fromEntries(
    files.map((file) => {
      const url = new URL(file, SRC)
      return [url.href, stripTypeScriptTypes(readFileSync(url, 'utf8'))]
    }),
  )
}

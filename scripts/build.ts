/** Bundles `src/index.ts` with ncc into an empty folder: `node scripts/build.ts [folder]`, by default `dist`. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { reducePackages } from './reduced-packages.ts'

const ENTRY = 'src/index.ts'

/**
 * Builds the bundle. ncc leaves chunks of earlier builds in its output folder, so that is emptied first.
 *
 * Types are checked by `npm run typecheck`, not here.
 *
 * @throws Error when esbuild or ncc fails
 */
export function build(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  reducePackages(ENTRY)
  ncc(ENTRY, folder)
  copyLicenses(folder)
}

/**
 * Replaces the licenses by those of a bundle that loads everything on demand. Of a bundle that loads some packages at
 * once and others on demand, ncc names the licenses of the latter alone: it writes one file for each name of a chunk,
 * each over the last, and chunks that are loaded on demand share one name, none.
 */
function copyLicenses(folder: string): void {
  const onDemand = mkdtempSync(join(tmpdir(), 'licenses-'))
  try {
    ncc('bundle/licenses.js', onDemand)
    cpSync(join(onDemand, 'licenses.txt'), join(folder, 'licenses.txt'))
  } finally {
    rmSync(onDemand, { recursive: true })
  }
}

function ncc(entry: string, folder: string): void {
  const cli = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')
  const flags = ['--out', resolve(folder), '--license', 'licenses.txt', '--transpile-only']
  execFileSync(process.execPath, [cli, 'build', resolve(entry), ...flags], {
    // ncc resolves packages by the tsconfig.json of the folder it runs in.
    cwd: 'bundle',
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

if (import.meta.main) build(process.argv[2] ?? 'dist')

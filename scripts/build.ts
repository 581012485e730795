/** Bundles `src/index.ts` with ncc into an empty folder: `node scripts/build.ts [folder]`, by default `dist`. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

/**
 * Builds the bundle. ncc leaves chunks of earlier builds in its output folder, so that is emptied first.
 *
 * Types are checked by `npm run typecheck`, not here.
 *
 * @throws Error when ncc fails
 */
export function build(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')
  const flags = ['--out', resolve(folder), '--license', 'licenses.txt', '--transpile-only']
  execFileSync(process.execPath, [ncc, 'build', resolve('src/index.ts'), ...flags], {
    // ncc resolves packages by the tsconfig.json of the folder it runs in.
    cwd: 'bundle',
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

if (import.meta.main) build(process.argv[2] ?? 'dist')

/** Bundles `src/index.ts` with ncc into an empty folder: `node scripts/build.ts [folder]`, by default `dist`. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'

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
  execFileSync(
    process.execPath,
    [ncc, 'build', 'src/index.ts', '--out', folder, '--license', 'licenses.txt', '--transpile-only'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
}

if (import.meta.main) build(process.argv[2] ?? 'dist')

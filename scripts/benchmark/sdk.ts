import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The version that docs/benchmarks.md names. */
const SDK = 'cloudflare@7.3.0'
const PROGRAM = fileURLToPath(new URL('programs/sdk.mjs', import.meta.url))

/**
 * Installs Cloudflare's TypeScript SDK from npm, once.
 *
 * @returns the program that revokes a list with it
 * @throws if npm cannot install it
 */
export function installSdk(folder: string): string {
  // The program is copied because it finds the SDK in node_modules beside it.
  const entry = join(folder, 'sdk.mjs')
  if (existsSync(entry)) return entry
  const quiet = ['--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--loglevel=error']
  execFileSync('npm', ['install', '--prefix', folder, ...quiet, SDK], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  copyFileSync(PROGRAM, entry)
  return entry
}

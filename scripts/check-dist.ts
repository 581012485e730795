/** Fails unless `dist/` equals a fresh build, so that what users run is what was reviewed. */
import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.ts'

using fresh = mkdtempDisposableSync(join(tmpdir(), 'dist-'))
build(fresh.path)
const compare = ['diff', '--no-index', '--name-only', 'dist', fresh.path]
const { status, stdout } = spawnSync('git', compare, { encoding: 'utf8' })
if (status !== 0) {
  console.error(
    `dist/ is not what the source builds to: ${stdout.trim().replaceAll('\n', ', ')}. Run "npm run build" and commit dist/.`,
  )
  process.exitCode = 1
}

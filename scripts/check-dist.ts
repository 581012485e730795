/** Fails unless `dist/` equals a fresh build, so that what users run is what was reviewed. */
import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.ts'

using fresh = mkdtempDisposableSync(join(tmpdir(), 'dist-'))
build(fresh.path)
// Without renames, so that each line ends with the one file that it is about.
const compare = ['diff', '--no-index', '--no-renames', '--name-status', 'dist', fresh.path]
const { status, stdout } = spawnSync('git', compare, { encoding: 'utf8' })
if (status !== 0) {
  const files = stdout
    .trim()
    .replaceAll(/^.*[/\\]/gm, 'dist/')
    .replaceAll('\n', ', ')
  console.error(`dist/ is not what the source builds to: ${files}. Run "npm run build" and commit dist/.`)
  process.exitCode = 1
}

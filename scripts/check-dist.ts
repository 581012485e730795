/** Fails unless `dist/` equals a fresh build, so that what users run is what was reviewed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.ts'

const fresh = mkdtempSync(join(tmpdir(), 'dist-'))
try {
  build(fresh)
  const files = new Set([...readdirSync('dist'), ...readdirSync(fresh)])
  const different = [...files].filter((file) => read('dist', file) !== read(fresh, file))
  if (different.length > 0) {
    console.error(
      `dist/ is not what the source builds to: ${different.join(', ')}. Run "npm run build" and commit dist/.`,
    )
    process.exitCode = 1
  }
} finally {
  rmSync(fresh, { recursive: true })
}

function read(folder: string, file: string): string | undefined {
  try {
    return readFileSync(join(folder, file), 'latin1')
  } catch {
    return undefined
  }
}

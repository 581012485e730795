/**
 * Packs the files that a runner needs into an archive, for servers that cannot reach GitHub.com:
 * `node scripts/release/pack.ts v1.0.0 FOLDER` prints the path of the archive.
 */
import { join } from 'node:path'
import { git } from './repository.ts'

const [, , tag = '', folder = ''] = process.argv
const name = `revoke-cloudflare-access-${tag}`
const archive = join(folder, `${name}.tar.gz`)
git('archive', `--prefix=${name}/`, `--output=${archive}`, tag, 'action.yml', 'dist', 'LICENSE', 'README.md')
console.log(archive)

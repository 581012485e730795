/**
 * Changes the owner of the repository everywhere, and shows the changed lines:
 *
 *     npm run own -- acme/revoke-cloudflare-access --code-owners @acme/security
 *
 * The present owner is in package.json, so it can be run again for another owner.
 */
import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { format, getFileInfo, resolveConfig } from 'prettier'
import manifest from '../package.json' with { type: 'json' }
import { changedLines, edited, type Owner, parseOwner } from './own/owner.ts'

/** Built files, and this command and its tests, in which owners are only examples. */
const UNTOUCHED = /^(?:dist\/|package-lock\.json$|scripts\/own|__tests__\/scripts\/)|\.png$/

/** The files that git knows or would add. It also knows links and deleted files. */
function sources(): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  return execFileSync('git', args, { encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && !UNTOUCHED.test(path))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true)
}

async function own(owner: Owner): Promise<void> {
  const before = manifest.repository.replace('github:', '')
  let changed = 0
  for (const path of sources()) {
    const text = readFileSync(path, 'utf8')
    const after = edited(path, text, before, owner)
    if (after === text) continue
    const formatted = await formattedAs(path, after)
    writeFileSync(path, formatted)
    console.log([path, ...changedLines(text, formatted)].join('\n  '))
    changed += 1
  }
  console.log(`${changed} files changed. ${owner.codeOwners.join(' ')} reviews ${owner.repository}.`)
}

/** A longer name can change the width of a table. */
async function formattedAs(path: string, text: string): Promise<string> {
  const { ignored, inferredParser } = await getFileInfo(path, { ignorePath: '.prettierignore' })
  if (ignored || inferredParser === null) return text
  return format(text, { ...(await resolveConfig(path)), filepath: path })
}

let owner: Owner
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'code-owners': { type: 'string', multiple: true, default: [] } },
  })
  owner = parseOwner(positionals.join(' '), values['code-owners'])
} catch (error) {
  if (!(error instanceof TypeError)) throw error
  const usage = 'Usage: npm run own -- OWNER/NAME --code-owners @OWNER/TEAM'
  console.error([error.message, '', usage, 'Nothing was changed.'].join('\n'))
  process.exit(1)
}
await own(owner)

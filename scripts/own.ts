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
import * as v from 'valibot'
import { changedLines, edited, mentionOf } from './own/edit.ts'
import { parseOwner, type Owner } from './own/owner.ts'

const USAGE = 'npm run own -- OWNER/NAME --code-owners @OWNER/TEAM'

/** Built files, and this command and the tests of scripts, in which owners are only examples. */
const UNTOUCHED = /^(?:dist\/|package-lock\.json$|scripts\/own|__tests__\/scripts\/)|\.png$/

const packageSchema = v.object({ repository: v.pipe(v.string(), v.startsWith('github:')) })

/** The text of every file that git knows, by its path. */
function sources(): ReadonlyMap<string, string> {
  const paths = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  }).split('\0')
  const written = paths.filter((path) => !UNTOUCHED.test(path) && isFile(path))
  return new Map(written.map((path) => [path, readFileSync(path, 'utf8')]))
}

/** Git also knows links and deleted files. */
function isFile(path: string): boolean {
  return path !== '' && lstatSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** @returns the edited files, formatted: a longer name can change the width of a table */
async function editedFiles(
  files: ReadonlyMap<string, string>,
  before: string,
  owner: Owner,
): Promise<ReadonlyMap<string, string>> {
  const changed = new Map<string, string>()
  for (const [path, text] of files) {
    const after = edited(path, text, before, owner)
    if (after !== text) changed.set(path, await formatted(path, after))
  }
  return changed
}

async function formatted(path: string, text: string): Promise<string> {
  const { ignored, inferredParser } = await getFileInfo(path, { ignorePath: '.prettierignore' })
  if (ignored || inferredParser === null) return text
  return format(text, { ...(await resolveConfig(path)), filepath: path })
}

/** Mentions of the new name that are something else, and could not be changed back. */
function collisions(files: ReadonlyMap<string, string>, before: string, { repository }: Owner): string[] {
  if (repository === before) return []
  return [...files]
    .filter(([, text]) => mentionOf(repository).test(text))
    .map(([path]) => `${path} mentions ${repository} already, as something else. Choose another name.`)
}

async function own(owner: Owner): Promise<readonly string[]> {
  const files = sources()
  const { repository } = v.parse(packageSchema, JSON.parse(files.get('package.json') ?? ''))
  const before = repository.replace('github:', '')
  const problems = collisions(files, before, owner)
  if (problems.length > 0) return problems
  const changed = await editedFiles(files, before, owner)
  for (const [path, text] of changed) {
    writeFileSync(path, text)
    console.log([path, ...changedLines(files.get(path) ?? '', text)].join('\n  '))
  }
  console.log(`${changed.size} files changed. ${owner.codeOwners.join(' ')} reviews ${owner.repository}.`)
  return []
}

/** @returns the owner on the command line, or the problems with it */
function readOwner(args: readonly string[]): Owner | readonly string[] {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'code-owners': { type: 'string', multiple: true, default: [] } },
    })
    return parseOwner(positionals.join(' '), values['code-owners'])
  } catch (error) {
    if (error instanceof TypeError) return [error.message]
    throw error
  }
}

const owner = readOwner(process.argv.slice(2))
const problems = 'repository' in owner ? await own(owner) : owner
if (problems.length > 0) {
  console.error([...problems, '', `Usage: ${USAGE}`, 'Nothing was changed.'].join('\n'))
  process.exitCode = 1
}

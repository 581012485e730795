import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { similarName, unexpandedCause } from '../text/mistakes.ts'
import { entriesFromCsv } from './csv-entries.ts'
import { entriesFromJson } from './json-entries.ts'
import type { ListFindings, ListName } from './list-findings.ts'
import { entriesFromLines } from './plain-entries.ts'
import type { ListFormat, ReadList, UserEntry } from './user-entry.ts'

/** Ten thousand users need less than a tenth of this. */
const MAX_FILE_BYTES = 16 * 1024 * 1024

/**
 * Reads the users that a file lists, by the ending of its name: `.csv`, `.json`, `.jsonl`, or one address a line.
 *
 * Only files inside the workspace or the runner's temporary folder are read, after symbolic links are followed.
 *
 * @param path - the input `users-file`, relative to the workspace or absolute
 * @returns the list, unless a problem was reported
 */
export async function readUsersFile(
  path: string,
  format: ListFormat,
  findings: ListFindings,
): Promise<ReadList[]> {
  const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env
  const mistake = mistakenPath(path, workspace)
  if (mistake !== undefined) {
    findings.problem(`\`users-file\` (${findings.quotes.name(path)}) ${mistake}.`)
    return []
  }
  const resolved = resolve(workspace, path)
  const bytes = await readAllowed(resolved, [workspace, temp], findings)
  if (bytes === undefined) return []
  const file = relativeTo(workspace, resolved)
  const name: ListName = {
    origin: 'file',
    name: basename(path),
    ...(file !== undefined && { file }),
  }
  const problem = contentProblem(bytes)
  if (problem !== undefined) {
    findings.problem(problem)
    return []
  }
  const sha256 = hash('sha256', bytes)
  return [
    { name, given: path, sha256, entries: await entriesOf(bytes, extname(path), name, format, findings) },
  ]
}

async function entriesOf(
  bytes: Buffer,
  extension: string,
  list: ListName,
  format: ListFormat,
  findings: ListFindings,
): Promise<UserEntry[]> {
  const lines = withLineFeeds(bytes)
  const kind = extension.toLowerCase()
  if (kind === '.csv') return entriesFromCsv(lines, list, format, findings)
  if (kind === '.json') return entriesFromJson(lines.toString(), 'array', list, findings)
  if (['.jsonl', '.ndjson'].includes(kind)) return entriesFromJson(lines.toString(), 'lines', list, findings)
  return entriesFromLines(lines.toString(), list)
}

/**
 * The text without a byte-order mark, and with one line ending instead of three, so that lines are counted as an editor
 * counts them, within cells too. It is changed in place, since it may be large.
 */
function withLineFeeds(bytes: Buffer): Buffer {
  const text = bytes.subarray(bytes.indexOf('\uFEFF') === 0 ? 3 : 0)
  if (!text.includes('\r')) return text
  let length = 0
  for (let index = 0; index < text.length; index += 1) {
    const byte = text.readUInt8(index)
    if (byte !== CARRIAGE_RETURN) text[length] = byte
    else if (text[index + 1] === LINE_FEED) continue
    else text[length] = LINE_FEED
    length += 1
  }
  return text.subarray(0, length)
}

const [CARRIAGE_RETURN, LINE_FEED] = [0x0d, 0x0a]

/** What is wrong with a path that cannot be one on this runner, as the end of a sentence. */
function mistakenPath(path: string, workspace: string): string | undefined {
  const cause = unexpandedCause(path)
  if (cause !== undefined) return `${cause}; write an expression like \`\${{ inputs.list }}\`, or the path`
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) {
    return 'is a URL; fetch the list in an earlier step, and give the path of the file'
  }
  if (path.startsWith('~'))
    return 'begins with `~`, which is not expanded; give a path relative to the workspace'
  if (sep === '/' && path.includes('\\')) return 'contains backslashes; write `/` instead'
  const home = workspace.split(sep).slice(-2).join(sep)
  const start = path.indexOf(`${sep}${home}${sep}`)
  if (!isAbsolute(path) || home.length < 3 || start === -1 || isInside(path, workspace)) return undefined
  return `is a path of the runner's host, which a job in a container does not have; write \`${path.slice(start + home.length + 2)}\``
}

/** What is wrong with the content of a file that cannot be a list, as a sentence. */
function contentProblem(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes) || bytes.includes(0)) {
    return '`users-file` is not in UTF-8: save the list as "CSV UTF-8".'
  }
  if (bytes.subarray(0, 64).includes('//git-lfs.github.com/spec/')) {
    return '`users-file` is a Git LFS pointer, not the list itself: set `lfs: true` at the step with actions/checkout.'
  }
  const [mark] = ['<<<<<<< ', '>>>>>>> '].filter(
    (text) => bytes.indexOf(text) === 0 || bytes.includes(`\n${text}`),
  )
  return mark === undefined
    ? undefined
    : `\`users-file\` contains the marks of a merge conflict (\`${mark.trim()}\`): fix the conflict, and commit the list again.`
}

/** The content of the file; undefined if a problem was reported. */
async function readAllowed(
  path: string,
  folders: readonly string[],
  findings: ListFindings,
): Promise<Buffer | undefined> {
  try {
    const file = realpathSync(path)
    const problem = fileProblem(statSync(file), isAllowed(file, folders), findings.quotes.name(path))
    if (problem === undefined) return readFileSync(file)
    findings.problem(problem)
  } catch {
    findings.problem(await unreadable(path, folders, findings))
  }
  return undefined
}

function fileProblem(stats: Stats, allowed: boolean, name: string): string | undefined {
  if (stats.isDirectory()) return `\`users-file\` is a folder (${name}): give the path of the list itself.`
  if (!allowed) {
    return "`users-file` is outside the workspace and the runner's temporary folder: move the file into one of them."
  }
  if (!stats.isFile()) return '`users-file` is not a regular file: give the path of the list itself.'
  return stats.size > MAX_FILE_BYTES
    ? `\`users-file\` is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB: split the list.`
    : undefined
}

async function unreadable(
  path: string,
  folders: readonly string[],
  { quotes }: ListFindings,
): Promise<string> {
  const similar = await similarName(basename(path), namesBeside(path, folders))
  const remedy =
    similar === undefined
      ? 'check the path, and that an earlier step checks out the repository or fetches the list'
      : `did you mean ${quotes.name(similar)}?`
  return `\`users-file\` cannot be read (${quotes.name(path)}): ${remedy}${similar === undefined ? '.' : ''}`
}

/** The names of the files in the folder of that path; empty if it may not be read. */
function namesBeside(path: string, folders: readonly string[]): string[] {
  const folder = realPath(dirname(path))
  return folder !== undefined && isAllowed(`${folder}${sep}file`, folders) ? readdirSync(folder) : []
}

/** The path relative to the folder, as annotations name files; undefined if it is elsewhere. */
function relativeTo(folder: string, path: string): string | undefined {
  const [file, real] = [realpathSync(path), realPath(folder)]
  return real !== undefined && isInside(file, real) ? relative(real, file).replaceAll(sep, '/') : undefined
}

function isAllowed(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const real = realPath(folder)
    return real !== undefined && isInside(file, real)
  })
}

/** The folder, links followed; undefined if there is none. */
function realPath(folder: string): string | undefined {
  try {
    return folder === '' ? undefined : realpathSync(folder)
  } catch {
    return undefined
  }
}

function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

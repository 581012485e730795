import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { ReportProblem } from '../runner/input-reader.ts'
import { similarName } from '../text/mistakes.ts'
import { entriesFromCsv } from './csv-entries.ts'
import { entriesFromJson } from './json-entries.ts'
import type { ListName } from './place.ts'
import type { ListFormat, MessageQuotes, UserEntry } from './user-entry.ts'

/** Ten thousand users need less than a tenth of this. In bytes. */
const LARGEST_FILE = 16 * 1024 * 1024

/**
 * Reads the users that a file lists, by the ending of its name: `.csv`, `.json`, or one address a line.
 *
 * Only files inside the workspace or the runner's temporary folder are read, judged after symbolic links are followed.
 *
 * @param path - the input `users-file`, relative to the workspace or absolute
 * @param report - takes each problem as a full sentence
 */
export async function readUsersFile(
  path: string,
  format: ListFormat,
  quotes: MessageQuotes,
  report: ReportProblem,
): Promise<UserEntry[]> {
  const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env
  const resolved = resolve(workspace, path)
  const bytes = await readAllowed(resolved, [workspace, temp], quotes, report)
  const text = bytes === undefined ? undefined : utf8(bytes, report)
  if (text === undefined) return []
  const file = relativeTo(workspace, resolved)
  const list: ListName = {
    origin: 'file',
    name: basename(path),
    ...(file !== undefined && { file }),
  }
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return entriesFromCsv(text, list, format, quotes, report)
    case '.json':
      return entriesFromJson(text, list, quotes, report)
    default:
      return entriesFromLines(text, list)
  }
}

function entriesFromLines(text: string, list: ListName): UserEntry[] {
  return text.split(/\r\n|[\n\r]/).flatMap((line, index) => {
    const email = line.replace(/(?:^|\s)#[^]*$/, '').trim()
    return email === '' ? [] : [{ place: { list, line: index + 1 }, email }]
  })
}

/** What the file holds; undefined if a problem was told. */
async function readAllowed(
  path: string,
  folders: readonly string[],
  quotes: MessageQuotes,
  report: ReportProblem,
): Promise<Buffer | undefined> {
  try {
    const file = realpathSync(path)
    const stats = statSync(file)
    const problem = problemWith(stats, isAllowed(file, folders), quotes.name(path))
    if (problem === undefined) return readFileSync(file)
    report(problem)
  } catch {
    report(await unreadable(path, folders, quotes))
  }
  return undefined
}

function problemWith(stats: Stats, allowed: boolean, name: string): string | undefined {
  if (stats.isDirectory()) return `\`users-file\` is a folder (${name}): give the path of the list itself.`
  if (!allowed) {
    return "`users-file` is outside the workspace and the runner's temporary folder: move the file into one of them."
  }
  if (!stats.isFile()) return '`users-file` is not a regular file: give the path of the list itself.'
  return stats.size > LARGEST_FILE
    ? `\`users-file\` is larger than ${LARGEST_FILE / 1024 / 1024} MiB: split the list.`
    : undefined
}

async function unreadable(path: string, folders: readonly string[], quotes: MessageQuotes): Promise<string> {
  const similar = await similarName(basename(path), namesBeside(path, folders))
  const remedy =
    similar === undefined
      ? 'check the path, and that an earlier step checks out the repository or fetches the list'
      : `did you mean ${quotes.name(similar)}?`
  return `\`users-file\` cannot be read (${quotes.name(path)}): ${remedy}${similar === undefined ? '.' : ''}`
}

/** The names of the files in the folder of that path, if it may be looked into. */
function namesBeside(path: string, folders: readonly string[]): string[] {
  try {
    const folder = realpathSync(dirname(path))
    return isAllowed(`${folder}${sep}file`, folders) ? readdirSync(folder) : []
  } catch {
    return []
  }
}

function utf8(bytes: Buffer, report: ReportProblem): string | undefined {
  if (isUtf8(bytes)) return bytes.toString().replace(/^\uFEFF/, '')
  report('`users-file` is not in UTF-8: save the list as "CSV UTF-8".')
  return undefined
}

/** The path relative to the folder, as annotations name files; undefined if it is elsewhere. */
function relativeTo(folder: string, path: string): string | undefined {
  const file = realpathSync(path)
  return isAllowed(file, [folder]) ? relative(realpathSync(folder), file).replaceAll(sep, '/') : undefined
}

function isAllowed(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder !== '' && isInside(file, realpathSync(folder)))
}

function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

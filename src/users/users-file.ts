import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { shownValue, similarName, unexpandedCause } from '../text/plain-text.ts'
import { type Checked, type Problem, problem } from '../text/problem.ts'
import type { ListName } from './list.ts'

export interface UsersFile {
  readonly name: ListName
  readonly bytes: Buffer
}

/** 25,000 rows of a staff's export need less. */
const MAX_FILE_BYTES = 8 * 1024 * 1024

/**
 * Reads the file of a list. Only files inside the workspace or the runner's temporary folder are read, after symbolic
 * links are followed.
 *
 * @param path - the input `users-file`, relative to the workspace or absolute
 * @returns undefined if there is a problem
 */
export async function readUsersFile(path: string): Promise<Checked<UsersFile | undefined>> {
  const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env
  const mistake = mistakenPath(path, workspace, temp)
  if (mistake !== undefined) return { value: undefined, problems: [mistake] }
  const resolved = resolve(workspace, path)
  const folders = [workspace, temp]
  try {
    const real = realpathSync(resolved)
    const wrong = fileProblem(statSync(real), isAllowed(real, folders), resolved)
    if (wrong !== undefined) return { value: undefined, problems: [wrong] }
    const file = relativeTo(workspace, real)
    const name = { name: basename(path), ...(file !== undefined && { file }) }
    return { value: { name, bytes: readFileSync(real) }, problems: [] }
  } catch {
    return { value: undefined, problems: [await unreadable(resolved, folders)] }
  }
}

function mistakenPath(path: string, workspace: string, temp: string): Problem | undefined {
  const wrong = (what: string, remedy: string): Problem =>
    problem(`\`users-file\` (${shownValue(path)}) ${what}`, remedy)
  const cause = unexpandedCause(path)
  if (cause !== undefined) return wrong(cause, 'Write an expression like `${{ inputs.list }}`, or the path.')
  if (/^[a-z][a-z\d+.-]{1,20}:\/\//i.test(path))
    return wrong('is a URL', 'Fetch the list in an earlier step, and give the path of the file.')
  if (path.startsWith('~'))
    return wrong('begins with `~`, which is not expanded', 'Give a path relative to the workspace.')
  if (sep === '/' && path.includes('\\')) return wrong('contains backslashes', 'Write `/` instead.')
  if (!isAbsolute(path) || isInside(path, workspace) || isInside(path, temp)) return undefined
  const hostPath = "is a path of the runner's host, which a job in a container does not have"
  const inWorkspace = partBelow(path, workspace.split(sep).slice(-2).join(sep))
  if (inWorkspace !== undefined) return wrong(hostPath, `Write ${shownValue(inWorkspace)}.`)
  const inTemp = partBelow(path, basename(temp))
  const remedy = `Write ${shownValue(`${temp}${sep}${inTemp ?? ''}`)}, as \`RUNNER_TEMP\` says in the container.`
  return inTemp === undefined ? undefined : wrong(hostPath, remedy)
}

/** The part of a path below a folder of that name, wherever that is. */
function partBelow(path: string, folder: string): string | undefined {
  const start = folder.length < 3 ? -1 : path.indexOf(`${sep}${folder}${sep}`)
  return start === -1 ? undefined : path.slice(start + folder.length + 2)
}

function fileProblem(stats: Stats, allowed: boolean, path: string): Problem | undefined {
  const remedy = 'Give the path of the list itself.'
  if (stats.isDirectory()) return problem(`\`users-file\` is a folder (${shownValue(path)})`, remedy)
  if (!allowed) {
    const what = "`users-file` is outside the workspace and the runner's temporary folder"
    return problem(what, 'Move the file into one of them.')
  }
  if (!stats.isFile()) return problem('`users-file` is not a regular file', remedy)
  return stats.size > MAX_FILE_BYTES
    ? problem(`\`users-file\` is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`, 'Split the list.')
    : undefined
}

async function unreadable(path: string, folders: readonly string[]): Promise<Problem> {
  const similar = await similarName(basename(path), namesBeside(path, folders))
  return problem(
    `\`users-file\` cannot be read (${shownValue(path)})`,
    similar === undefined
      ? 'Check the path, and that an earlier step checks out the repository or fetches the list.'
      : `Check the path. There is a file ${shownValue(similar)} with a similar name.`,
  )
}

function namesBeside(path: string, folders: readonly string[]): string[] {
  const folder = realPath(dirname(path))
  return folder !== undefined && isAllowed(`${folder}${sep}file`, folders) ? readdirSync(folder) : []
}

/** The path of a file relative to the folder, as annotations name files; undefined if it is elsewhere. */
function relativeTo(folder: string, file: string): string | undefined {
  const real = realPath(folder)
  return real !== undefined && isInside(file, real) ? relative(real, file).replaceAll(sep, '/') : undefined
}

function isAllowed(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => relativeTo(folder, file) !== undefined)
}

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

import { isUtf8 } from 'node:buffer'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { entriesFromCsv } from './csv-entries.ts'
import { entriesFromJson } from './json-entries.ts'
import type { UserEntry } from './user-entry.ts'

/** Ten thousand users need less than a tenth of this. In bytes. */
const LARGEST_FILE = 16 * 1024 * 1024

/**
 * Reads the users that a file lists, by the ending of its name: `.csv`, `.json`, or one address a line.
 *
 * Only files inside the workspace or the runner's temporary folder are read, judged after symbolic links are followed.
 *
 * @param path - the input `users-file`, relative to the workspace or absolute
 * @param problem - takes each problem as a full sentence
 */
export async function readUsersFile(path: string, problem: (sentence: string) => void): Promise<UserEntry[]> {
  const text = textOf(path, problem)
  if (text === undefined) return []
  const name = basename(path)
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return entriesFromCsv(text, name, problem)
    case '.json':
      return entriesFromJson(text, { name, origin: 'file' }, problem)
    default:
      return entriesFromLines(text, name)
  }
}

function entriesFromLines(text: string, name: string): UserEntry[] {
  return text.split(/\r\n|[\n\r]/).flatMap((line, index) => {
    const email = line.replace(/(?:^|\s)#[^]*$/, '').trim()
    return email === '' ? [] : [{ where: `${name}, line ${index + 1}`, origin: 'file' as const, email }]
  })
}

function textOf(path: string, problem: (sentence: string) => void): string | undefined {
  const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env
  try {
    const file = realpathSync(resolve(workspace, path))
    const allowed = [workspace, temp].some((folder) => folder !== '' && isInside(file, realpathSync(folder)))
    const { size } = statSync(file)
    if (!allowed)
      problem(
        "`users-file` is outside the workspace and the runner's temporary folder: move the file into one of them.",
      )
    else if (!statSync(file).isFile())
      problem('`users-file` is not a file: give the path of the list itself.')
    else if (size > LARGEST_FILE)
      problem(`\`users-file\` is larger than ${LARGEST_FILE / 1024 / 1024} MiB: split the list.`)
    else return utf8(readFileSync(file), problem)
  } catch {
    problem(
      '`users-file` cannot be read: check the path, and that an earlier step checks out the repository or fetches the list.',
    )
  }
  return undefined
}

function utf8(bytes: Buffer, problem: (sentence: string) => void): string | undefined {
  if (isUtf8(bytes)) return bytes.toString().replace(/^\uFEFF/, '')
  problem('`users-file` is not in UTF-8: save the list as "CSV UTF-8".')
  return undefined
}

function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

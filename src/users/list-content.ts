import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { codePointName, itemsOf, shownValue, UNEVALUATED, unexpandedCause } from '../text/plain-text.ts'
import { type Checked, isProblem, type Place, type Problem, problem } from '../text/problem.ts'
import { type ListContent, type ListFormat, MAX_ENTRIES, placeIn, type ReadList } from './list.ts'
import { parseUuid } from './user.ts'

/** What is pasted or written in the place of a list: how to see it, what messages call it, and what to do. */
type Mistakes = readonly (readonly [pattern: RegExp, what: string, remedy: string])[]

const MISTAKEN_FILES: Mistakes = [
  [
    /^\s*<(?:!doctype html|html|head|\?xml)/i,
    'is a web page or XML, such as a login page',
    'Check how an earlier step fetches the list, and whether it signs in.',
  ],
  [
    /^version https:\/\/git-lfs/,
    'is a Git LFS pointer, not the list',
    'Set `lfs: true` for actions/checkout.',
  ],
  [/^(?:<{7}|>{7}) /m, 'contains the marks of a merge conflict', 'Fix the conflict, and commit again.'],
]

const PASTED_LISTS: Mistakes = [
  [
    /@\{|^System\.[A-Z]|\[object [A-Z]|^(?:Array|Object)$/m,
    'contains what is left of objects that were not written as JSON',
    'Use `toJSON(…)` in a workflow, `ConvertTo-Json` in PowerShell, or write only the addresses.',
  ],
  [
    /^#{1,6} /m,
    'is the body of an issue form, with its headings',
    'Use only the address in it, with an action or a script that reads the form.',
  ],
]

/** 25,000 rows of a staff's export need less. */
const MAX_FILE_BYTES = 8 * 1024 * 1024

/** Neither a link with a text in brackets nor an expression. */
const JSON_BEGINNING = /^(?:\[\s*[^\sa-z]|\{[^{])/i

export function isTable(path: string): boolean {
  return ['.csv', '.tsv', '.tab'].includes(extname(path).toLowerCase())
}

/** Reads the list in the input `email`. Readers are loaded on demand, because every start parses what is loaded. */
export async function readInputList(email: string, userUid: string): Promise<Checked<ReadList[]>> {
  const list = { name: inputPlace(), origin: 'email', sha256: hash('sha256', email) } as const
  const text = checkedText(email, shownValue(email), PASTED_LISTS)
  if (typeof text !== 'string') return readList(text, list)
  if (!JSON_BEGINNING.test(text)) return readList(entriesFromInput(text, userUid), list)
  const { entriesFromJson } = await import('./json-entries.ts')
  return readList(
    entriesFromJson(text, (_line, entry) => inputPlace(entry)),
    list,
  )
}

/** Reads the list in a file, by the ending of its name. */
export async function readFileList(path: string, format: ListFormat): Promise<Checked<ReadList[]>> {
  const file = readFile(path)
  if (isProblem(file)) return { value: [], problems: [file] }
  const { name, bytes } = file
  const list = { name, origin: 'file', sha256: hash('sha256', bytes) } as const
  return readList(await contentOfFile(name, bytes, format), list)
}

/** Reads a file inside the workspace or the runner's temporary folder, after symbolic links are followed. */
function readFile(path: string): { readonly name: Place; readonly bytes: Buffer } | Problem {
  const { GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = '' } = process.env
  const cause = /^[a-z][a-z\d+.-]{1,20}:\/\//i.test(path) ? 'is a URL' : unexpandedCause(path)
  if (cause !== undefined) {
    const remedy =
      'Fetch the list in an earlier step, and give the path of the file, or an expression like `${{ inputs.list }}`.'
    return problem(`\`users-file\` (${shownValue(path)}) ${cause}`, remedy)
  }
  const resolved = resolve(workspace, path)
  try {
    const file = realpathSync(resolved)
    const inWorkspace = pathIn(workspace, file)
    const isAllowed = inWorkspace !== undefined || pathIn(temp, file) !== undefined
    const name = { source: basename(path), ...(inWorkspace !== undefined && { file: inWorkspace }) }
    return fileProblem(statSync(file), isAllowed) ?? { name, bytes: readFileSync(file) }
  } catch {
    const remedy =
      'Check that an earlier step checks out the repository or fetches the list, and give the path relative to the workspace, with `/` and without `~`. In a job with a container, the paths of its host do not exist.'
    return problem(`\`users-file\` cannot be read (${shownValue(resolved)})`, remedy)
  }
}

function fileProblem(stats: Stats, isAllowed: boolean): Problem | undefined {
  if (!stats.isFile())
    return problem('`users-file` is a folder or a device, not a file', 'Give the path of the list itself.')
  if (!isAllowed) {
    const what = "`users-file` is outside the workspace and the runner's temporary folder"
    return problem(what, 'Move the file into one of them.')
  }
  return stats.size > MAX_FILE_BYTES
    ? problem(`\`users-file\` is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`, 'Split the list.')
    : undefined
}

/** The path of a file relative to the folder, as annotations name files; undefined if it is elsewhere. */
function pathIn(folder: string, file: string): string | undefined {
  const path = existsSync(folder) ? relative(realpathSync(folder), file) : ''
  return path === '' || path.startsWith('..') || isAbsolute(path) ? undefined : path.replaceAll(sep, '/')
}

/** A list with problems is not used. Those without a place are problems of the list as a whole. */
function readList(
  content: ListContent | Problem,
  list: Omit<ReadList, keyof ListContent>,
): Checked<ReadList[]> {
  const problems = isProblem(content) ? [content] : (content.problems ?? [])
  return {
    value: isProblem(content) || problems.length > 0 ? [] : [{ ...content, ...list }],
    problems: problems.map((found) => ({ at: list.name, ...found })),
  }
}

async function contentOfFile(list: Place, bytes: Buffer, format: ListFormat): Promise<ListContent | Problem> {
  if (!isUtf8(bytes) || bytes.includes(0)) {
    const what = 'the file is a spreadsheet or another file that is not in UTF-8'
    return problem(what, 'Save the list as "CSV UTF-8".')
  }
  const text = checkedText(bytes.toString(), 'the file', MISTAKEN_FILES)
  if (typeof text !== 'string') return text
  if (isTable(list.source)) return (await import('./csv-entries.ts')).entriesFromCsv(text, list, format)
  const ending = extname(list.source).toLowerCase()
  if (!['.json', '.jsonl', '.ndjson'].includes(ending)) return entriesFromLines(text, list)
  const { entriesFromJson } = await import('./json-entries.ts')
  return entriesFromJson(text, (line) => placeIn(list, line), ending !== '.json')
}

/**
 * A text of a list without a byte-order mark and with one kind of line ends, as editors count lines. Other characters at
 * which only some programs end a line are a problem, and so are the mistakes.
 *
 * @param subject - what messages call the text
 */
function checkedText(given: string, subject: string, mistakes: Mistakes): string | Problem {
  const text = given.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const [, what, remedy] = mistakes.find(([pattern]) => pattern.test(text)) ?? []
  if (what !== undefined) return problem(`${subject} ${what}`, remedy)
  const [separator] = /[\v\f\u0085\u2028\u2029]/.exec(text) ?? []
  if (separator === undefined) return text
  const line = text.slice(0, text.indexOf(separator)).split('\n').length
  return problem(
    `line ${line} contains ${codePointName(separator)}, at which only some programs end a line`,
    'Replace it with a line break or a space, here and wherever else it is.',
  )
}

/** @param entry - from 1; undefined for the input as a whole, and for its only entry */
function inputPlace(entry?: number): Place {
  return { source: entry === undefined ? 'email' : `email:${entry}` }
}

/** Reads users from the input `email`: addresses separated by commas or line breaks. */
function entriesFromInput(email: string, userUid: string): ListContent {
  const texts = UNEVALUATED.test(email) ? [email] : itemsOf(email)
  const entries = texts.map((text, index) => ({
    at: inputPlace(texts.length === 1 ? undefined : index + 1),
    email: text,
    userUid: parseUuid(userUid),
  }))
  return { entries }
}

/** What is wrong with the input `user-uid`, which belongs to the only address of a step. */
export function userUidProblems(lists: readonly ReadList[], userUid: string): Problem[] {
  if (userUid === '') return []
  if (parseUuid(userUid) === undefined) {
    const what = `\`user-uid\` is ${shownValue(userUid)}, not 32 hex characters, or 36 with hyphens`
    return [problem(what, 'Copy it again.')]
  }
  const [only, ...others] = lists.flatMap(({ entries }) => entries)
  const isOne = lists.length === 1 && only?.userUid === userUid && others.length === 0
  const what = '`user-uid` requires exactly one address in `email` and no `users-file`'
  return isOne ? [] : [problem(what, 'In a list, give each user its own `user_uid`.')]
}

/** Reads users from a file with one address a line. Comments begin with `#` at the beginning or after white space. */
function entriesFromLines(text: string, list: Place): ListContent | Problem {
  const entries = text
    .split('\n')
    .entries()
    .map(([index, line]) => ({ at: placeIn(list, index + 1), email: line.replace(/(?:^|\s)#.*/, '').trim() }))
    .filter(({ email }) => email !== '')
    .take(MAX_ENTRIES + 1)
    .toArray()
  const { email: first = '' } = entries[0] ?? {}
  const cells = first.split(/[,;\t]/)
  const isTable = cells.length > 1 && cells.some((cell) => cell.trim() !== '' && !cell.includes('@'))
  if (!isTable && !/^[[{]/.test(first)) return { entries }
  const what = 'the file looks like a table or JSON, not like a list with one address per line'
  return problem(what, 'Rename it by its format to end in `.csv`, `.tsv`, `.json`, or `.jsonl`.')
}

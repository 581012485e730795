import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { extname } from 'node:path'
import { UNEVALUATED } from '../text/mistakes.ts'
import { itemsOf, linesOf, shownValue, unprintableIn } from '../text/plain-text.ts'
import type { Checked, Problem } from '../text/problem.ts'
import { parseUuid } from '../text/uuid.ts'
import { INPUT, type ListName, placeIn } from './list-problems.ts'
import {
  contentOf,
  type ListContent,
  type ListFormat,
  MAX_ENTRIES,
  type ReadList,
  type UserEntry,
} from './user-entry.ts'
import type { UsersFile } from './users-file.ts'

/** What files are instead of lists: how they begin, what messages call them, and what to do. */
const OTHER_FILES: readonly (readonly [beginning: string | RegExp, what: string, remedy: string])[] = [
  ['PK\u0003\u0004', 'a spreadsheet or another ZIP archive', 'Save the list as "CSV UTF-8".'],
  ['\u00D0\u00CF\u0011\u00E0', 'a spreadsheet of an older kind', 'Save the list as "CSV UTF-8".'],
  ['%PDF-', 'a PDF document', 'Save the list as "CSV UTF-8".'],
  [
    /^(?:\u00EF\u00BB\u00BF)?\s*<(?:!doctype html|html|head|\?xml)/i,
    'a web page or XML, such as a login page',
    'Check how an earlier step fetches the list, and whether it signs in.',
  ],
  [
    'version https://git-lfs.github.com/spec/',
    'a Git LFS pointer, not the list itself',
    'Set `lfs: true` at the step with actions/checkout.',
  ],
]

/** So much is searched for how other files begin. In bytes. */
const BEGINNING_LENGTH = 1_024

/** The lines that Git writes where it cannot merge. */
const MERGE_MARK = /^(?:<{7}|>{7}) /m

/** Characters at which some programs end a line and others do not. */
const SEPARATOR = /[\v\f\u0085\u2028\u2029]/

/** The text of a list, with line feeds as the only line ends; empty if there is a problem. */
function textOf(bytes: Buffer): Checked<string> {
  const problem = fileProblem(bytes)
  return problem === undefined ? withoutSeparators(bytes.toString()) : { value: '', problems: [problem] }
}

/** A text of a list as it was given, without a byte-order mark and with one kind of line ends, as editors count lines. */
function withoutSeparators(given: string): Checked<string> {
  const text = (given.startsWith('\uFEFF') ? given.slice(1) : given).replace(/\r\n?/g, '\n')
  const [found] = SEPARATOR.exec(text) ?? []
  if (found === undefined) return { value: text, problems: [] }
  const line = text.slice(0, text.indexOf(found)).split('\n').length
  const what = `line ${line} contains ${unprintableIn(found) ?? ''}, at which only some programs end a line`
  return {
    value: '',
    problems: [{ what, remedy: 'Replace it with a line break or a space, here and wherever else it is.' }],
  }
}

/** What is wrong with a file that cannot be a list. */
function fileProblem(bytes: Buffer): Problem | undefined {
  const beginning = bytes.toString('latin1', 0, BEGINNING_LENGTH)
  const other = OTHER_FILES.find(([start]) =>
    typeof start === 'string' ? beginning.startsWith(start) : start.test(beginning),
  )
  if (other !== undefined) return { what: `the file is ${other[1]}`, remedy: other[2] }
  if (!isUtf8(bytes) || bytes.includes(0)) {
    return { what: 'the file is not in UTF-8', remedy: 'Save the list as "CSV UTF-8".' }
  }
  const [mark] = MERGE_MARK.exec(bytes.toString()) ?? []
  return mark === undefined
    ? undefined
    : {
        what: `the file contains the marks of a merge conflict (\`${mark.trim()}\`)`,
        remedy: 'Fix the conflict, and commit the list again.',
      }
}

/** Whether the name is that of a table. */
export function isTable(path: string): boolean {
  return ['.csv', '.tsv', '.tab'].includes(extname(path).toLowerCase())
}

/**
 * Reads the list in the input `email`.
 *
 * @param hasFile - whether there are more users in a file
 */
export async function readInputList(
  email: string,
  userUid: string,
  hasFile: boolean,
): Promise<Checked<ReadList[]>> {
  const { value: text, problems } = withoutSeparators(email)
  if (problems.length > 0)
    return { value: [], problems: problems.map((problem) => ({ ...problem, at: placeIn(INPUT) })) }
  // Readers are loaded on demand, because every start parses what is loaded.
  const content = isJson(text)
    ? (await import('./json-entries.ts')).entriesFromJson(text, INPUT)
    : entriesFromInput(text)
  if (content.problems.length > 0) return { value: [], problems: content.problems }
  const entries = withUserUid(content.value.entries, userUid, hasFile)
  const list = {
    ...content.value,
    entries: entries.value,
    name: INPUT,
    origin: 'email',
    given: 'email',
  } as const
  return { value: [{ ...list, sha256: hash('sha256', email) }], problems: entries.problems }
}

/** Reads the list in a file, by the ending of its name. */
export async function readFileList(path: string, format: ListFormat): Promise<Checked<ReadList[]>> {
  const { readUsersFile } = await import('./users-file.ts')
  const { value: file, problems } = await readUsersFile(path)
  if (file === undefined) return { value: [], problems }
  const content = await readContent(file, format)
  if (content.problems.length > 0) return { value: [], problems: content.problems }
  const list = { ...content.value, name: file.name, origin: 'file', given: path } as const
  return { value: [{ ...list, sha256: hash('sha256', file.bytes) }], problems: [] }
}

async function readContent({ name, bytes }: UsersFile, format: ListFormat): Promise<Checked<ListContent>> {
  const { value: text, problems } = textOf(bytes)
  const at = placeIn(name)
  if (problems.length > 0)
    return { value: contentOf([]), problems: problems.map((problem) => ({ ...problem, at })) }
  if (isTable(name.name)) return (await import('./csv-entries.ts')).entriesFromCsv(text, name, format)
  const ending = extname(name.name).toLowerCase()
  if (!['.json', '.jsonl', '.ndjson'].includes(ending)) return entriesFromLines(text, name)
  const { entriesFromJson, entriesFromJsonLines } = await import('./json-entries.ts')
  return ending === '.json' ? entriesFromJson(text, name) : entriesFromJsonLines(text, name)
}

/** What is pasted or written in the place of a list, each with what to do about it. */
const PASTED_LISTS: readonly (readonly [pattern: RegExp, what: string, remedy: string])[] = [
  [
    /@\{/,
    'contains what PowerShell writes for an object that was not written as JSON',
    'Use `ConvertTo-Json`, or write only the addresses.',
  ],
  [
    /^System\.[A-Z]/m,
    'is what PowerShell writes for a list that was not written as JSON',
    'Use `ConvertTo-Json`, or write only the addresses.',
  ],
  [
    /\[object [A-Z]|^(?:Array|Object)$/i,
    'is what is left of a list that was not written as JSON',
    'Write `email: ${{ toJSON(…) }}`.',
  ],
  [
    /^#{1,6} /m,
    'is the body of an issue form, with its headings',
    'Use only the address in it, with an action or a script that reads the form.',
  ],
]

/** The markup of a link, which begins like a JSON array. */
const LINK = /^\[[^\]"'\n]{1,400}(?:\|mailto:|\]\()/i

/** Whether the input `email` is JSON. */
function isJson(email: string): boolean {
  return (
    /^[[{]/.test(email) && !UNEVALUATED.test(email) && !LINK.test(email) && pastedProblem(email) === undefined
  )
}

/** Reads users from the input `email`: addresses separated by commas or line breaks. */
function entriesFromInput(email: string): Checked<ListContent> {
  const pasted = pastedProblem(email)
  const texts = pasted !== undefined ? [] : UNEVALUATED.test(email) ? [email] : itemsOf(email)
  const entries = texts
    .slice(0, MAX_ENTRIES + 1)
    .map((text, index) => ({ at: placeIn(INPUT, texts.length === 1 ? undefined : index + 1), email: text }))
  return { value: contentOf(entries), problems: pasted === undefined ? [] : [pasted] }
}

function pastedProblem(email: string): Problem | undefined {
  const found = PASTED_LISTS.find(([pattern]) => pattern.test(email))
  return found === undefined
    ? undefined
    : { what: `${shownValue(email)} ${found[1]}`, remedy: found[2], at: placeIn(INPUT) }
}

/** The problem of the input `user-uid` where there is not exactly one user. */
export const MISPLACED_UUID: Problem = {
  what: '`user-uid` requires exactly one address in `email` and no `users-file`',
  remedy: 'In a list, give each user its own `user_uid`.',
}

/**
 * Gives the user of `email` the UUID of the input `user-uid`.
 *
 * @param hasFile - whether there are more users in a file
 */
function withUserUid(
  entries: readonly UserEntry[],
  userUid: string,
  hasFile: boolean,
): Checked<readonly UserEntry[]> {
  const [only, ...others] = entries
  if (userUid === '') return { value: entries, problems: [] }
  if (only === undefined || others.length > 0 || hasFile || only.userUid !== undefined) {
    const what = '`user-uid` requires exactly one address in `email` and no `users-file`'
    return { value: entries, problems: [{ what, remedy: 'In a list, give each user its own `user_uid`.' }] }
  }
  if (parseUuid(userUid) !== undefined) return { value: [{ ...only, userUid }], problems: [] }
  const what = `\`user-uid\` is ${shownValue(userUid)}, not 32 hex characters, or 36 with hyphens`
  return { value: entries, problems: [{ what }] }
}

/** A table is recognized by so many lines. */
const TABLE_LINES = 5

/** Reads users from a file with one address a line. Comments begin with `#` at the beginning or after white space. */
function entriesFromLines(text: string, list: ListName): Checked<ListContent> {
  const entries: UserEntry[] = []
  let line = 0
  for (const written of linesOf(text)) {
    if (entries.length > MAX_ENTRIES) break
    line += 1
    const comment = /(?:^|\s)#/.exec(written)
    const email = written.slice(0, comment?.index).trim()
    if (email !== '') entries.push({ at: placeIn(list, line), email })
  }
  const other = otherContent(entries.slice(0, TABLE_LINES).map(({ email }) => email))
  if (other === undefined) return { value: contentOf(entries), problems: [] }
  return { value: contentOf([]), problems: [{ ...other, at: placeIn(list) }] }
}

/** What the first lines show that a file is instead of addresses. */
function otherContent(lines: readonly string[]): Problem | undefined {
  if (/^[[{]/.test(lines[0] ?? '')) {
    return {
      what: 'the file looks like JSON, not like a list with one address per line',
      remedy: 'Rename it to end in `.json`, or in `.jsonl` if it has one entry per line.',
    }
  }
  const delimiter = [',', ';', '\t'].find((candidate) => {
    const rows = lines.map((line) => line.split(candidate).map((cell) => cell.trim()))
    const [first = []] = rows
    const isEven = rows.every(({ length }) => length === first.length)
    return (
      first.length > 1 &&
      isEven &&
      rows.some((cells) => cells.some((cell) => cell !== '' && !cell.includes('@')))
    )
  })
  return delimiter === undefined
    ? undefined
    : {
        what: 'the file looks like a table, not like a list with one address per line',
        remedy: `Rename it to end in \`${delimiter === '\t' ? '.tsv' : '.csv'}\`, with the names of the columns in the first line.`,
      }
}

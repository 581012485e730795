import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { extname } from 'node:path'
import { itemsOf, shownValue, UNEVALUATED, unprintableIn } from '../text/plain-text.ts'
import { type Checked, type Problem, problem, withPlace } from '../text/problem.ts'
import {
  contentOf,
  INPUT,
  type ListContent,
  type ListFormat,
  type ListName,
  MAX_ENTRIES,
  placeIn,
  type ReadList,
  type UserEntry,
} from './list.ts'
import { parseUuid } from './user.ts'

/** What is pasted or written in the place of a list: how to see it, what messages call it, and what to do. */
type Mistakes = readonly (readonly [pattern: RegExp, what: string, remedy: string])[]

/** What files are instead of lists. Their beginning is read as Latin-1. */
const OTHER_FILES: Mistakes = [
  [/^PK[^ -~]{2}/, 'a spreadsheet or another ZIP archive', 'Save the list as "CSV UTF-8".'],
  [/^\xD0\xCF[^ -~]\xE0/, 'a spreadsheet of an older kind', 'Save the list as "CSV UTF-8".'],
  [/^%PDF-/, 'a PDF document', 'Save the list as "CSV UTF-8".'],
  [
    /^(?:\xEF\xBB\xBF)?\s*<(?:!doctype html|html|head|\?xml)/i,
    'a web page or XML, such as a login page',
    'Check how an earlier step fetches the list, and whether it signs in.',
  ],
  [
    /^version https:\/\/git-lfs\.github\.com\/spec\//,
    'a Git LFS pointer, not the list itself',
    'Set `lfs: true` at the step with actions/checkout.',
  ],
]

/** So much is searched for how other files begin. In bytes. */
const BEGINNING_LENGTH = 1_024

const NO_JSON = 'Use `ConvertTo-Json`, or write only the addresses.'

const PASTED_LISTS: Mistakes = [
  [/@\{/, 'contains what PowerShell writes for an object that was not written as JSON', NO_JSON],
  [/^System\.[A-Z]/m, 'is what PowerShell writes for a list that was not written as JSON', NO_JSON],
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

const LINK = /^\[[^\]"'\n]{1,400}(?:\|mailto:|\]\()/i

/** Whether the name is that of a table. */
export function isTable(path: string): boolean {
  return ['.csv', '.tsv', '.tab'].includes(extname(path).toLowerCase())
}

/** Reads the list in the input `email`. Readers are loaded on demand, because every start parses what is loaded. */
export async function readInputList(email: string): Promise<Checked<ReadList[]>> {
  const { value: text, problems } = normalized(email)
  const isJson = /^[[{]/.test(text) && !UNEVALUATED.test(text) && !LINK.test(text)
  const pasted = PASTED_LISTS.find(([pattern]) => pattern.test(text))
  const content =
    problems.length > 0
      ? contentOf([], withPlace(problems, placeIn(INPUT)))
      : pasted !== undefined
        ? contentOf([], [problem(`${shownValue(text)} ${pasted[1]}`, pasted[2], placeIn(INPUT))])
        : isJson
          ? (await import('./json-entries.ts')).entriesFromJson(text, INPUT)
          : entriesFromInput(text)
  return readList(content, { name: INPUT, origin: 'email', given: 'email', sha256: hash('sha256', email) })
}

/** Reads the list in a file, by the ending of its name. */
export async function readFileList(path: string, format: ListFormat): Promise<Checked<ReadList[]>> {
  const { readUsersFile } = await import('./users-file.ts')
  const { value: file, problems } = await readUsersFile(path)
  if (file === undefined) return { value: [], problems }
  const { name, bytes } = file
  const found = fileProblem(bytes)
  const text = found === undefined ? normalized(bytes.toString()) : { value: '', problems: [found] }
  const content =
    text.problems.length > 0
      ? contentOf([], withPlace(text.problems, placeIn(name)))
      : await contentOfFile(text.value, name, format)
  return readList(content, { name, origin: 'file', given: path, sha256: hash('sha256', bytes) })
}

/** A list with problems is not used. */
function readList(
  { value, problems }: Checked<ListContent>,
  list: Omit<ReadList, keyof ListContent>,
): Checked<ReadList[]> {
  return { value: problems.length > 0 ? [] : [{ ...value, ...list }], problems }
}

async function contentOfFile(
  text: string,
  name: ListName,
  format: ListFormat,
): Promise<Checked<ListContent>> {
  if (isTable(name.name)) return (await import('./csv-entries.ts')).entriesFromCsv(text, name, format)
  const ending = extname(name.name).toLowerCase()
  if (!['.json', '.jsonl', '.ndjson'].includes(ending)) return entriesFromLines(text, name)
  const { entriesFromJson, entriesFromJsonLines } = await import('./json-entries.ts')
  return ending === '.json' ? entriesFromJson(text, name) : entriesFromJsonLines(text, name)
}

function fileProblem(bytes: Buffer): Problem | undefined {
  const beginning = bytes.toString('latin1', 0, BEGINNING_LENGTH)
  const other = OTHER_FILES.find(([pattern]) => pattern.test(beginning))
  if (other !== undefined) return problem(`the file is ${other[1]}`, other[2])
  if (!isUtf8(bytes) || bytes.includes(0))
    return problem('the file is not in UTF-8', 'Save the list as "CSV UTF-8".')
  const [mark] = /^(?:<{7}|>{7}) /m.exec(bytes.toString()) ?? []
  if (mark === undefined) return undefined
  const what = `the file contains the marks of a merge conflict (\`${mark.trim()}\`)`
  return problem(what, 'Fix the conflict, and commit the list again.')
}

/**
 * A text of a list without a byte-order mark and with one kind of line ends, as editors count lines. Other characters at
 * which only some programs end a line are a problem.
 */
function normalized(given: string): Checked<string> {
  const text = given.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const found = /[\v\f\u0085\u2028\u2029]/.exec(text)
  if (found === null) return { value: text, problems: [] }
  const line = text.slice(0, found.index).split('\n').length
  const what = `line ${line} contains ${unprintableIn(found[0]) ?? ''}, at which only some programs end a line`
  const remedy = 'Replace it with a line break or a space, here and wherever else it is.'
  return { value: '', problems: [problem(what, remedy)] }
}

/** Reads users from the input `email`: addresses separated by commas or line breaks. */
function entriesFromInput(email: string): Checked<ListContent> {
  const texts = UNEVALUATED.test(email) ? [email] : itemsOf(email)
  const entries = texts
    .slice(0, MAX_ENTRIES + 1)
    .map((text, index) => ({ at: placeIn(INPUT, texts.length === 1 ? undefined : index + 1), email: text }))
  return contentOf(entries)
}

/**
 * Gives the user of `email` the UUID of the input `user-uid`.
 *
 * @param hasFile - whether there are more users in a file
 */
export function withUserUid(
  lists: readonly ReadList[],
  userUid: string,
  hasFile: boolean,
): Checked<readonly ReadList[]> {
  if (userUid === '') return { value: lists, problems: [] }
  const [list] = lists
  const [only, ...others] = list?.entries ?? []
  if (
    list === undefined ||
    only === undefined ||
    others.length > 0 ||
    hasFile ||
    only.userUid !== undefined
  ) {
    const what = '`user-uid` requires exactly one address in `email` and no `users-file`'
    return { value: lists, problems: [problem(what, 'In a list, give each user its own `user_uid`.')] }
  }
  if (parseUuid(userUid) !== undefined)
    return { value: [{ ...list, entries: [{ ...only, userUid }] }], problems: [] }
  const what = `\`user-uid\` is ${shownValue(userUid)}, not 32 hex characters, or 36 with hyphens`
  return { value: lists, problems: [problem(what)] }
}

const TABLE_LINES = 5

/** Reads users from a file with one address a line. Comments begin with `#` at the beginning or after white space. */
function entriesFromLines(text: string, list: ListName): Checked<ListContent> {
  const entries: UserEntry[] = []
  let line = 0
  for (const written of text.split('\n')) {
    if (entries.length > MAX_ENTRIES) break
    line += 1
    const comment = /(?:^|\s)#/.exec(written)
    const email = written.slice(0, comment?.index).trim()
    if (email !== '') entries.push({ at: placeIn(list, line), email })
  }
  const other = otherContent(entries.slice(0, TABLE_LINES).map(({ email }) => email))
  return other === undefined ? contentOf(entries) : contentOf([], withPlace([other], placeIn(list)))
}

function otherContent(lines: readonly string[]): Problem | undefined {
  if (/^[[{]/.test(lines[0] ?? '')) {
    const remedy = 'Rename it to end in `.json`, or in `.jsonl` if it has one entry per line.'
    return problem('the file looks like JSON, not like a list with one address per line', remedy)
  }
  const delimiter = [',', ';', '\t'].find((candidate) => {
    const rows = lines.map((line) => line.split(candidate).map((cell) => cell.trim()))
    const width = rows[0]?.length ?? 0
    const hasOther = rows.flat().some((cell) => cell !== '' && !cell.includes('@'))
    return width > 1 && rows.every(({ length }) => length === width) && hasOther
  })
  if (delimiter === undefined) return undefined
  const name = delimiter === '\t' ? '.tsv' : '.csv'
  const remedy = `Rename it to end in \`${name}\`, with the names of the columns in the first line.`
  return problem('the file looks like a table, not like a list with one address per line', remedy)
}

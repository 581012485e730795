import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { grouped } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Place, type Problem, problem, withPlace } from '../text/problem.ts'
import {
  contentOf,
  INPUT,
  type ListContent,
  type ListName,
  MAX_ENTRIES,
  placeIn,
  shownValues,
  type UserEntry,
} from './list.ts'

const KEYS = ['email', 'user_uid', 'revoke_after', 'reference']

const KEYS_TEXT = '"email" and optionally "user_uid", "revoke_after", and "reference"'

const WORDS: Readonly<Record<string, string>> = {
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'there is something after the end; for one entry per line, use the ending `.jsonl`',
  InvalidCharacter: 'a string contains a line break or a control character',
  InvalidCommentToken: 'JSON has no comments',
  PropertyNameExpected: 'a key in double quotation marks is missing, or there is a comma too many',
  UnexpectedEndOfString: 'a quotation mark is missing',
  ValueExpected: 'a value is missing, or there is a comma too many',
}

/** No list of users is nested deeper or has more in it, and the parser calls itself. */
const [MAX_DEPTH, MAX_VALUES] = [20, 500_000]

/** A value of a list: a string is an address, an object a user. */
type Element = Readonly<{ node: Node; at: Place }>

/** Reads users from JSON: an array of addresses or of objects, or a single one of them. */
export function entriesFromJson(text: string, list: ListName): Checked<ListContent> {
  const { value: root, problems } = parsed(text, placeIn(list), 0)
  if (root === undefined) return contentOf([], problems)
  const wrapped = root.type === 'object' ? wrappedList(root) : undefined
  const isUser = root.type === 'string' || (root.type === 'object' && wrapped === undefined)
  if (!isUser && root.type !== 'array') return contentOf([], withPlace([notAList(wrapped)], placeIn(list)))
  const nodes = isUser ? [root] : (root.children ?? [])
  let [line, passed] = [1, 0]
  const elements = nodes.slice(0, MAX_ENTRIES + 1).map((node, index) => {
    line += lineBreaks(text.slice(passed, node.offset))
    passed = node.offset
    const number = list === INPUT ? (isUser ? undefined : index + 1) : line
    return { node, at: placeIn(list, number) }
  })
  return readElements(elements, text)
}

/** Reads users from JSON Lines: one address or object a line. */
export function entriesFromJsonLines(text: string, list: ListName): Checked<ListContent> {
  const entries: UserEntry[] = []
  const problems: Problem[] = []
  let line = 0
  for (const written of text.split('\n')) {
    line += 1
    if (written.trim() === '') continue
    const at = placeIn(list, line)
    const { value: node, problems: wrong } = parsed(written, at, line - 1)
    if (node === undefined) return contentOf([], wrong)
    const read = readElements([{ node, at }], written)
    entries.push(...read.value.entries)
    problems.push(...read.problems)
    if (entries.length + problems.length > MAX_ENTRIES) break
  }
  return contentOf(entries, problems)
}

function readElements(elements: readonly Element[], text: string): Checked<ListContent> {
  const read = elements.map((element) => readElement(element, text))
  return contentOf(
    read.flatMap(({ value }) => value ?? []),
    read.flatMap(({ problems }) => problems),
  )
}

/** @param passed - how many lines of the list come before the text */
function parsed(text: string, at: Place, passed: number): Checked<Node | undefined> {
  const size = sizeProblem(text)
  if (size !== undefined) return { value: undefined, problems: withPlace([size], at) }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const [error] = errors
  if (error === undefined && root !== undefined) return { value: root, problems: [] }
  const offset = error?.offset ?? 0
  const words =
    text[offset] === "'"
      ? 'strings are in double quotation marks, not in single ones'
      : WORDS[error === undefined ? '' : printParseErrorCode(error.error)]
  const line = passed + 1 + lineBreaks(text.slice(0, offset))
  const column = offset - text.lastIndexOf('\n', offset - 1)
  const what = `not valid JSON at line ${line}, column ${column}${words === undefined ? '' : `: ${words}`}`
  return {
    value: undefined,
    problems: [problem(what, undefined, { ...at, ...(at.file !== undefined && { line }) })],
  }
}

/** What is wrong with a text that has more in it than any list of users, found before it is parsed. */
function sizeProblem(text: string): Problem | undefined {
  let [depth, count] = [0, 0]
  let isString = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? ''
    if (character === '"') isString = !isString
    else if (isString && character === '\\') index += 1
    else if (!isString && '[{,'.includes(character)) count += 1
    if (!isString && '[{'.includes(character)) depth += 1
    if (!isString && ']}'.includes(character)) depth -= 1
    if (depth > MAX_DEPTH) return problem('the JSON is nested too deeply to be a list of users')
  }
  const what = `the JSON has more than ${grouped(MAX_VALUES)} values`
  return count > MAX_VALUES ? problem(what, 'Export only the users who leave.') : undefined
}

function lineBreaks(text: string): number {
  return text.match(/\n/g)?.length ?? 0
}

type Property = Readonly<{ key: string; value: Node }>

/** The library leaves the type of values open; those of strings are strings. */
function stringOf({ value }: Node): string {
  return String(value)
}

function propertiesOf(node: Node): Property[] {
  return (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name === undefined || value === undefined ? [] : [{ key: stringOf(name), value }],
  )
}

/** The keys that lead to a list in an object that is not a user: to one with addresses, or else to the first. */
function wrappedList(root: Node): readonly string[] | undefined {
  if (propertiesOf(root).some(({ key }) => key === 'email')) return undefined
  const lists = listsIn(root, [])
  return (lists.find(({ list }) => holdsAddress(list)) ?? lists[0])?.path
}

function listsIn(
  node: Node,
  path: readonly string[],
): { readonly path: readonly string[]; readonly list: Node }[] {
  if (node.type === 'array') return [{ path, list: node }]
  return node.type === 'object'
    ? propertiesOf(node).flatMap(({ key, value }) => listsIn(value, [...path, key]))
    : []
}

function holdsAddress(node: Node): boolean {
  return node.type === 'string' ? stringOf(node).includes('@') : (node.children ?? []).some(holdsAddress)
}

function notAList(path: readonly string[] | undefined): Problem {
  if (path === undefined)
    return problem('the JSON is not a list', 'Write it in brackets, like ["user@example.com", …].')
  const isPlain = path.every((key) => /^[a-z_]\w{0,50}$/i.test(key))
  const jq = isPlain ? `, for example with \`jq '.${path.join('.')}'\`` : ''
  const keys = path.map(shownValue).join(' → ')
  return problem('the JSON is an object around a list', `Use only the list in it. Take it from ${keys}${jq}.`)
}

/** @returns no entry if the element is not a user */
function readElement({ node, at }: Element, text: string): Checked<UserEntry | undefined> {
  if (node.type === 'string') return { value: { at, email: stringOf(node).trim() }, problems: [] }
  if (node.type !== 'object') {
    const remedy = `Write an address, or an object with ${KEYS_TEXT}.`
    return {
      value: undefined,
      problems: [problem(`${described(node, text)} is not a user`, remedy, at)],
    }
  }
  const properties = propertiesOf(node)
  const groups = Map.groupBy(properties, ({ key }) => key)
  const keys = Array.from(groups.keys())
  const doubled = keys.filter((key) => (groups.get(key)?.length ?? 0) > 1)
  const unknown = keys.filter((key) => !KEYS.includes(key))
  const problems = [
    ...keysProblem(doubled, ['appears twice', 'appear twice'], 'Keep one.'),
    ...keysProblem(unknown, ['is unknown', 'are unknown'], `The keys are ${KEYS_TEXT}.`),
  ]
  return problems.length > 0
    ? { value: undefined, problems: withPlace(problems, at) }
    : { value: entryOf(properties, at, text), problems: [] }
}

function keysProblem(keys: readonly string[], [is, are]: [string, string], remedy: string): Problem[] {
  if (keys.length === 0) return []
  return [
    problem(
      `the ${keys.length === 1 ? 'key' : 'keys'} ${shownValues(keys)} ${keys.length === 1 ? is : are}`,
      remedy,
    ),
  ]
}

function entryOf(properties: readonly Property[], at: Place, text: string): UserEntry {
  const problems: Problem[] = []
  const texts = new Map<string, string>()
  for (const { key, value } of properties) {
    if (value.type === 'string') texts.set(key, stringOf(value).trim())
    // A date of null is a blank one, which the text "null" is as well.
    else if (key === 'revoke_after' && value.type === 'null') texts.set(key, 'null')
    else if (key === 'reference' && value.type === 'number') texts.set(key, written(value, text))
    else if (key !== 'reference' || value.type !== 'null')
      problems.push(problem(`"${key}" is ${described(value, text)}`, 'Write it as text in quotation marks.'))
  }
  const [userUid, revokeAfter, reference] = ['user_uid', 'revoke_after', 'reference'].map((key) =>
    texts.get(key),
  )
  return {
    at,
    email: texts.get('email') ?? '',
    ...(userUid !== undefined && { userUid }),
    ...(revokeAfter !== undefined && { revokeAfter }),
    ...(reference !== undefined && { reference }),
    ...(problems.length > 0 && { problems }),
  }
}

/** What a value is, as a part of a sentence; numbers and the like as they are written. */
function described(node: Node, text: string): string {
  if (node.type === 'object' || node.type === 'array') return `an ${node.type}`
  return node.type === 'number'
    ? `the number ${written(node, text).slice(0, 40)}`
    : `\`${written(node, text)}\``
}

function written({ offset, length }: Node, text: string): string {
  return text.slice(offset, offset + length)
}

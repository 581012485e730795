import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { grouped } from '../text/measures.ts'
import { linesOf, shownValue } from '../text/plain-text.ts'
import type { Checked, Place, Problem } from '../text/problem.ts'
import { type ListName, INPUT, placeIn, shownValues } from './list-problems.ts'
import { contentOf, type ListContent, MAX_ENTRIES, type UserEntry } from './user-entry.ts'

const KEYS = ['email', 'user_uid', 'revoke_after', 'reference']

const KEYS_TEXT = '"email" and optionally "user_uid", "revoke_after", and "reference"'

/** The errors of jsonc-parser in words. */
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
  if (root === undefined) return { value: contentOf([]), problems }
  const isUser = root.type === 'string' || (root.type === 'object' && wrappedList(root) === undefined)
  if (!isUser && root.type !== 'array') {
    return { value: contentOf([]), problems: [notAList(root, placeIn(list))] }
  }
  const nodes = isUser ? [root] : (root.children ?? [])
  let [line, passed] = [1, 0]
  const elements = nodes.slice(0, MAX_ENTRIES + 1).map((node, index) => {
    line += lineBreaks(text, passed, node.offset)
    passed = node.offset
    const number = list === INPUT ? (isUser ? undefined : index + 1) : line
    return { node, at: placeIn(list, number) }
  })
  return readElements(elements, text)
}

/** Reads users from JSON Lines: one address or object a line. */
export function entriesFromJsonLines(text: string, list: ListName): Checked<ListContent> {
  const elements: Element[] = []
  let line = 0
  for (const written of linesOf(text)) {
    line += 1
    if (written.trim() === '') continue
    const at = placeIn(list, line)
    const { value: node, problems } = parsed(written, at, line - 1)
    if (node === undefined) return { value: contentOf([]), problems }
    elements.push({ node, at })
    if (elements.length > MAX_ENTRIES) break
  }
  return readElements(elements, text)
}

function readElements(elements: readonly Element[], text: string): Checked<ListContent> {
  const read = elements.map(({ node, at }) => readElement(node, at, text))
  const problems = read.flatMap((element) => element.problems)
  return { value: contentOf(read.flatMap(({ value }) => value ?? [])), problems }
}

/** @param passed - how many lines of the list come before the text */
function parsed(text: string, at: Place, passed: number): Checked<Node | undefined> {
  const size = sizeProblem(text)
  if (size !== undefined) return { value: undefined, problems: [{ ...size, at }] }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const [error] = errors
  if (error === undefined && root !== undefined) return { value: root, problems: [] }
  const offset = error?.offset ?? 0
  const words =
    text[offset] === "'"
      ? 'strings are in double quotation marks, not in single ones'
      : WORDS[error === undefined ? '' : printParseErrorCode(error.error)]
  const line = passed + 1 + lineBreaks(text, 0, offset)
  const column = offset - text.lastIndexOf('\n', offset - 1)
  const what = `not valid JSON at line ${line}, column ${column}${words === undefined ? '' : `: ${words}`}`
  return { value: undefined, problems: [{ what, at: { ...at, ...(at.file !== undefined && { line }) } }] }
}

/** What is wrong with a text that has more in it than any list of users, found before it is parsed. */
function sizeProblem(text: string): Problem | undefined {
  let [depth, deepest, count] = [0, 0, 0]
  let isString = false
  for (let index = 0; index < text.length && deepest <= MAX_DEPTH; index += 1) {
    const character = text[index]
    if (isString && character === '\\') index += 1
    else if (character === '"') isString = !isString
    else if (isString) continue
    else if (character === '[' || character === '{') {
      depth += 1
      deepest = Math.max(deepest, depth)
      count += 1
    } else if (character === ']' || character === '}') depth -= 1
    else if (character === ',') count += 1
  }
  if (deepest > MAX_DEPTH) return { what: 'the JSON is nested too deeply to be a list of users' }
  return count > MAX_VALUES
    ? {
        what: `the JSON has more than ${grouped(MAX_VALUES)} values`,
        remedy: 'Export only the users who leave.',
      }
    : undefined
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0
  let place = text.indexOf('\n', from)
  while (place !== -1 && place < to) {
    count += 1
    place = text.indexOf('\n', place + 1)
  }
  return count
}

/** A key of an object, and its value. */
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

function notAList(root: Node, at: Place): Problem {
  const path = root.type === 'object' ? wrappedList(root) : undefined
  if (path === undefined) {
    return {
      what: 'the JSON is not a list',
      remedy: 'Write it in brackets, like ["user@example.com", …].',
      at,
    }
  }
  const jq = path.every((key) => /^[a-z_]\w{0,50}$/i.test(key))
    ? `, for example with \`jq '.${path.join('.')}'\``
    : ''
  const keys = path.map(shownValue).join(' → ')
  return {
    what: 'the JSON is an object around a list',
    remedy: `Use only the list in it. Take it from ${keys}${jq}.`,
    at,
  }
}

/** @returns no entry if the element is not a user */
function readElement(node: Node, at: Place, text: string): Checked<UserEntry | undefined> {
  if (node.type === 'string') return { value: { at, email: stringOf(node).trim() }, problems: [] }
  if (node.type !== 'object') {
    const what = `${described(node, text)} is not a user`
    return {
      value: undefined,
      problems: [{ what, remedy: `Write an address, or an object with ${KEYS_TEXT}.`, at }],
    }
  }
  const properties = propertiesOf(node)
  const [keys, doubled] = [new Set<string>(), new Set<string>()]
  for (const { key } of properties) (keys.has(key) ? doubled : keys).add(key)
  const unknown = new Set(Array.from(keys).filter((key) => !KEYS.includes(key)))
  const problems = [
    ...keysProblem(doubled, 'appears twice', 'appear twice', 'Keep one.'),
    ...keysProblem(unknown, 'is unknown', 'are unknown', `The keys are ${KEYS_TEXT}.`),
  ]
  return problems.length > 0
    ? { value: undefined, problems: problems.map((problem) => ({ ...problem, at })) }
    : { value: entryOf(properties, at, text), problems: [] }
}

function keysProblem(keys: ReadonlySet<string>, is: string, are: string, remedy: string): Problem[] {
  const shown = shownValues(Array.from(keys))
  return keys.size === 0
    ? []
    : [{ what: keys.size === 1 ? `the key ${shown} ${is}` : `the keys ${shown} ${are}`, remedy }]
}

function entryOf(properties: readonly Property[], at: Place, text: string): UserEntry {
  const problems: Problem[] = []
  const nodeOf = (key: string): Node | undefined => properties.find((property) => property.key === key)?.value
  const textOf = (key: string): string | undefined => {
    const given = nodeOf(key)
    if (given === undefined) return undefined
    if (given.type === 'string') return stringOf(given).trim()
    problems.push({
      what: `"${key}" is ${described(given, text)}`,
      remedy: 'Write it as text in quotation marks.',
    })
    return undefined
  }
  const reference = nodeOf('reference')
  const email = textOf('email') ?? ''
  const userUid = textOf('user_uid')
  // A date of null is a blank one, which the text "null" is as well.
  const revokeAfter = nodeOf('revoke_after')?.type === 'null' ? 'null' : textOf('revoke_after')
  const carried =
    reference?.type === 'number'
      ? written(reference, text)
      : reference?.type === 'null'
        ? undefined
        : textOf('reference')
  return {
    at,
    email,
    ...(userUid !== undefined && { userUid }),
    ...(revokeAfter !== undefined && { revokeAfter }),
    ...(carried !== undefined && { reference: carried }),
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

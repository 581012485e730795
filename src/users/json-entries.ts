import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { grouped } from '../text/measures.ts'
import { isProblem, type Place, type Problem, problem } from '../text/problem.ts'
import { type ListContent, MAX_ENTRIES, shownValues, type UserEntry } from './list.ts'

const KEYS = ['email', 'user_uid', 'revoke_after', 'reference']

const KEYS_TEXT = '"email" and optionally "user_uid", "revoke_after", and "reference"'

type PlaceOf = (line: number, entry?: number) => Place

/** No list of users has more in it. */
const MAX_VALUES = 500_000

/**
 * Reads users from JSON: an array of addresses or of objects, or a single one of them.
 *
 * @param placeOf - the place of a line of the text, and of an entry of the array there; both from 1
 * @param isLines - whether it is JSON Lines, with one address or object a line
 */
export function entriesFromJson(text: string, placeOf: PlaceOf, isLines = false): ListContent | Problem {
  const read: (UserEntry | Problem)[] = []
  let [line, counted] = [1, 0]
  for (const { 0: part, index: start } of text.matchAll(isLines ? /\S.*/g : /^[^]*/g)) {
    const root = parsed(part, start, text, placeOf)
    if (isProblem(root)) return root
    const nodes = root.type === 'array' && !isLines ? (root.children ?? []) : [root]
    for (const [index, node] of nodes.slice(0, MAX_ENTRIES + 1).entries()) {
      const offset = start + node.offset
      line += text.slice(counted, offset).split('\n').length - 1
      counted = offset
      read.push(readElement(node, placeOf(line, node === root ? undefined : index + 1), part))
    }
    if (read.length > MAX_ENTRIES) break
  }
  return { entries: read.filter((entry) => 'email' in entry), problems: read.filter(isProblem) }
}

/** @param start - where the part that is parsed begins in the text of the list */
function parsed(part: string, start: number, text: string, placeOf: PlaceOf): Node | Problem {
  if (part.split(/[[{,]/, MAX_VALUES + 2).length > MAX_VALUES + 1) {
    const what = `the JSON has more than ${grouped(MAX_VALUES)} values`
    return problem(what, 'Export only the users who leave.')
  }
  const errors: ParseError[] = []
  try {
    const root = parseTree(part, errors, { disallowComments: true })
    const [error] = errors
    if (error === undefined && root !== undefined) return root
    const lines = text.slice(0, start + (error?.offset ?? 0)).split('\n')
    const column = (lines.at(-1) ?? '').length + 1
    const code = error === undefined ? 'ValueExpected' : printParseErrorCode(error.error)
    const cause = code.replace(/\B[A-Z]/g, ' $&').toLowerCase()
    const what = `not valid JSON at line ${lines.length}, column ${column}: ${cause}`
    const remedy =
      'Write strings and keys in double quotation marks, no comma after the last entry, and no comments. One entry per line needs the ending `.jsonl`.'
    return problem(what, remedy, placeOf(lines.length))
  } catch (error) {
    // The parser calls itself.
    if (!(error instanceof RangeError)) throw error
    return problem('the JSON is nested too deeply to be a list of users')
  }
}

function readElement(node: Node, at: Place, text: string): UserEntry | Problem {
  if (node.type === 'string') return { at, email: stringOf(node) }
  if (node.type !== 'object') {
    const remedy = `Write an address, or an object with ${KEYS_TEXT}.`
    return problem(`${described(node, text)} is not a user`, remedy, at)
  }
  const properties = (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [{ key: String(key.value), value }],
  )
  const wrong = Array.from(Map.groupBy(properties, ({ key }) => key)).flatMap(([key, { length }]) =>
    length > 1 || !KEYS.includes(key) ? [key] : [],
  )
  if (wrong.length > 0) {
    const lists = properties.flatMap(({ key, value }) => (value.type === 'array' ? [key] : []))
    const isAround = node.parent === undefined && lists.length > 0
    const around = ` If this is an object around a list, use only the list in ${shownValues(lists)}.`
    const remedy = `The keys are ${KEYS_TEXT}, each once.${isAround ? around : ''}`
    return problem(`unknown or repeated keys: ${shownValues(wrong)}`, remedy, at)
  }
  const problems: Problem[] = []
  const texts = new Map<string, string>()
  for (const { key, value } of properties) {
    if (value.type === 'string') texts.set(key, stringOf(value))
    // A date of null is a blank one, which the text "null" is as well.
    else if (key === 'revoke_after' && value.type === 'null') texts.set(key, 'null')
    else if (key === 'reference' && value.type === 'number') texts.set(key, written(value, text))
    else if (key !== 'reference' || value.type !== 'null')
      problems.push(problem(`"${key}" is ${described(value, text)}`, 'Write it as text in quotation marks.'))
  }
  return {
    at,
    email: texts.get('email') ?? '',
    userUid: texts.get('user_uid'),
    revokeAfter: texts.get('revoke_after'),
    reference: texts.get('reference'),
    ...(problems.length > 0 && { problems }),
  }
}

/** The library leaves the type of values open; those of strings are strings. */
function stringOf({ value }: Node): string {
  return String(value).trim()
}

/** What a value is, as a part of a sentence; numbers and the like as they are written. */
function described(node: Node, text: string): string {
  return node.children === undefined ? `\`${written(node, text).slice(0, 40)}\`` : `an ${node.type}`
}

function written({ offset, length }: Node, text: string): string {
  return text.slice(offset, offset + length)
}

import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { grouped } from '../text/measures.ts'
import { type Checked, isProblem, type Place, type Problem, problem } from '../text/problem.ts'
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

/** No list of users has more in it. */
const MAX_VALUES = 500_000

/**
 * Reads users from JSON: an array of addresses or of objects, or a single one of them.
 *
 * @param isLines - whether it is JSON Lines, with one address or object a line
 */
export function entriesFromJson(text: string, list: ListName, isLines = false): Checked<ListContent> {
  const read: (UserEntry | Problem)[] = []
  let line = 1
  for (const part of isLines ? text.split('\n') : [text]) {
    if (!isLines || part.trim() !== '') {
      const root = parsed(part, list, line)
      if (isProblem(root)) return contentOf([], [root])
      const nodes = root.type === 'array' && !isLines ? (root.children ?? []) : [root]
      let passed = 0
      for (const [index, node] of nodes.slice(0, MAX_ENTRIES + 1).entries()) {
        line += lineBreaks(part.slice(passed, node.offset))
        passed = node.offset
        const entry = node === root ? undefined : index + 1
        read.push(readElement(node, placeIn(list, list === INPUT ? entry : line), part))
      }
    }
    if (read.length > MAX_ENTRIES) break
    line += 1
  }
  return contentOf(
    read.flatMap((entry) => (isProblem(entry) ? [] : [entry])),
    read.filter(isProblem),
  )
}

/** @param firstLine - the line of the list that the text begins on */
function parsed(text: string, list: ListName, firstLine: number): Node | Problem {
  if (text.split(/[[{,]/, MAX_VALUES + 2).length > MAX_VALUES + 1) {
    const what = `the JSON has more than ${grouped(MAX_VALUES)} values`
    return problem(what, 'Export only the users who leave.')
  }
  const errors: ParseError[] = []
  try {
    const root = parseTree(text, errors, { disallowComments: true })
    const [error] = errors
    if (error === undefined && root !== undefined) return root
    const offset = error?.offset ?? 0
    const line = firstLine + lineBreaks(text.slice(0, offset))
    const column = offset - text.lastIndexOf('\n', offset - 1)
    const code = error === undefined ? 'ValueExpected' : printParseErrorCode(error.error)
    const cause = code.replace(/\B[A-Z]/g, ' $&').toLowerCase()
    const what = `not valid JSON at line ${line}, column ${column}: ${cause}`
    const remedy =
      'Write strings and keys in double quotation marks, no comma after the last entry, and no comments. One entry per line needs the ending `.jsonl`.'
    return problem(what, remedy, placeIn(list, list === INPUT ? undefined : line))
  } catch (error) {
    // The parser calls itself.
    if (!(error instanceof RangeError)) throw error
    return problem('the JSON is nested too deeply to be a list of users')
  }
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1
}

function readElement(node: Node, at: Place, text: string): UserEntry | Problem {
  if (node.type === 'string') return { at, email: stringOf(node) }
  if (node.type !== 'object')
    return problem(
      `${described(node, text)} is not a user`,
      `Write an address, or an object with ${KEYS_TEXT}.`,
      at,
    )
  const properties = (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [{ key: String(key.value), value }],
  )
  const wrong = Array.from(Map.groupBy(properties, ({ key }) => key)).flatMap(([key, { length }]) =>
    length > 1 || !KEYS.includes(key) ? [key] : [],
  )
  if (wrong.length > 0) {
    const lists = properties.flatMap(({ key, value }) => (value.type === 'array' ? [key] : []))
    const isAround = node.parent === undefined && lists.length > 0
    const remedy = `The keys are ${KEYS_TEXT}, each once.${isAround ? ` If this is an object around a list, use only the list in ${shownValues(lists)}.` : ''}`
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

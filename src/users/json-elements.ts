import type { JSONVisitor } from 'jsonc-parser'
import { linesOf } from '../text/plain-text.ts'

/** A value in JSON. Only strings keep their meaning; other scalars keep their text. */
export interface JsonValue {
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array'
  /** The string, or how the scalar is written; empty for objects and arrays. */
  readonly text: string
}

/** An element of a list: a value, and the keys of an object. */
export interface JsonElement {
  /** Of the text, beginning at 1. */
  readonly line: number
  readonly value: JsonValue
  readonly keys: ReadonlyMap<string, JsonValue>
  readonly repeatsKey: boolean
}

/** Why a text is not a list. */
export type JsonProblem =
  /** The end of a sentence that begins with the name of the list. */
  | { readonly kind: 'syntax'; readonly text: string }
  /** The keys that lead to an array, first to one with addresses; undefined if there is none. */
  | { readonly kind: 'no_array'; readonly arrayAt: readonly string[] | undefined }

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

/** No list of users is nested deeper. */
const MAX_DEPTH = 20

/**
 * Reads the elements of a JSON array one by one, and keeps only what is read. `JSON.parse` reports neither line numbers nor
 * repeated keys, and its result takes many times the memory of the text.
 *
 * @param onElement - a false answer ends the reading
 * @returns the first problem with the text as a whole, if there is one
 */
export async function readElements(
  text: string,
  onElement: (element: JsonElement) => boolean,
): Promise<JsonProblem | undefined> {
  return visitElements(text, 1, onElement)
}

/** The same for JSON Lines, which have one element a line. */
export async function readElementLines(
  text: string,
  onElement: (element: JsonElement) => boolean,
): Promise<JsonProblem | undefined> {
  let [passed, goesOn] = [0, true]
  for (const written of linesOf(text)) {
    const line = passed + 1
    const readOne = (element: JsonElement): boolean => {
      goesOn = onElement({ ...element, line })
      return goesOn
    }
    const problem = written.trim() === '' ? undefined : await visitElements(written, 0, readOne, passed)
    if (problem !== undefined || !goesOn) return problem
    passed = line
  }
  return undefined
}

/** An element that is being read. */
interface OpenElement {
  readonly line: number
  readonly value: JsonValue
  readonly keys: Map<string, JsonValue>
  repeatsKey: boolean
}

/** Ends the reading from within, with the problem if there is one. */
class EndOfReading extends Error {
  readonly problem: string | undefined

  constructor(problem?: string) {
    super(problem)
    this.problem = problem
  }
}

/**
 * @param elementDepth - 1 for the elements of an array, 0 for a text that is one element
 * @param passed - how many lines of the list come before the text
 */
async function visitElements(
  text: string,
  elementDepth: number,
  onElement: (element: JsonElement) => boolean,
  passed = 0,
): Promise<JsonProblem | undefined> {
  const { printParseErrorCode, visit } = await import('jsonc-parser')
  let element: OpenElement | undefined
  let key = ''
  let root: JsonValue['kind'] | undefined
  /** The keys that lead to where the reading is. */
  const path: string[] = []
  /** Within a root object: the arrays that are in no other, and the one with addresses. */
  const arrays: (readonly string[])[] = []
  let addressesAt: readonly string[] | undefined
  const finish = (finished: OpenElement): void => {
    element = undefined
    if (!onElement(finished)) throw new EndOfReading()
  }
  const begin = (value: JsonValue, startLine: number): void => {
    const depth = path.length
    if (depth === 0) root = value.kind
    if (depth > MAX_DEPTH) throw new EndOfReading(': the JSON is nested too deeply to be a list of users.')
    if (depth === elementDepth && (elementDepth === 0 || root === 'array')) {
      element = { line: startLine + 1, value, keys: new Map(), repeatsKey: false }
    } else if (depth === elementDepth + 1 && element !== undefined) {
      if (element.keys.has(key)) element.repeatsKey = true
      element.keys.set(key, value)
    }
  }
  const end = (): void => {
    path.pop()
    if (element !== undefined && path.length === elementDepth) finish(element)
  }
  const visitor: JSONVisitor = {
    onObjectBegin: (_offset, _length, startLine) => {
      begin({ kind: 'object', text: '' }, startLine)
      path.push('')
    },
    onArrayBegin: (_offset, _length, startLine) => {
      begin({ kind: 'array', text: '' }, startLine)
      if (root === 'object' && !path.includes('[]')) arrays.push([...path])
      path.push('[]')
    },
    onObjectProperty: (property) => {
      key = property
      path[path.length - 1] = property
    },
    onObjectEnd: end,
    onArrayEnd: end,
    onLiteralValue: (value: unknown, offset, length, startLine) => {
      begin(
        typeof value === 'string'
          ? { kind: 'string', text: value }
          : { kind: scalarKind(value), text: text.slice(offset, offset + length) },
        startLine,
      )
      if (element !== undefined && path.length === elementDepth) finish(element)
      if (typeof value === 'string' && value.includes('@') && path.includes('[]'))
        addressesAt ??= arrays.at(-1)
    },
    onError: (code, offset, _length, startLine, startCharacter) => {
      const words =
        text[offset] === "'"
          ? 'strings are in double quotation marks, not in single ones'
          : WORDS[printParseErrorCode(code)]
      const place = `line ${startLine + 1 + passed}, column ${startCharacter + 1}`
      throw new EndOfReading(`, ${place}: not valid JSON${words === undefined ? '' : `: ${words}`}.`)
    },
  }
  try {
    visit(text, visitor, { disallowComments: true })
  } catch (error) {
    if (!(error instanceof EndOfReading)) throw error
    return error.problem === undefined ? undefined : { kind: 'syntax', text: error.problem }
  }
  if (elementDepth === 0 || root === 'array') return undefined
  return { kind: 'no_array', arrayAt: addressesAt ?? arrays[0] }
}

function scalarKind(value: unknown): 'number' | 'boolean' | 'null' {
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'null'
}

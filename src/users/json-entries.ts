import type { Node } from 'jsonc-parser'
import * as v from 'valibot'
import type { ReportProblem } from '../runner/input-reader.ts'
import { jsonProblem } from './json-problem.ts'
import { filePlaceOf, type ListName, type Place, whereOf } from './place.ts'
import type { MessageQuotes, UserEntry } from './user-entry.ts'

const KEYS = ['email', 'user_uid', 'revoke_after', 'reference']

const JsonUser = v.object({
  email: v.string(),
  user_uid: v.optional(v.string()),
  revoke_after: v.optional(v.string()),
  reference: v.optional(v.string()),
})

const AnyObject = v.record(v.string(), v.unknown())

/**
 * Reads users from a JSON array of addresses or of objects.
 *
 * @param report - takes each problem as a full sentence, with its place
 */
export async function entriesFromJson(
  text: string,
  list: ListName,
  quotes: MessageQuotes,
  report: ReportProblem,
): Promise<UserEntry[]> {
  const name = whereOf({ list })
  const value = parsed(text)
  if (value === undefined) {
    report(`${name}${await jsonProblem(text)}`, filePlaceOf({ list }))
    return []
  }
  if (!Array.isArray(value)) {
    report(
      `${name}: not a JSON array; write the list in brackets, like ["user@example.com", …].`,
      filePlaceOf({ list }),
    )
    return []
  }
  const elements: readonly unknown[] = value
  const nodes = await elementNodes(text)
  if (nodes === undefined) {
    report(`${name}: the JSON is nested too deeply to be a list of users.`, filePlaceOf({ list }))
    return []
  }
  const lineOf = lineFinder(text)
  return nodes.flatMap((node, index) => {
    const place: Place =
      list.origin === 'file' ? { list, line: lineOf(node.offset) } : { list, entry: index + 1 }
    const element = elements[index]
    const wrong = problemWith(node, element, quotes)
    if (wrong === undefined) return [entryOf(element, place)]
    report(`${whereOf(place)}: ${wrong}`, filePlaceOf(place))
    return []
  })
}

function problemWith(node: Node, element: unknown, quotes: MessageQuotes): string | undefined {
  if (typeof element === 'string') return undefined
  if (repeatsKey(node)) return 'a key appears twice; keep one.'
  const keys = Object.keys(v.parse(v.fallback(AnyObject, {}), element))
  const unknown = keys.filter((key) => !KEYS.includes(key)).map(quotes.name)
  if (unknown.length > 0) {
    const what = unknown.length === 1 ? 'the key' : 'the keys'
    return `${what} ${unknown.slice(0, 5).join(', ')} ${unknown.length === 1 ? 'is' : 'are'} unknown; the keys are "email", "user_uid", "revoke_after", and "reference".`
  }
  return v.is(JsonUser, element)
    ? undefined
    : 'write an address, or an object with "email" and optionally "user_uid", "revoke_after", and "reference", all of them strings.'
}

/** @param element - an address, or what {@link problemWith} found nothing wrong with */
function entryOf(element: unknown, place: Place): UserEntry {
  if (typeof element === 'string') return { place, email: element.trim() }
  const { email, user_uid: userUid, revoke_after: revokeAfter, reference } = v.parse(JsonUser, element)
  return {
    place,
    email: email.trim(),
    ...(userUid !== undefined && { userUid: userUid.trim() }),
    ...(revokeAfter !== undefined && { revokeAfter: revokeAfter.trim() }),
    ...(reference !== undefined && { reference: reference.trim() }),
  }
}

/** The value; undefined if the text is not JSON. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/**
 * The elements with their places in the text: JSON itself tells neither lines nor keys that appear twice.
 *
 * @returns undefined if the text is nested too deeply for that
 */
async function elementNodes(text: string): Promise<readonly Node[] | undefined> {
  const { parseTree } = await import('jsonc-parser')
  try {
    const { children = [] } = { ...parseTree(text) }
    return children
  } catch {
    return undefined
  }
}

function repeatsKey({ children = [] }: Node): boolean {
  const keys = children.map((property): unknown => property.children?.[0]?.value)
  return new Set(keys).size < keys.length
}

/** Finds the line of an offset; offsets have to be asked for in rising order. */
function lineFinder(text: string): (offset: number) => number {
  let [line, from] = [1, 0]
  return (offset) => {
    for (; from < offset; from += 1) if (text[from] === '\n') line += 1
    return line
  }
}

import type { Node, ParseError } from 'jsonc-parser'
import * as v from 'valibot'
import type { UserEntry } from './user-entry.ts'

/** What a JSON list is, for messages, and where it came from. */
export interface JsonSource {
  readonly name: string
  readonly origin: UserEntry['origin']
}

const JsonUser = v.strictObject({
  email: v.string(),
  user_uid: v.optional(v.string()),
  revoke_after: v.optional(v.string()),
})

/**
 * Reads users from a JSON array of addresses or of objects.
 *
 * @param problem - takes each problem as a full sentence, with name and line
 */
export async function entriesFromJson(
  text: string,
  { name, origin }: JsonSource,
  problem: (sentence: string) => void,
): Promise<UserEntry[]> {
  const list = jsonArray(text)
  if (list === undefined) {
    problem(`${name}${await errorPlace(text)}: not a JSON array; write ["user@example.com", …].`)
    return []
  }
  const nodes = await elementNodes(text)
  const lineOf = lineFinder(text)
  return nodes.flatMap((node, index) => {
    const place = origin === 'file' ? `line ${lineOf(node.offset)}` : `entry ${index + 1}`
    const where = `${name}, ${place}`
    if (repeatsKey(node)) {
      problem(`${where}: a key appears twice; keep one.`)
      return []
    }
    return entryOf(list[index], { where, origin }, problem) ?? []
  })
}

function entryOf(
  element: unknown,
  place: Pick<UserEntry, 'where' | 'origin'>,
  problem: (sentence: string) => void,
): UserEntry | undefined {
  if (typeof element === 'string') return { ...place, email: element.trim() }
  const parsed = v.safeParse(JsonUser, element)
  if (!parsed.success) {
    problem(
      `${place.where}: write an address, or an object with "email" and optionally "user_uid" and "revoke_after", all of them strings.`,
    )
    return undefined
  }
  const { email, user_uid: userUid, revoke_after: revokeAfter } = parsed.output
  return {
    ...place,
    email: email.trim(),
    ...(userUid !== undefined && { userUid: userUid.trim() }),
    ...(revokeAfter !== undefined && { revokeAfter: revokeAfter.trim() }),
  }
}

function jsonArray(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The elements with their places in the text: JSON itself tells neither lines nor keys that appear twice. */
async function elementNodes(text: string): Promise<readonly Node[]> {
  const { parseTree } = await import('jsonc-parser')
  return parseTree(text)?.children ?? []
}

function repeatsKey({ children = [] }: Node): boolean {
  const keys = children.map((property): unknown => property.children?.[0]?.value)
  return new Set(keys).size < keys.length
}

async function errorPlace(text: string): Promise<string> {
  const { parseTree } = await import('jsonc-parser')
  const errors: ParseError[] = []
  try {
    parseTree(text, errors)
  } catch {
    // Nested too deeply to be parsed, let alone to be a list of users.
  }
  return errors
    .slice(0, 1)
    .map(({ offset }) => `, line ${lineFinder(text)(offset)}`)
    .join('')
}

/** Finds the line of an offset; offsets have to be asked for in rising order. */
function lineFinder(text: string): (offset: number) => number {
  let [line, from] = [1, 0]
  return (offset) => {
    for (; from < offset; from += 1) if (text[from] === '\n') line += 1
    return line
  }
}

import type { Node, ParseError } from 'jsonc-parser'
import { entryFromJson, type UserEntry } from './user-entry.ts'

/** What a JSON list is, for messages, and where it came from. */
export interface JsonSource {
  readonly name: string
  readonly origin: UserEntry['origin']
}

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
    problem(`${name}${await errorPlace(text)}: this is no JSON array; write ["user@example.com", …].`)
    return []
  }
  const nodes = await elementNodes(text)
  const lineOf = lineFinder(text)
  return list.flatMap((element, index) => {
    const node = nodes[index]
    const place = origin === 'file' ? `line ${lineOf(Number(node?.offset))}` : `entry ${index + 1}`
    const where = `${name}, ${place}`
    if (node !== undefined && repeatsKey(node)) {
      problem(`${where}: a key stands there twice; keep one.`)
      return []
    }
    return entryFromJson(element, { where, origin }, problem) ?? []
  })
}

function jsonArray(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The elements as they stand in the text: JSON itself tells neither lines nor keys that stand there twice. */
async function elementNodes(text: string): Promise<readonly Node[]> {
  const { parseTree } = await import('jsonc-parser')
  const { children = [] } = { ...parseTree(text) }
  return children
}

function repeatsKey({ children = [] }: Node): boolean {
  const keys = children.map((property) => String(property.children?.[0]?.value))
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

import type { ParseError } from 'jsonc-parser'
import * as v from 'valibot'
import { entryFromJson, type UserEntry } from './user-entry.ts'

const Parsed = v.object({ children: v.array(v.object({ offset: v.number() })) })

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
  const lines = origin === 'file' ? await elementLines(text) : []
  return list.flatMap((element, index) => {
    const place = origin === 'file' ? `line ${String(lines[index])}` : `entry ${index + 1}`
    return entryFromJson(element, { where: `${name}, ${place}`, origin }, problem) ?? []
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

/** The line of each element: JSON itself does not tell. */
async function elementLines(text: string): Promise<readonly number[]> {
  const { parseTree } = await import('jsonc-parser')
  const lineOf = lineFinder(text)
  return v.parse(Parsed, parseTree(text)).children.map(({ offset }) => lineOf(offset))
}

async function errorPlace(text: string): Promise<string> {
  const { parseTree } = await import('jsonc-parser')
  const errors: ParseError[] = []
  parseTree(text, errors)
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

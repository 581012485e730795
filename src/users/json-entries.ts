import { type JsonElement, type JsonValue, readElementLines, readElements } from './json-elements.ts'
import { type ListFindings, type ListName, type Place, whereOf } from './list-findings.ts'
import { MAX_ENTRIES, type UserEntry } from './user-entry.ts'

const KEYS = ['email', 'user_uid', 'revoke_after', 'reference']

const KEYS_TEXT = '"email" and optionally "user_uid", "revoke_after", and "reference"'

/**
 * Reads users from a JSON array of addresses or of objects, or from JSON Lines.
 *
 * @param form - `lines` for one address or object a line
 */
export async function entriesFromJson(
  text: string,
  form: 'array' | 'lines',
  list: ListName,
  findings: ListFindings,
): Promise<UserEntry[]> {
  const entries: UserEntry[] = []
  let count = 0
  const onElement = (element: JsonElement): boolean => {
    count += 1
    const place: Place = list.origin === 'file' ? { list, line: element.line } : { list, entry: count }
    const problem = problemWith(element, findings)
    if (problem === undefined) entries.push(entryOf(element, place))
    else findings.problemAt(place, problem)
    return count <= MAX_ENTRIES
  }
  const problem = await (form === 'array' ? readElements : readElementLines)(text, onElement)
  if (problem?.kind === 'syntax') findings.problem(`${whereOf({ list })}${problem.text}`, { list })
  else if (problem !== undefined) findings.problemAt({ list }, noArray(problem.arrayAt, findings))
  return entries
}

function noArray(arrayAt: readonly string[] | undefined, { quotes }: ListFindings): string {
  if (arrayAt === undefined) {
    return 'not a JSON array; write the list in brackets, like ["user@example.com", …].'
  }
  const jq = arrayAt.every((key) => /^[a-z_]\w*$/i.test(key))
    ? `, for example with \`jq '.${arrayAt.join('.')}'\``
    : ''
  return `not a JSON array, but an object; use only the list in it: take it from ${arrayAt.map(quotes.name).join(' → ')}${jq}.`
}

/** What is wrong with the form of an element, as a sentence. */
function problemWith({ value, keys, repeatsKey }: JsonElement, { quotes }: ListFindings): string | undefined {
  if (value.kind === 'string') return undefined
  if (value.kind !== 'object') {
    return `${described(value)} is not a user; write an address, or an object with ${KEYS_TEXT}.`
  }
  if (repeatsKey) return 'a key appears twice; keep one.'
  const unknown = Array.from(keys.keys())
    .filter((key) => !KEYS.includes(key))
    .map(quotes.name)
  if (unknown.length === 0) return undefined
  const what = unknown.length === 1 ? 'the key' : 'the keys'
  return `${what} ${unknown.slice(0, 5).join(', ')} ${unknown.length === 1 ? 'is' : 'are'} unknown; the keys are "email", "user_uid", "revoke_after", and "reference".`
}

function entryOf({ value, keys }: JsonElement, place: Place): UserEntry {
  if (value.kind === 'string') return { place, email: value.text.trim() }
  const problems: string[] = []
  const textOf = (key: string): string | undefined => {
    const given = keys.get(key)
    if (given === undefined) return undefined
    if (given.kind === 'string') return given.text.trim()
    problems.push(`"${key}" is ${described(given)}; write it as text in quotation marks.`)
    return undefined
  }
  const reference = keys.get('reference')
  const email = keys.has('email') ? textOf('email') : ''
  const userUid = textOf('user_uid')
  // A date of null is a blank one, which the text "null" is as well.
  const revokeAfter = keys.get('revoke_after')?.kind === 'null' ? 'null' : textOf('revoke_after')
  const carried =
    reference?.kind === 'number'
      ? reference.text
      : reference?.kind === 'null'
        ? undefined
        : textOf('reference')
  return {
    place,
    email: email ?? '',
    ...(userUid !== undefined && { userUid }),
    ...(revokeAfter !== undefined && { revokeAfter }),
    ...(carried !== undefined && { reference: carried }),
    ...(problems.length > 0 && { problems }),
  }
}

/** What a value is, as a part of a sentence; numbers and the like as they are written. */
function described({ kind, text }: JsonValue): string {
  if (kind === 'number') return `the number ${text.slice(0, 40)}`
  if (kind === 'object' || kind === 'array') return `an ${kind}`
  return `\`${text}\``
}

import { UNEVALUATED } from '../text/mistakes.ts'
import { itemsOf, linesOf } from '../text/plain-text.ts'
import { parseUuid } from '../text/uuid.ts'
import { entriesFromJson } from './json-entries.ts'
import type { ListFindings, ListName } from './list-findings.ts'
import { MAX_ENTRIES, type UserEntry } from './user-entry.ts'

/** What programs write for a list if they do not write JSON. */
const STRINGIFIED = /^(?:(?:Array|Object|\[object \w+\]|System\.\S+?|@\{[^]*\})(?:[,\s]+|$))+$/i

/**
 * Reads users from the input `email`: addresses separated by commas or line breaks, or JSON.
 *
 * @param userUid - the input `user-uid`, which belongs to the only user
 * @param hasFile - whether there are more users in a file
 */
export async function entriesFromInput(
  email: string,
  userUid: string,
  hasFile: boolean,
  list: ListName,
  findings: ListFindings,
): Promise<readonly UserEntry[]> {
  const entries = await inputEntries(email, list, findings)
  if (userUid === '') return entries
  const [only, ...others] = entries
  if (only === undefined || others.length > 0 || hasFile || only.userUid !== undefined) {
    findings.problem(
      '`user-uid` goes with exactly one address in `email` and no `users-file`: in a list, give each user its own `user_uid`.',
    )
    return entries
  }
  if (parseUuid(userUid) !== undefined) return [{ ...only, userUid }]
  findings.problem(
    `\`user-uid\` is ${findings.quotes.value(userUid)}, not 32 hex characters, or 36 with hyphens.`,
  )
  return entries
}

async function inputEntries(
  email: string,
  list: ListName,
  findings: ListFindings,
): Promise<readonly UserEntry[]> {
  if (STRINGIFIED.test(email)) {
    findings.problemAt(
      { list },
      `${findings.quotes.name(email)} is what is left of a list that was not written as JSON; write \`email: \${{ toJSON(…) }}\`, or use \`ConvertTo-Json\` in PowerShell.`,
    )
    return []
  }
  const isExpression = UNEVALUATED.test(email)
  if (/^[[{]/.test(email) && !isExpression) return entriesFromJson(email, 'array', list, findings)
  return (isExpression ? [email] : itemsOf(email)).map((text, index, { length }) => ({
    place: length === 1 ? { list } : { list, entry: index + 1 },
    email: text,
  }))
}

/** Reads users from a file with one address a line. Comments begin with `#` at the beginning or after white space. */
export function entriesFromLines(text: string, list: ListName): UserEntry[] {
  const entries: UserEntry[] = []
  let line = 0
  for (const written of linesOf(text)) {
    if (entries.length > MAX_ENTRIES) break
    line += 1
    const email = written.replace(/(?:^|\s)#[^]*$/, '').trim()
    if (email !== '') entries.push({ place: { list, line }, email })
  }
  return entries
}

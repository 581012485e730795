import type { ReportProblem } from '../runner/input-reader.ts'
import { quantity } from '../text/quantity.ts'
import { parseUuid } from '../text/uuid.ts'
import { entriesFromJson } from './json-entries.ts'
import { ListProblems } from './list-problems.ts'
import { mergedUsers } from './merged-users.ts'
import { filePlaceOf, type ListName, sourceOf, whereOf } from './place.ts'
import {
  type BadEntry,
  checkEntry,
  type ListedUser,
  type ListFormat,
  type MessageQuotes,
  type UserEntry,
} from './user-entry.ts'
import type { BadRow, User } from './user.ts'
import { readUsersFile } from './users-file.ts'

/** What the step said about who is to be revoked; texts are trimmed, an empty one was not given. */
export interface GivenUsers {
  readonly email: string
  readonly usersFile: string
  readonly userUid: string
  readonly format: ListFormat
}

/** The users of a run, each once, in the order given. */
export interface UserList {
  readonly users: readonly User[]
  /** How many entries named a user that an earlier entry had named. */
  readonly repeated: number
  /** With `bad-rows: skip`: what is not among the users, and is not revoked. */
  readonly badRows: readonly BadRow[]
}

const INLINE: ListName = { origin: 'email', name: 'email' }

/**
 * Reads and checks everybody the step names.
 *
 * @param report - takes each problem; if there was one, the list is not to be used
 */
export async function readUsers(
  given: GivenUsers,
  quotes: MessageQuotes,
  report: ReportProblem,
): Promise<UserList> {
  if (given.email === '' && given.usersFile === '') {
    report('No user to revoke: set `email` or `users-file`.')
    return { users: [], repeated: 0, badRows: [] }
  }
  const problems = new ListProblems(report)
  const inline = await entriesFromInput(given, quotes, problems.add)
  const { usersFile, format } = given
  const filed = usersFile === '' ? [] : await readUsersFile(usersFile, format, quotes, problems.add)
  const { listed, bad } = await checked([...inline, ...filed], format, quotes, problems)
  if (bad.length > listed.length || bad.some(({ otherFormat }) => otherFormat)) {
    for (const row of bad) tellBad(row, problems.add)
    if (bad.length > listed.length) {
      problems.add(
        `\`bad-rows: skip\` goes ahead only if most rows can be used: here it is ${quantity(listed.length, 'row')}, and ${quantity(bad.length, 'row')} cannot.`,
      )
    }
  }
  const users = mergedUsers(listed, quotes, problems.add)
  problems.close()
  return { users, repeated: listed.length - users.length, badRows: bad.map(badRowOf) }
}

/** A bad entry that is left out, and its place in the order of all entries. */
type SkippedEntry = BadEntry & { readonly position: number }

/** Where bad rows stop the run they are told and forgotten, since there may be millions of them. */
async function checked(
  entries: readonly UserEntry[],
  format: ListFormat,
  quotes: MessageQuotes,
  problems: ListProblems,
): Promise<{ listed: ListedUser[]; bad: SkippedEntry[] }> {
  const listed: ListedUser[] = []
  const bad: SkippedEntry[] = []
  for (const [position, entry] of entries.entries()) {
    const result = await checkEntry(entry, position, format, quotes)
    if (result.kind === 'user') listed.push(result)
    else if (format.badRows === 'skip') bad.push({ ...result, position })
    else tellBad(result, problems.add)
  }
  return { listed, bad }
}

function tellBad({ entry: { place }, problems }: BadEntry, report: ReportProblem): void {
  for (const problem of problems) report(`${whereOf(place)}: ${problem}`, filePlaceOf(place))
}

function badRowOf({ entry: { place, email }, problems, position }: SkippedEntry): BadRow {
  return { ...filePlaceOf(place), source: sourceOf(place), email, problems, position }
}

async function entriesFromInput(
  { email, userUid, usersFile }: GivenUsers,
  quotes: MessageQuotes,
  report: ReportProblem,
): Promise<readonly UserEntry[]> {
  const entries = /^[[{]/.test(email)
    ? await entriesFromJson(email, INLINE, quotes, report)
    : email
        .split(/[,\n\r]/)
        .map((text) => text.trim())
        .filter((text) => text !== '')
        .map((text, index, { length }): UserEntry => {
          const place = length === 1 ? { list: INLINE } : { list: INLINE, entry: index + 1 }
          return { place, email: text }
        })
  if (userUid === '') return entries
  const [only, ...others] = entries
  if (only === undefined || others.length > 0 || usersFile !== '' || only.userUid !== undefined) {
    report(
      '`user-uid` goes with exactly one address in `email` and no `users-file`: in a list, give each user its own `user_uid`.',
    )
    return entries
  }
  if (parseUuid(userUid) !== undefined) return [{ ...only, userUid }]
  report(`\`user-uid\` is ${quotes.value(userUid)}, not 32 hex characters, or 36 with hyphens.`)
  return entries
}

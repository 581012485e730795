import { addressKey, keysIn, parseEmailAddress, protectionKey } from '../text/email-address.ts'
import { grouped, quantity } from '../text/measures.ts'
import { itemsOf } from '../text/plain-text.ts'
import { type Checked, type Problem, problem, withPlace } from '../text/problem.ts'
import { type ListFormat, MAX_ENTRIES, type ReadList, toldOnce } from './list.ts'
import { isTable, readFileList, readInputList, userUidProblems } from './list-content.ts'
import { filterProblems } from './row-filter.ts'
import { type CheckedEntry, checkEntry, listedIn, mergedUsers, type MergedUsers } from './user.ts'

/** The inputs that name users, and how their lists are written; texts are trimmed, and empty if not given. */
export interface GivenUsers extends ListFormat {
  readonly email: string
  readonly usersFile: string
  readonly userUid: string
}

/** A list that users were read from, so that an approval can be tied to it. */
export interface ListRecord {
  /** The path in `users-file`, or `email`. */
  readonly name: string
  /** Of the bytes of the file, or of the text of the input without white space around it. In hexadecimal. */
  readonly sha256: string
  /** How many different addresses it lists that can be used. */
  readonly users: number
}

export interface UserList extends MergedUsers {
  readonly lists: readonly ListRecord[]
  /** Lines for the log. */
  readonly notes: readonly string[]
  readonly warnings: readonly Problem[]
  /** Whether a list names the address, in whatever row, or `protected-users` does. */
  readonly isNamed: (email: string) => boolean
}

const NO_LIST: Checked<ReadList[]> = { value: [], problems: [] }

/** Reads and checks all users that the step names. If there is a problem, the users must not be used. */
export async function readUsers(format: GivenUsers): Promise<Checked<UserList>> {
  const { email, usersFile, userUid } = format
  const protectedUsers = readProtectedUsers(format.protectedUsers)
  const isProtected = (address: string): boolean => protectedUsers.value.has(protectionKey(address))
  const inline = email === '' ? NO_LIST : await readInputList(email, userUid)
  const file = usersFile === '' ? NO_LIST : await readFileList(usersFile, format)
  const lists = [...inline.value, ...file.value]
  const isDated = lists.some(({ entries }) => entries.some(({ revokeAfter }) => revokeAfter !== undefined))
  // Loaded on demand: most runs have no dates, and every start parses what is loaded.
  const dates = isDated ? await import('./dates.ts') : undefined
  const checked = lists.map((list) => {
    // Each is read once, however many users have it.
    const texts = new Set(list.entries.flatMap(({ revokeAfter }) => revokeAfter ?? []))
    const read = (text: string) => dates?.readDate(text, format, list.endsAtMidnight === true)
    const readings = new Map(Array.from(texts, (text) => [text, read(text)]))
    return { list, entries: list.entries.map((entry) => checkEntry(entry, readings, list, format)) }
  })
  const all = checked.flatMap(({ entries }) => entries)
  const merged = mergedUsers(all, isProtected, format.badRows)
  const empty = lists.flatMap(({ name, entries, emptiness }) => {
    const reason = entries.length === 0 ? problem('the list has no users') : emptiness
    return reason === undefined ? [] : [{ ...reason, at: name }]
  })
  const named = new Set(lists.flatMap(({ entries }) => entries.flatMap(({ email: text }) => keysIn(text))))
  const problems = [
    ...(email + usersFile === '' ? [problem('No user to revoke', 'Set `email` or `users-file`.')] : []),
    ...filterProblems(format.onlyRows, isTable(usersFile)),
    ...protectedUsers.problems,
    ...inline.problems,
    ...userUidProblems(lists, userUid),
    ...file.problems,
    ...(format.ifEmpty === 'fail' ? empty.map(withIfEmpty) : []),
    // Addresses in `email` are added to those that a file has dates for.
    ...lists.flatMap((list) => listProblems(list, format, list.origin === 'file' || usersFile === '')),
    ...badEntryProblems(all, format.badRows),
    ...merged.problems,
  ]
  const value = {
    ...merged.value,
    lists: checked.map(({ list: { origin, sha256 }, entries }) => ({
      name: origin === 'file' ? usersFile : origin,
      sha256,
      users: new Set(listedIn(entries).map((entry) => addressKey(entry.email))).size,
    })),
    notes: [
      ...lists.flatMap(({ notes = [] }) => notes),
      ...(format.ifEmpty === 'ignore' ? empty.map(({ what, at }) => `${at.source}: ${what}.`) : []),
    ],
    warnings: [
      ...(format.ifEmpty === 'warn' ? empty : []),
      ...checked.flatMap(({ list: { name }, entries }) => {
        const moments = listedIn(entries).flatMap(({ user }) => user?.revokeAfter ?? [])
        return withPlace(dates?.midnightWarnings(moments, format.timezone) ?? [], name)
      }),
    ],
    isNamed: (address: string) => named.has(addressKey(address)) || isProtected(address),
  }
  return { value, problems: toldOnce(problems) }
}

function withIfEmpty({ what, remedy, at }: Problem): Problem {
  const way = 'If that is not a mistake, set `if-empty` to `warn` or `ignore`.'
  return problem(what, remedy === undefined ? way : `${remedy} ${way}`, at)
}

/** @param saysWhoLeaves - whether, with `blank-date: not-due`, every entry needs a place for the date */
function listProblems(
  { entries, name }: ReadList,
  { blankDate, onlyRows }: ListFormat,
  saysWhoLeaves: boolean,
): Problem[] {
  const tooMany = `more than ${grouped(MAX_ENTRIES)} entries`
  const undated =
    blankDate === 'not-due' && saysWhoLeaves && onlyRows === ''
      ? entries.filter(({ revokeAfter, broken }) => revokeAfter === undefined && broken === undefined)
      : []
  const noDate =
    '`blank-date: not-due` means that users without a date stay, but this entry has no place for a date, so nothing says whether the user leaves'
  const remedy =
    'Add a `revoke_after` to every entry: the date or `now`, or for a user who stays a blank, which is `null` in JSON.'
  return [
    ...(entries.length > MAX_ENTRIES
      ? [problem(tooMany, 'Export only the users who leave, or split the list.', name)]
      : []),
    ...undated.map(({ at }) => problem(noDate, remedy, at)),
  ]
}

function badEntryProblems(entries: readonly CheckedEntry[], badRows: ListFormat['badRows']): Problem[] {
  const bad = entries.filter((entry) => entry.kind === 'bad')
  const usable = entries.length - bad.length
  const problems = bad.flatMap((entry) => withPlace(entry.problems, entry.at))
  if (badRows === 'stop') return problems
  // A row whose year alone is odd was understood, and says nothing about the list.
  const notUnderstood = bad.filter(({ dateProblem }) => dateProblem !== 'odd_year')
  if (notUnderstood.length <= usable)
    return bad.some(({ dateProblem }) => dateProblem === 'other_format') ? problems : []
  const what = `\`bad-rows: skip\` goes ahead only if most rows can be used, but only ${quantity(usable, 'row')} can, and ${quantity(notUnderstood.length, 'row')} cannot`
  return [...problems, problem(what)]
}

/** Reads the input `protected-users`, in the form in which addresses are compared. */
function readProtectedUsers(text: string): Checked<ReadonlySet<string>> {
  const entries = itemsOf(text).map(parseEmailAddress)
  const problems = entries.flatMap((entry, index) =>
    typeof entry === 'string'
      ? []
      : [{ ...entry, what: `\`protected-users\`, entry ${index + 1}: ${entry.what}` }],
  )
  return { value: new Set(entries.filter((entry) => typeof entry === 'string').map(protectionKey)), problems }
}

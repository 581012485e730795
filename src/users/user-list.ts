import { hash } from 'node:crypto'
import { addressKey } from '../text/email-address.ts'
import { grouped, quantity } from '../text/measures.ts'
import { isMidnightUtc, isTimestamp, isUtc, localTime } from './dates.ts'
import { type FindingsReceiver, ListFindings, type ListName, whereOf } from './list-findings.ts'
import { mergedUsers } from './merged-users.ts'
import {
  type BadEntry,
  EntryChecker,
  type ListedUser,
  type ListFormat,
  MAX_ENTRIES,
  type ReadList,
  type UserEntry,
} from './user-entry.ts'
import type { BadRow, User } from './user.ts'
import { entriesFromInput } from './plain-entries.ts'

/** The inputs that name users; texts are trimmed, and empty if not given. */
export interface GivenUsers {
  readonly email: string
  readonly usersFile: string
  readonly userUid: string
  readonly format: ListFormat
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

/** The users of a run, each once, in the order given. */
export interface UserList {
  readonly users: readonly User[]
  /** How many entries named a user that an earlier entry had named. */
  readonly repeated: number
  /** How many people stay. They are not listed. */
  readonly staying: number
  /** With `bad-rows: skip`: the rows that are not used, and whose users are not revoked. */
  readonly badRows: readonly BadRow[]
  readonly lists: readonly ListRecord[]
  /** Lines for the log about how the lists were read. */
  readonly notes: readonly string[]
}

const INLINE: ListName = { origin: 'email', name: 'email' }

/** Reads and checks all users that the step names. If it reports a problem, the list must not be used. */
export async function readUsers(given: GivenUsers, receiver: FindingsReceiver): Promise<UserList> {
  const { email, usersFile, userUid, format } = given
  const findings = new ListFindings(receiver)
  if (email === '' && usersFile === '') findings.problem('No user to revoke: set `email` or `users-file`.')
  const inline = await entriesFromInput(email, userUid, usersFile !== '', INLINE, findings)
  const lists = [
    ...(email === ''
      ? []
      : [{ name: INLINE, given: 'email', sha256: hash('sha256', email), entries: inline }]),
    ...(usersFile === '' ? [] : await readFile(usersFile, format, findings)),
  ]
  const entries = lists.flatMap((list) => {
    // Addresses in `email` are added to those that the file has dates for.
    const isAdded = list.name.origin === 'email' && usersFile !== ''
    if (list.entries.length > MAX_ENTRIES) {
      const problem = `more than ${grouped(MAX_ENTRIES)} entries; export only the users who leave, or split the list.`
      findings.problemAt({ list: list.name }, problem)
      return []
    }
    return format.blankDate === 'not-due' && !isAdded ? withDates(list, format, findings) : list.entries
  })
  const { listed, bad, unaddressed } = await checked(entries, format, findings)
  const usable = listed.length + unaddressed
  if (bad.length > usable || bad.some(({ otherFormat }) => otherFormat)) {
    for (const row of bad) reportBadEntry(row, findings)
    if (bad.length > usable) {
      findings.problem(
        `\`bad-rows: skip\` goes ahead only if most rows can be used: here it is ${quantity(usable, 'row')}, and ${quantity(bad.length, 'row')} cannot.`,
      )
    }
  }
  const { users, badRows, repeated } = mergedUsers(listed, bad, format, findings)
  for (const list of lists) await warnOfMidnights(list, listed, format, findings)
  findings.close()
  const processed = users.filter(
    ({ timing, revokeAfter }) => timing !== 'not_due' || revokeAfter !== undefined,
  )
  return {
    users: processed,
    repeated,
    staying: unaddressed + users.length - processed.length,
    badRows,
    lists: lists.map(({ name: { origin }, given: name, sha256 }) => ({
      name,
      sha256,
      users: new Set(
        listed
          .filter((entry) => entry.place.list.origin === origin)
          .map(({ user }) => addressKey(user.email)),
      ).size,
    })),
    notes: findings.notes,
  }
}

async function readFile(path: string, format: ListFormat, findings: ListFindings): Promise<ReadList[]> {
  // Loaded on demand: most runs have no file, and every start parses what is loaded.
  const { readUsersFile } = await import('./users-file.ts')
  return readUsersFile(path, format, findings)
}

/** The entries of a list in which users without a date stay. It must say who leaves. */
function withDates(
  { name, entries }: ReadList,
  { onlyRows, dateColumn }: ListFormat,
  findings: ListFindings,
): readonly UserEntry[] {
  const isDated = ({ revokeAfter, broken }: UserEntry): boolean =>
    revokeAfter !== undefined || broken !== undefined
  if (entries.every((entry) => !isDated(entry)) && entries.length > 0) {
    findings.problemAt(
      { list: name },
      onlyRows !== undefined && dateColumn.toLowerCase() === 'none'
        ? 'no entry has a date, and `only-rows` says who leaves; remove `blank-date: not-due`.'
        : '`blank-date: not-due` means that users without a date stay, but no entry has a date, so nothing says who leaves; add the dates to the list.',
    )
    return []
  }
  const missing =
    '`revoke_after` is missing: with `blank-date: not-due`, write `null` for a user who stays, and the date or `now` for a user who leaves.'
  return entries.map((entry) => (isDated(entry) ? entry : { ...entry, problems: [missing] }))
}

/** Where bad rows stop the run they are reported and forgotten, since there may be many of them. */
async function checked(
  entries: readonly UserEntry[],
  format: ListFormat,
  findings: ListFindings,
): Promise<{ listed: ListedUser[]; bad: BadEntry[]; unaddressed: number }> {
  const listed: ListedUser[] = []
  const bad: BadEntry[] = []
  let unaddressed = 0
  const checker = new EntryChecker(format, findings.quotes)
  for (const [position, entry] of entries.entries()) {
    const result = await checker.check(entry, position)
    if (result.kind === 'user') listed.push(result)
    else if (result.kind === 'unaddressed') unaddressed += 1
    else if (format.badRows === 'skip') bad.push(result)
    else reportBadEntry(result, findings)
  }
  return { listed, bad, unaddressed }
}

function reportBadEntry({ entry: { place }, problems }: BadEntry, findings: ListFindings): void {
  for (const problem of problems) findings.problemAt(place, problem)
}

/** Some systems store a mere day as midnight UTC, which is another moment than the end of the day in the time zone. */
async function warnOfMidnights(
  { name }: ReadList,
  listed: readonly ListedUser[],
  { timezone }: ListFormat,
  findings: ListFindings,
): Promise<void> {
  const moments = listed.flatMap(({ place, user: { revokeAfter } }) =>
    place.list.origin === name.origin && revokeAfter !== undefined && isTimestamp(revokeAfter.text)
      ? [revokeAfter]
      : [],
  )
  const [first] = moments
  if (first === undefined || isUtc(timezone) || !moments.every(isMidnightUtc)) return
  findings.warn(
    `${whereOf({ list: name })}: every timestamp is midnight UTC, so these look like days stored as midnight UTC. A user with ${first.text} is due from ${await localTime(first.at, timezone)} in ${timezone}, not from the end of a day. If days are meant, write them without a time.`,
  )
}

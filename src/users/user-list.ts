import { addressKey } from '../text/email-address.ts'
import { grouped, quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Problem, problem, withPlace } from '../text/problem.ts'
import { type Calendar, type DateReading, isTimezone, midnightWarning, readDate } from './dates.ts'
import { type ListFormat, MAX_ENTRIES, placeIn, type ReadList, toldOnce, type UserEntry } from './list.ts'
import { isTable, readFileList, readInputList, userUidProblems } from './list-content.ts'
import { mergedUsers, type MergedUsers, protectionKey, readProtectedUsers } from './merged-users.ts'
import { filterProblems, isFilter } from './row-filter.ts'
import { addressesOf, type CheckedEntry, checkEntry, type ListedEntry } from './user.ts'

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

/** The users of a run: those who are due, not due yet, or left long ago, each once, in the order given. */
export interface UserList extends MergedUsers {
  readonly lists: readonly ListRecord[]
  /** Lines for the log about how the lists were read. */
  readonly notes: readonly string[]
  readonly warnings: readonly Problem[]
  /** The keys of all addresses that the lists name, in whatever row. */
  readonly named: ReadonlySet<string>
  /** The addresses in `protected-users`, in the form in which they are compared. */
  readonly protectedKeys: ReadonlySet<string>
}

const NO_LIST: Checked<ReadList[]> = { value: [], problems: [] }

/** Reads and checks all users that the step names. If there is a problem, the users must not be used. */
export async function readUsers({
  email,
  usersFile,
  userUid,
  format,
}: GivenUsers): Promise<Checked<UserList>> {
  const protectedUsers = readProtectedUsers(format.protectedUsers)
  const inline = email === '' ? NO_LIST : await readInputList(email, userUid)
  const file = usersFile === '' ? NO_LIST : await readFileList(usersFile, format)
  const hasBoth = email !== '' && usersFile !== ''
  const read = [...inline.value, ...file.value]
  const lists = read.map((list) => withDatePlaces(list, format, hasBoth))
  const isDated = lists.some(({ entries }) => entries.some(({ revokeAfter }) => revokeAfter !== undefined))
  // Loaded on demand: most runs have no dates, and every start parses what is loaded.
  const calendar =
    isDated || format.timezone !== 'UTC' ? (await import('temporal-polyfill')).Temporal : undefined
  const hasTimezone = calendar === undefined || isTimezone(format.timezone, calendar)
  const rules = hasTimezone ? format : { ...format, timezone: 'UTC' }
  const checked = lists.map((list) => ({ list, entries: checkEntries(list, rules, calendar) }))
  const all = checked.flatMap(({ entries }) => entries)
  const merged = mergedUsers(all, protectedUsers.value, format.badRows)
  const empty = lists.flatMap((list) => withPlace(emptinessOf(list), placeIn(list.name)))
  const problems = [
    ...(email + usersFile === '' ? [problem('No user to revoke', 'Set `email` or `users-file`.')] : []),
    ...filterProblems(format.onlyRows, isTable(usersFile)),
    ...(hasTimezone ? [] : [timezoneProblem(format.timezone)]),
    ...protectedUsers.problems,
    ...inline.problems,
    ...userUidProblems(read, userUid),
    ...file.problems,
    ...(format.ifEmpty === 'fail' ? empty.map(withIfEmpty) : []),
    ...lists.flatMap((list) => withPlace(listProblems(list, format, hasBoth), placeIn(list.name))),
    ...badEntryProblems(all, format.badRows),
    ...merged.problems,
  ]
  const value = {
    ...merged.value,
    lists: checked.map(({ list: { given: name, sha256 }, entries }) => ({
      name,
      sha256,
      users: new Set(listedIn(entries).map((entry) => addressKey(entry.email))).size,
    })),
    notes: [
      ...lists.flatMap(({ notes = [] }) => notes),
      ...(format.ifEmpty === 'ignore' ? empty.map(({ what, at }) => `${at?.source ?? ''}: ${what}.`) : []),
    ],
    warnings: [
      ...(format.ifEmpty === 'warn' ? empty : []),
      ...checked.flatMap(({ list, entries }) => midnightWarnings(list, entries, rules.timezone, calendar)),
    ],
    named: new Set(
      lists.flatMap(({ entries }) => entries.flatMap((entry) => addressesOf(entry.email).map(addressKey))),
    ),
    protectedKeys: protectedUsers.value,
  }
  return { value, problems: toldOnce(problems) }
}

/** @param calendar - undefined if no entry has a date */
function checkEntries(list: ReadList, format: ListFormat, calendar: Calendar | undefined): CheckedEntry[] {
  const { dateFormat, timezone, now } = format
  const rules = { format: dateFormat, timezone, now, endsAtMidnight: list.endsAtMidnight === true }
  // The same date is read only once.
  const known = new Map<string, DateReading>()
  return list.entries.map((entry) => {
    const text = entry.isUnselected === true ? undefined : entry.revokeAfter
    if (text === undefined || calendar === undefined) return checkEntry(entry, 'now', list, format)
    const date = known.get(text) ?? readDate(text, rules, calendar)
    known.set(text, date)
    return checkEntry(entry, date, list, format)
  })
}

function timezoneProblem(timezone: string): Problem {
  return problem(`\`timezone\` is ${shownValue(timezone)}`, 'Use an IANA time zone like `Europe/Berlin`.')
}

function midnightWarnings(
  { name }: ReadList,
  entries: readonly CheckedEntry[],
  timezone: string,
  calendar: Calendar | undefined,
): Problem[] {
  const moments = listedIn(entries).flatMap(({ revokeAfter }) => revokeAfter ?? [])
  const warning = calendar === undefined ? undefined : midnightWarning(moments, timezone, calendar)
  return warning === undefined ? [] : withPlace([warning], placeIn(name))
}

function emptinessOf({ entries, emptiness }: ReadList): Problem[] {
  if (entries.length === 0) return [problem('the list has no users')]
  return emptiness === undefined ? [] : [emptiness]
}

function withIfEmpty({ what, remedy, at }: Problem): Problem {
  const way = 'If that is not a mistake, set `if-empty` to `warn` or `ignore`.'
  return problem(what, remedy === undefined ? way : `${remedy} ${way}`, at)
}

/**
 * Whether every entry must say when the user leaves. Addresses in `email` are added to those that a file has dates for.
 *
 * @param hasBoth - whether there is a file beside `email`
 */
function needsDates({ origin }: ReadList, { blankDate, onlyRows }: ListFormat, hasBoth: boolean): boolean {
  return blankDate === 'not-due' && !isFilter(onlyRows) && !(origin === 'email' && hasBoth)
}

function isUndated({ revokeAfter, broken }: UserEntry): boolean {
  return revokeAfter === undefined && broken === undefined
}

/** The list with a problem at each entry without a place for the date, where others have one. */
function withDatePlaces(list: ReadList, format: ListFormat, hasBoth: boolean): ReadList {
  const { entries } = list
  if (!needsDates(list, format, hasBoth) || entries.every(isUndated)) return list
  const missing = problem(
    '`revoke_after` is missing',
    'With `blank-date: not-due`, write `null` for a user who stays, and the date or `now` for a user who leaves.',
  )
  return {
    ...list,
    entries: entries.map((entry) =>
      isUndated(entry) ? { ...entry, problems: [...(entry.problems ?? []), missing] } : entry,
    ),
  }
}

function listProblems(list: ReadList, format: ListFormat, hasBoth: boolean): Problem[] {
  const { entries } = list
  const lacksDates = needsDates(list, format, hasBoth) && entries.length > 0 && entries.every(isUndated)
  const tooMany = `more than ${grouped(MAX_ENTRIES)} entries`
  const noDate =
    '`blank-date: not-due` means that users without a date stay, but no entry has a date, so nothing says who leaves'
  return [
    ...(entries.length > MAX_ENTRIES
      ? [problem(tooMany, 'Export only the users who leave, or split the list.')]
      : []),
    ...(lacksDates ? [problem(noDate, 'Add the dates to the list.')] : []),
  ]
}

function badEntryProblems(entries: readonly CheckedEntry[], badRows: ListFormat['badRows']): Problem[] {
  const bad = entries.filter((entry) => entry.kind === 'bad')
  const usable = entries.length - bad.length
  const problems = bad.flatMap((entry) => entry.problems)
  if (badRows === 'stop') return problems
  // A row whose year alone is odd was understood, and says nothing about the list.
  const notUnderstood = bad.filter(({ dateProblem }) => dateProblem !== 'odd_year')
  if (notUnderstood.length <= usable)
    return bad.some(({ dateProblem }) => dateProblem === 'other_format') ? problems : []
  const what = `\`bad-rows: skip\` goes ahead only if most rows can be used, but only ${quantity(usable, 'row')} can, and ${quantity(notUnderstood.length, 'row')} cannot`
  return [...problems, problem(what)]
}

function listedIn(entries: readonly CheckedEntry[]): ListedEntry[] {
  return entries.filter((entry) => entry.kind === 'listed')
}

/** Whether a list names the address, in whatever row, or `protected-users` does. */
export function isNamed(
  email: string,
  { named, protectedKeys }: Pick<UserList, 'named' | 'protectedKeys'>,
): boolean {
  return named.has(addressKey(email)) || protectedKeys.has(protectionKey(email))
}

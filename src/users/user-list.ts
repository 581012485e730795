import { addressKey } from '../text/email-address.ts'
import { grouped, quantity } from '../text/measures.ts'
import type { Checked, Place, Problem } from '../text/problem.ts'
import { type Calendar, type DateReading, readDate } from './dates.ts'
import { isTable, MISPLACED_UUID, readFileList, readInputList } from './list-content.ts'
import { placeIn, toldOnce } from './list-problems.ts'
import { midnightWarnings, timezoneProblems } from './timezone.ts'
import { mergedUsers, type MergedUsers, readProtectedUsers } from './merged-users.ts'
import { filterProblems, isFilter } from './row-filter.ts'
import {
  addressesOf,
  checkEntries,
  type CheckedEntry,
  type ListedEntry,
  type ListFormat,
  MAX_ENTRIES,
  type ReadList,
  type UserEntry,
} from './user-entry.ts'

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
}

/** A list with its entries checked. */
interface CheckedList {
  readonly list: ReadList
  readonly entries: readonly CheckedEntry[]
}

/** Reads and checks all users that the step names. If there is a problem, the users must not be used. */
export async function readUsers(given: GivenUsers): Promise<Checked<UserList>> {
  const { email, usersFile, userUid, format } = given
  const protectedUsers = readProtectedUsers(format.protectedUsers)
  const inline = email === '' ? undefined : await readInputList(email, userUid, usersFile !== '')
  const file = usersFile === '' ? undefined : await readFileList(usersFile, format)
  const hasBoth = inline !== undefined && file !== undefined
  const lists = [inline, file]
    .flatMap((read) => read?.value ?? [])
    .map((list) => withDatePlaces(list, format, hasBoth))
  const isDated = lists.some(({ entries }) => entries.some(({ revokeAfter }) => revokeAfter !== undefined))
  // Loaded on demand: most runs have no dates, and every start parses what is loaded.
  const calendar =
    isDated || format.timezone !== 'UTC' ? (await import('temporal-polyfill')).Temporal : undefined
  const timezone = timezoneProblems(format.timezone, calendar)
  const rules = timezone.length > 0 ? { ...format, timezone: 'UTC' } : format
  const checked = lists.map((list) => ({
    list,
    entries: checkEntries(list, rules, dateReader(list, rules, calendar)),
  }))
  const all = checked.flatMap(({ entries }) => entries)
  const merged = mergedUsers(all, protectedUsers.value, format.badRows)
  const emptiness = checked.flatMap(({ list }) => emptinessOf(list))
  const problems = [
    ...givenProblems(given),
    ...timezone,
    ...protectedUsers.problems,
    ...(inline?.problems ?? []),
    ...(file?.problems ?? []),
    ...(format.ifEmpty === 'fail' ? emptiness.map(withIfEmpty) : []),
    ...lists.flatMap((list) => listProblems(list, format, hasBoth)),
    ...badEntryProblems(all, format.badRows),
    ...merged.problems,
  ]
  const value = {
    ...merged.value,
    lists: checked.map(recordOf),
    notes: [
      ...lists.flatMap(({ notes = [] }) => notes),
      ...(format.ifEmpty === 'ignore' ? emptiness.map(({ what, at }) => `${at.source}: ${what}.`) : []),
    ],
    warnings: [
      ...lists.flatMap(({ warnings = [] }) => warnings),
      ...(format.ifEmpty === 'warn' ? emptiness : []),
      ...checked.flatMap(({ list, entries }) =>
        midnightWarnings(list.name, listedIn(entries), rules.timezone, calendar),
      ),
    ],
    named: namedBy(lists),
  }
  return { value, problems: toldOnce(problems) }
}

/** What is wrong with the inputs, whatever the lists are. */
function givenProblems({ email, usersFile, userUid, format }: GivenUsers): Problem[] {
  return [
    ...(email === '' && usersFile === ''
      ? [{ what: 'No user to revoke', remedy: 'Set `email` or `users-file`.' }]
      : []),
    ...(email === '' && userUid !== '' ? [MISPLACED_UUID] : []),
    ...filterProblems(format.onlyRows, isTable(usersFile)),
  ]
}

/** @returns a function that reads a date as the list means it, and the same date only once */
function dateReader(
  { endsAtMidnight = false }: ReadList,
  { dateFormat: format, timezone, now }: ListFormat,
  calendar: Calendar | undefined,
): ((text: string) => DateReading) | undefined {
  if (calendar === undefined) return undefined
  const known = new Map<string, DateReading>()
  return (text) => {
    const reading = known.get(text) ?? readDate(text, { format, timezone, now, endsAtMidnight }, calendar)
    known.set(text, reading)
    return reading
  }
}

/** Why a list counts as one without users. */
function emptinessOf({ entries, emptiness, name }: ReadList): (Problem & { readonly at: Place })[] {
  const problem = entries.length === 0 ? { what: 'the list has no users' } : emptiness
  return problem === undefined ? [] : [{ ...problem, at: placeIn(name) }]
}

function withIfEmpty({ remedy, ...problem }: Problem): Problem {
  const way = 'If that is not a mistake, set `if-empty` to `warn` or `ignore`.'
  return { ...problem, remedy: remedy === undefined ? way : `${remedy} ${way}` }
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
  if (!needsDates(list, format, hasBoth) || !entries.some(isUndated) || entries.every(isUndated)) return list
  const missing: Problem = {
    what: '`revoke_after` is missing',
    remedy:
      'With `blank-date: not-due`, write `null` for a user who stays, and the date or `now` for a user who leaves.',
  }
  return {
    ...list,
    entries: entries.map((entry) =>
      isUndated(entry) ? { ...entry, problems: [...(entry.problems ?? []), missing] } : entry,
    ),
  }
}

function listProblems(list: ReadList, format: ListFormat, hasBoth: boolean): Problem[] {
  const { entries, name } = list
  const at = placeIn(name)
  const lacksDates = needsDates(list, format, hasBoth) && entries.length > 0 && entries.every(isUndated)
  return [
    ...(entries.length > MAX_ENTRIES
      ? [
          {
            what: `more than ${grouped(MAX_ENTRIES)} entries`,
            remedy: 'Export only the users who leave, or split the list.',
            at,
          },
        ]
      : []),
    ...(lacksDates
      ? [
          {
            what: '`blank-date: not-due` means that users without a date stay, but no entry has a date, so nothing says who leaves',
            remedy: 'Add the dates to the list.',
            at,
          },
        ]
      : []),
  ]
}

/** The problems of bad entries, unless the run goes ahead without them. */
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
  return [...problems, { what }]
}

function recordOf({ list: { given: name, sha256 }, entries }: CheckedList): ListRecord {
  return { name, sha256, users: new Set(listedIn(entries).map(({ email }) => addressKey(email))).size }
}

function listedIn(entries: readonly CheckedEntry[]): ListedEntry[] {
  return entries.filter((entry) => entry.kind === 'listed')
}

/** The keys of the addresses that lists name, whatever is wrong with them. */
function namedBy(lists: readonly ReadList[]): Set<string> {
  const entries = lists.flatMap((list) => list.entries)
  return new Set(entries.flatMap(({ email }) => addressesOf(email).map(addressKey)))
}

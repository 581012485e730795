import { addressKey, parseEmailAddress } from '../text/email-address.ts'
import { itemsOf, shownValue } from '../text/plain-text.ts'
import { type Checked, type Place, type Problem, problem, problemText } from '../text/problem.ts'
import { uuidKey } from '../text/uuid.ts'
import type { ListFormat } from './list.ts'
import { addressesOf, type BadRow, type CheckedEntry, type ListedEntry, type User } from './user.ts'

interface Person {
  /** The first one, with what later ones add. */
  entry: ListedEntry
  /** Later entries that say something else, each with what that is about. */
  readonly contradictions: { readonly later: ListedEntry; readonly what: string }[]
}

/** The users of the lists, each once, in the order given, and the rows that are not used. */
export interface MergedUsers {
  readonly users: readonly User[]
  /** How many people stay. */
  readonly staying: number
  readonly badRows: readonly BadRow[]
  /** How many entries named a user that an earlier entry had named. */
  readonly repeated: number
}

/**
 * Makes one user of all entries with the same address, whatever the case of its ASCII letters.
 *
 * Entries that contradict each other are a problem, and so is a protected user who is due. With `bad-rows: skip` the
 * user is a bad row instead. A bad row with an address takes the good rows of that address with it, so that a user is
 * not revoked by half of what the lists say.
 */
export function mergedUsers(
  entries: readonly CheckedEntry[],
  protectedKeys: ReadonlySet<string>,
  badRows: ListFormat['badRows'],
): Checked<MergedUsers> {
  const people = peopleOf(entries)
  const repeated = entries.filter(({ kind }) => kind === 'listed').length - people.size
  const bad = new Map<Place, BadRow>()
  for (const entry of entries) {
    if (entry.kind !== 'bad') continue
    const keys = addressesOf(entry.email).map(addressKey)
    const unused = keys.flatMap((key) => people.get(key)?.entry ?? [])
    for (const key of keys) people.delete(key)
    bad.set(entry.at, badRowOf(entry, [...entry.problems, ...unused.map(unusedProblem)]))
  }
  const users: User[] = []
  const problems: Problem[] = []
  let staying = entries.filter(({ kind }) => kind === 'unaddressed').length
  for (const { entry, contradictions } of people.values()) {
    const isProtected = entry.timing === 'due' && protectedKeys.has(protectionKey(entry.email))
    const found = contradictions.map(({ later, what }) =>
      badRows === 'skip' ? contradiction(entry, later, what) : contradiction(later, entry, what),
    )
    if (isProtected) found.push(protectedProblem(entry))
    if (found.length > 0 && badRows === 'skip') bad.set(entry.at, badRowOf(entry, found))
    else if (found.length > 0) problems.push(...found)
    else if (entry.timing === 'stays') staying += 1
    else users.push(userOf(entry, entry.timing))
  }
  const rows = entries.flatMap((entry) => ('at' in entry ? (bad.get(entry.at) ?? []) : []))
  return { value: { users, staying, badRows: rows, repeated }, problems }
}

function peopleOf(entries: readonly CheckedEntry[]): Map<string, Person> {
  const people = new Map<string, Person>()
  for (const entry of entries) {
    if (entry.kind !== 'listed') continue
    const key = addressKey(entry.email)
    const person = people.get(key)
    if (person === undefined) people.set(key, { entry, contradictions: [] })
    else addTo(person, entry)
  }
  return people
}

function addTo(person: Person, later: ListedEntry): void {
  const { entry: earlier, contradictions } = person
  const uuids = [earlier.userUid, later.userUid].flatMap((uuid) =>
    uuid === undefined ? [] : [uuidKey(uuid)],
  )
  if (uuids.length > 1 && uuids[0] !== uuids[1]) contradictions.push({ later, what: 'UUID' })
  // Entries of `email` come first. One without a date is due now, and wins over the file.
  const isAcrossLists = earlier.origin === 'email' && later.origin === 'file'
  const wins = isAcrossLists && earlier.timing === 'due' && earlier.revokeAfter === undefined
  const isOtherTime = earlier.revokeAfter?.at !== later.revokeAfter?.at || earlier.timing !== later.timing
  if (isOtherTime && !wins) contradictions.push({ later, what: '`revoke_after`' })
  // Whatever the order, a UUID or a reference that is known is kept.
  const userUid = earlier.userUid ?? later.userUid
  const reference = earlier.reference ?? later.reference
  person.entry = {
    ...earlier,
    ...(userUid !== undefined && { userUid }),
    ...(reference !== undefined && { reference }),
  }
}

function userOf({ email, at, userUid, revokeAfter, reference }: ListedEntry, timing: User['timing']): User {
  return {
    email,
    timing,
    source: at.source,
    ...(userUid !== undefined && { userUid }),
    ...(revokeAfter !== undefined && { revokeAfter }),
    ...(reference !== undefined && { reference }),
  }
}

function badRowOf(
  { at, email }: { readonly at: Place; readonly email: string },
  problems: readonly Problem[],
): BadRow {
  return { ...at, email, problems: problems.map(problemText) }
}

function contradiction({ email, at }: ListedEntry, { at: other }: ListedEntry, what: string): Problem {
  return problem(
    `${shownValue(email)} is also listed at ${other.source}, with another ${what}`,
    'Find out which is right, and remove the other.',
    at,
  )
}

function unusedProblem({ email, at }: ListedEntry): Problem {
  const what = `${shownValue(email)} is also listed at ${at.source}, and neither entry can be used`
  return problem(what, 'Fix this entry.')
}

function protectedProblem({ email, at }: ListedEntry): Problem {
  const what = `${shownValue(email)} is due, but is one of \`protected-users\``
  return problem(what, 'Find out whether the user leaves. If not, remove the user from the list.', at)
}

/**
 * The form in which protected addresses are compared. It is broader than that of users, because Cloudflare may treat
 * two addresses as one where this action does not.
 */
export function protectionKey(email: string): string {
  return email.normalize('NFKC').toLowerCase()
}

/**
 * Reads the input `protected-users`.
 *
 * @returns the addresses in the form in which they are compared
 */
export function readProtectedUsers(text: string): Checked<ReadonlySet<string>> {
  const entries = itemsOf(text).map(parseEmailAddress)
  return {
    value: new Set(entries.flatMap((entry) => (typeof entry === 'string' ? [protectionKey(entry)] : []))),
    problems: entries.flatMap((entry, index) =>
      typeof entry === 'string'
        ? []
        : [{ ...entry, what: `\`protected-users\`, entry ${index + 1}: ${entry.what}` }],
    ),
  }
}

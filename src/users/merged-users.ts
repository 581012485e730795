import { addressKey, parseEmailAddress } from '../text/email-address.ts'
import { uuidKey } from '../text/uuid.ts'
import { filePlaceOf, type ListFindings, sourceOf, whereOf } from './list-findings.ts'
import type { BadEntry, ListedUser, ListFormat, UserEntry } from './user-entry.ts'
import type { BadRow, User } from './user.ts'

/** All entries with one address. */
interface Person {
  /** The first entry, with what later ones add. */
  listed: ListedUser
  readonly contradictions: Contradiction[]
}

/** A later entry that says something else of a user than the first one. */
interface Contradiction {
  readonly later: ListedUser
  readonly what: 'UUID' | '`revoke_after`'
}

/** The users of the lists, each once, and the rows that are not used. */
export interface MergedUsers {
  readonly users: readonly User[]
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
  listed: readonly ListedUser[],
  bad: readonly BadEntry[],
  { badRows, protectedUsers }: ListFormat,
  findings: ListFindings,
): MergedUsers {
  const people = new Map<string, Person>()
  for (const entry of listed) {
    const key = addressKey(entry.user.email)
    const person = people.get(key)
    if (person === undefined) people.set(key, { listed: entry, contradictions: [] })
    else addTo(person, entry)
  }
  const repeated = listed.length - people.size
  const rows = bad.map((entry) => {
    const email = parseEmailAddress(entry.entry.email)
    const key = typeof email === 'string' ? addressKey(email) : ''
    const person = people.get(key)
    people.delete(key)
    const also = person === undefined ? [] : [leftOutText(person, findings)]
    return { position: entry.position, row: badRowOf(entry.entry, [...entry.problems, ...also]) }
  })
  const users: User[] = []
  for (const { listed: first, contradictions } of people.values()) {
    const isProtected = first.user.timing === 'due' && protectedUsers.has(protectionKey(first.user.email))
    if (contradictions.length === 0 && !isProtected) users.push(first.user)
    else if (badRows === 'skip') {
      const problems = [
        ...contradictions.map(({ later, what }) => contradictionText(first, later, what, findings)),
        ...(isProtected ? [protectedText(first, findings)] : []),
      ]
      const entry = { place: first.place, email: first.user.email }
      rows.push({ position: first.position, row: badRowOf(entry, problems) })
    } else {
      for (const { later, what } of contradictions) {
        findings.problemAt(later.place, contradictionText(later, first, what, findings))
      }
      if (isProtected) findings.problemAt(first.place, protectedText(first, findings))
    }
  }
  return {
    users,
    badRows: rows.sort((one, other) => one.position - other.position).map(({ row }) => row),
    repeated,
  }
}

/**
 * The form in which protected addresses are compared. It is broader than that of users, because Cloudflare may treat
 * two addresses as one where this action does not.
 */
export function protectionKey(email: string): string {
  return email.normalize('NFKC').toLowerCase()
}

function addTo(person: Person, later: ListedUser): void {
  const { listed: earlier, contradictions } = person
  const [one, other] = [earlier.user, later.user]
  const uuids = one.userUid !== undefined && other.userUid !== undefined
  if (uuids && uuidKey(one.userUid) !== uuidKey(other.userUid)) contradictions.push({ later, what: 'UUID' })
  // Entries of `email` come first. One without a date is due now, and wins over the file.
  const acrossLists = earlier.place.list.origin === 'email' && later.place.list.origin === 'file'
  const wins = acrossLists && one.timing === 'due' && one.revokeAfter === undefined
  const otherTime = one.revokeAfter?.at !== other.revokeAfter?.at || one.timing !== other.timing
  if (otherTime && !wins) contradictions.push({ later, what: '`revoke_after`' })
  // Whatever the order, a UUID or a reference that is known is kept.
  const userUid = one.userUid ?? other.userUid
  const reference = one.reference ?? other.reference
  const user = {
    ...one,
    ...(userUid !== undefined && { userUid }),
    ...(reference !== undefined && { reference }),
  }
  person.listed = { ...earlier, user }
}

function contradictionText(
  { user: { email } }: ListedUser,
  { place }: ListedUser,
  what: string,
  { quotes }: ListFindings,
): string {
  return `${quotes.value(email)} is also listed at ${whereOf(place)}, with another ${what}; keep one.`
}

function leftOutText({ listed: { place, user } }: Person, { quotes }: ListFindings): string {
  return `${quotes.value(user.email)} is also listed at ${whereOf(place)}, and that is not used either; fix this row.`
}

function protectedText({ user: { email } }: ListedUser, { quotes }: ListFindings): string {
  return `${quotes.value(email)} is due, but is one of \`protected-users\`; remove the user from the list.`
}

function badRowOf({ place, email }: UserEntry, problems: readonly string[]): BadRow {
  return { ...filePlaceOf(place), source: sourceOf(place), email, problems }
}

import { addressesIn, type EmailAddress, parseEmailAddress } from '../text/email-address.ts'
import { cut, shownValue } from '../text/plain-text.ts'
import type { Place, Problem } from '../text/problem.ts'
import { parseUuid, type Uuid } from '../text/uuid.ts'
import type { DateFormat, DateProblem, DateReading, Moment } from './dates.ts'
import type { ListName } from './list-problems.ts'
import { type Timing, timingOf } from './user.ts'

/** How the lists of a step are written, and what their gaps mean. Texts are the inputs as given, trimmed. */
export interface ListFormat {
  /** Title of the column with the addresses. */
  readonly emailColumn: string
  /** Title of the column with the dates; `none` for a table without dates. */
  readonly dateColumn: string
  /** Title of a column to carry along; empty if there is none. */
  readonly referenceColumn: string
  /** `COLUMN = VALUE, VALUE`, or `none`. */
  readonly onlyRows: string
  /** Addresses that must not be revoked, or `none`. */
  readonly protectedUsers: string
  readonly dateFormat: DateFormat
  /** What a blank date means where a list has a place for it. */
  readonly blankDate: 'stop' | 'not-due'
  /** What a row that cannot be used means. */
  readonly badRows: 'stop' | 'skip'
  /** What a list without users means. */
  readonly ifEmpty: 'fail' | 'warn' | 'ignore'
  /** An IANA time zone, for dates without a time. */
  readonly timezone: string
  /** The time by which users are due, in milliseconds since the epoch. */
  readonly now: number
  readonly dueWithinDays: number
}

/** A user as a list names it, not checked yet; texts are trimmed. */
export interface UserEntry {
  readonly at: Place
  readonly email: string
  readonly userUid?: string
  /** Blank where the list has a place for the date, but no date; undefined where it has no such place. */
  readonly revokeAfter?: string
  readonly reference?: string
  /** The row is not one of `only-rows`, so the user stays. Nothing but the address is read. */
  readonly isUnselected?: true
  /** What is wrong with single fields. */
  readonly problems?: readonly Problem[]
  /** What is wrong with the row as a whole; nothing else in it can be trusted. */
  readonly broken?: Problem
  /** The same, but only if the user stays. */
  readonly brokenIfStays?: Problem
  /** The same, but only if the user is not due now and the row has no address. */
  readonly brokenWithoutAddress?: Problem
}

/** What a list has in it. */
export interface ListContent {
  readonly entries: readonly UserEntry[]
  /** What messages call the date of a user. */
  readonly dateName: string
  /** Whether an account ends when the day of its date begins. */
  readonly endsAtMidnight?: boolean
  /** Why the list counts as one without users, although it may have entries. */
  readonly emptiness?: Problem
  /** Lines for the log. */
  readonly notes?: readonly string[]
  readonly warnings?: readonly Problem[]
}

/** The content of a list that has nothing but its entries. */
export function contentOf(entries: readonly UserEntry[]): ListContent {
  return { entries, dateName: '`revoke_after`' }
}

/** A list as it was read. */
export interface ReadList extends ListContent {
  readonly name: ListName
  readonly origin: 'email' | 'file'
  /** How the step gives it: the path in `users-file`, or `email`. */
  readonly given: string
  /** As it was read, before anything was done to it. */
  readonly sha256: string
}

/** No list of leavers has more rows. */
export const MAX_ENTRIES = 25_000

/** An entry that was checked. */
export type CheckedEntry = ListedEntry | UnaddressedEntry | BadEntry

/** A person with an address, and whether the time has come. */
export interface ListedEntry {
  readonly kind: 'listed'
  readonly at: Place
  readonly origin: ReadList['origin']
  readonly email: EmailAddress
  readonly timing: Timing | 'stays'
  readonly userUid?: Uuid
  readonly revokeAfter?: Moment
  readonly reference?: string
}

/** Someone who is not due, and has no address that could be a user's. */
export interface UnaddressedEntry {
  readonly kind: 'unaddressed'
}

/** An entry that cannot be used. */
export interface BadEntry {
  readonly kind: 'bad'
  readonly at: Place
  /** As given; empty if there is none. */
  readonly email: string
  readonly problems: readonly Problem[]
  /** What is wrong with the date if that is all that is wrong. */
  readonly dateProblem?: DateProblem['kind']
}

/** In characters. */
const MAX_REFERENCE_LENGTH = 200

/** Longer texts are not searched for what is wrong with them. In characters. */
const MAX_ADDRESS_LENGTH = 1_000

/** The addresses in a text, or nearly so, unless it is too long to be searched. */
export function addressesOf(text: string): string[] {
  return text.length <= MAX_ADDRESS_LENGTH ? addressesIn(text) : []
}

/**
 * Checks the entries of a list.
 *
 * @param readDate - undefined if no entry has a date
 */
export function checkEntries(
  list: ReadList,
  format: ListFormat,
  readDate: ((text: string) => DateReading) | undefined,
): CheckedEntry[] {
  return list.entries.map((entry) => {
    const text = entry.isUnselected === true ? undefined : entry.revokeAfter
    const date = text === undefined || readDate === undefined ? 'now' : readDate(text)
    return checkEntry(entry, date, list, format)
  })
}

function checkEntry(
  entry: UserEntry,
  date: DateReading,
  { origin, dateName }: ReadList,
  { blankDate, now, dueWithinDays }: ListFormat,
): CheckedEntry {
  const { at, userUid: uuid = '', reference = '' } = entry
  const bad = (problems: readonly Problem[], date?: DateProblem['kind']): BadEntry => ({
    kind: 'bad',
    at,
    email: cut(entry.email, MAX_ADDRESS_LENGTH),
    problems: problems.map((problem) => ({ ...problem, at })),
    ...(date !== undefined && { dateProblem: date }),
  })
  if (entry.broken !== undefined) return bad([entry.broken])
  const email = parseEmailAddress(entry.email)
  const moment = typeof date === 'object' && 'at' in date ? date : undefined
  const stays = entry.isUnselected === true || (date === 'blank' && blankDate === 'not-due')
  const timing = stays ? 'stays' : timingOf(moment, now, dueWithinDays)
  const isSettled = stays || (moment !== undefined && timing !== 'due')
  const isUnaddressed = typeof email === 'object' && mayLackAddress(entry.email)
  if (stays && entry.brokenIfStays !== undefined) return bad([entry.brokenIfStays])
  if (isSettled && isUnaddressed && entry.brokenWithoutAddress !== undefined)
    return bad([entry.brokenWithoutAddress])
  if (isSettled && isUnaddressed) return { kind: 'unaddressed' }
  const problems = [
    ...(typeof email === 'object' ? addressProblems(entry, email, origin) : []),
    ...(stays
      ? []
      : [...(entry.problems ?? []), ...uuidProblems(uuid), ...dateProblems(entry, date, dateName)]),
  ]
  if (typeof email === 'object' || problems.length > 0) {
    return bad(problems, typeof date === 'object' && 'kind' in date ? date.kind : undefined)
  }
  const userUid = parseUuid(uuid)
  return {
    kind: 'listed',
    at,
    origin,
    email,
    timing,
    ...(userUid !== undefined && !stays && { userUid }),
    ...(moment !== undefined && !stays && { revokeAfter: moment }),
    ...(reference !== '' && { reference: cut(reference, MAX_REFERENCE_LENGTH) }),
  }
}

/** Whether a text says that someone has no address. What holds an @ may be the rest of a row that was not understood. */
function mayLackAddress(text: string): boolean {
  return !text.includes('@') || (text.length <= MAX_ADDRESS_LENGTH && /^\S+#EXT#@\S+$/i.test(text))
}

function addressProblems(
  { email: text, problems }: UserEntry,
  problem: Problem,
  origin: ReadList['origin'],
): Problem[] {
  if (text === '') {
    const isTold = problems !== undefined
    return isTold
      ? []
      : [{ what: 'the address is missing', remedy: 'Add it, or remove the row if it names no user.' }]
  }
  const isSeveral = text.indexOf('@') !== text.lastIndexOf('@') && /[\s,;|/]/.test(text)
  return origin === 'file' && isSeveral
    ? [
        {
          what: `${shownValue(text)} is more than one address`,
          remedy: 'Give each address a row of its own.',
        },
      ]
    : [problem]
}

function uuidProblems(text: string): Problem[] {
  return text === '' || parseUuid(text) !== undefined
    ? []
    : [{ what: `the UUID ${shownValue(text)} is not 32 hex characters, or 36 with hyphens` }]
}

function dateProblems({ revokeAfter: text = '' }: UserEntry, date: DateReading, name: string): Problem[] {
  if (date === 'blank') {
    const value = text === '' ? 'is blank' : `is ${shownValue(text)}, which means no date`
    return [
      {
        what: `${name} ${value}`,
        remedy:
          'If users without a date stay, set `blank-date: not-due`. For a user who leaves, write the date, or `now`.',
      },
    ]
  }
  if (date === 'now' || 'at' in date) return []
  const { what, remedy } = date
  return [{ what: `${name} ${shownValue(text)} ${what}`, ...(remedy !== undefined && { remedy }) }]
}

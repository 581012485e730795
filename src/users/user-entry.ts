import { parseEmailAddress } from '../text/email-address.ts'
import { shortened } from '../text/plain-text.ts'
import { parseUuid } from '../text/uuid.ts'
import { type DateFormat, type Moment, readMoment } from './dates.ts'
import { type ListName, type Place, sourceOf } from './place.ts'
import { timingOf, type User } from './user.ts'

/** How the lists of a step are written, and what their gaps mean. */
export interface ListFormat {
  /** Name of the CSV column with the addresses. */
  readonly emailColumn: string
  /** Name of the CSV column with the dates; `none` for a file without dates. */
  readonly dateColumn: string
  /** Name of a CSV column to carry along; empty if there is none. */
  readonly referenceColumn: string
  readonly dateFormat: DateFormat
  /** What a blank date means where a CSV file has a column for it. */
  readonly blankDate: 'stop' | 'not-due'
  /** What a row that cannot be used means. */
  readonly badRows: 'stop' | 'skip'
  /** An IANA time zone, for dates without a time. */
  readonly timezone: string
  /** The time by which users are due, in milliseconds since the epoch. */
  readonly now: number
  readonly dueWithinDays: number
}

/** How text from a list may appear in a message. */
export interface MessageQuotes {
  /** What somebody is said to be: an address, a date. It may be anything. */
  readonly value: (text: string) => string
  /** The name of something: a column, a key, a file. */
  readonly name: (text: string) => string
}

/** A user as a list names it, not checked yet; texts are trimmed. */
export interface UserEntry {
  readonly place: Place
  readonly email: string
  readonly userUid?: string
  /** Empty where the list has a place for it that was left blank. */
  readonly revokeAfter?: string
  /** It was left blank, and that means not due. */
  readonly staying?: true
  readonly reference?: string
  /** What is wrong with the row as a whole, as a sentence; nothing else of it is to be believed. */
  readonly wrong?: string
}

/** A checked user, and where it is listed. */
export interface ListedUser {
  readonly kind: 'user'
  readonly place: Place
  readonly user: User
}

/** An entry that cannot be used. */
export interface BadEntry {
  readonly kind: 'bad'
  readonly entry: UserEntry
  /** Each a full sentence. */
  readonly problems: readonly string[]
  /** Whether what is wrong may be the format of all dates, and not this entry. */
  readonly otherFormat: boolean
}

/** In characters. */
const LONGEST_REFERENCE = 200

/**
 * Checks one entry.
 *
 * @param position - its place among all entries
 */
export async function checkEntry(
  entry: UserEntry,
  position: number,
  format: ListFormat,
  quotes: MessageQuotes,
): Promise<ListedUser | BadEntry> {
  if (entry.wrong !== undefined) return { kind: 'bad', entry, problems: [entry.wrong], otherFormat: false }
  const { place, staying, reference = '', userUid: givenUid = '' } = entry
  const problems: string[] = []
  const email = parseEmailAddress(entry.email)
  if (entry.email === '') problems.push('has no address.')
  else if (typeof email === 'object') problems.push(`${quotes.value(entry.email)} ${email.problem}.`)
  const userUid = parseUuid(givenUid)
  if (userUid === undefined && givenUid !== '') {
    problems.push(`the UUID ${quotes.value(givenUid)} is not 32 hex characters, or 36 with hyphens.`)
  }
  const moment = await momentOf(entry, format, quotes)
  if (moment !== undefined && 'problem' in moment) problems.push(moment.problem)
  if (typeof email === 'object' || (moment !== undefined && 'problem' in moment) || problems.length > 0) {
    const otherFormat = moment !== undefined && 'problem' in moment && moment.otherFormat
    return { kind: 'bad', entry, problems, otherFormat }
  }
  const user: User = {
    email,
    source: sourceOf(place),
    position,
    ...(userUid !== undefined && { userUid }),
    ...(moment !== undefined && { revokeAfter: moment }),
    timing: staying === true ? 'not_due' : timingOf(moment, format.now, format.dueWithinDays),
    ...(reference !== '' && { reference: shortened(reference, LONGEST_REFERENCE) }),
  }
  return { kind: 'user', place, user }
}

/** The moment that is meant, undefined for now; or what is wrong with it, as a sentence. */
async function momentOf(
  { revokeAfter: text, place }: UserEntry,
  { dateFormat, timezone }: ListFormat,
  quotes: MessageQuotes,
): Promise<Moment | { problem: string; otherFormat: boolean } | undefined> {
  if (text === undefined || /^now$/i.test(text)) return undefined
  const name = dateName(place.list)
  if (text === '') return { problem: `${name} is blank: write the date, or \`now\`.`, otherFormat: false }
  const read = await readMoment(text, dateFormat, timezone)
  return 'problem' in read ? { ...read, problem: `${name} ${quotes.value(text)} ${read.problem}.` } : read
}

function dateName({ dateName: name = '`revoke_after`' }: ListName): string {
  return name
}

import { addressesIn, type EmailAddress, parseEmailAddress } from '../text/email-address.ts'
import { cut, shownValue } from '../text/plain-text.ts'
import { isProblem, type Place, type Problem, problem, withPlace } from '../text/problem.ts'
import { parseUuid, type Uuid } from '../text/uuid.ts'
import { DAY_MS, type DateProblem, type DateReading, type Moment } from './dates.ts'
import type { ListFormat, ReadList, UserEntry } from './list.ts'

/** A user to revoke, checked. */
export interface User {
  /** In the letter case it was given. */
  readonly email: EmailAddress
  readonly userUid?: Uuid
  /** From when on the user is to be revoked; undefined for now. */
  readonly revokeAfter?: Moment
  /** Decided once, by the time at which the step started. */
  readonly timing: Timing
  /** Where the user is listed: `leavers.csv:12`, `email:2`; the first place, if there are several. */
  readonly source: string
  /** A customer's own reference, such as a ticket number; up to 200 characters of anything. */
  readonly reference?: string
}

/** A row that cannot be used, where the step says to go on without it (`bad-rows: skip`). */
export interface BadRow extends Place {
  /** As given, unchecked; empty if the row has none. */
  readonly email: string
  /** What is wrong with it, each in full sentences. */
  readonly problems: readonly string[]
}

export type Timing = 'due' | 'not_due' | 'past'

/**
 * Whether a user is due at `now` (milliseconds since the epoch).
 *
 * @param revokeAfter - undefined for now
 * @param dueWithinDays - a user whose time is longer ago is `past`, so that someone who is rehired is not signed out
 * forever
 */
export function timingOf(revokeAfter: Moment | undefined, now: number, dueWithinDays: number): Timing {
  if (revokeAfter === undefined) return 'due'
  if (revokeAfter.at > now) return 'not_due'
  return now - revokeAfter.at > dueWithinDays * DAY_MS ? 'past' : 'due'
}

/** Whether the user's time came within the 24 hours before `now` (milliseconds since the epoch). */
export function isNewlyDue({ revokeAfter }: User, now: number): boolean {
  return revokeAfter !== undefined && revokeAfter.at <= now && now - revokeAfter.at <= DAY_MS
}

/** An entry that was checked; `unaddressed` is someone who is not due, and has no address that could be a user's. */
export type CheckedEntry = ListedEntry | BadEntry | { readonly kind: 'unaddressed' }

/** A person with an address, and whether the time has come. */
export interface ListedEntry extends Omit<User, 'timing' | 'source'> {
  readonly kind: 'listed'
  readonly at: Place
  readonly origin: ReadList['origin']
  readonly timing: Timing | 'stays'
}

export interface BadEntry {
  readonly kind: 'bad'
  readonly at: Place
  /** As given; empty if there is none. */
  readonly email: string
  readonly problems: readonly Problem[]
  /** What kind of problem the date has, if it has one. */
  readonly dateProblem?: DateProblem['kind']
}

/** In characters. Longer addresses are not searched for what is wrong with them. */
const [MAX_REFERENCE_LENGTH, MAX_ADDRESS_LENGTH] = [200, 1_000]

/** The addresses in a text, or nearly so, unless it is too long to be searched. */
export function addressesOf(text: string): string[] {
  return text.length <= MAX_ADDRESS_LENGTH ? addressesIn(text) : []
}

/** Whether a text says that someone has no address. What holds an @ may be the rest of a row that was not understood. */
export function saysNoAddress(text: string): boolean {
  return !text.includes('@') || (text.length <= MAX_ADDRESS_LENGTH && /^\S+#EXT#@\S+$/i.test(text))
}

/** @param date - what the entry's date says; `now` if it has none */
export function checkEntry(
  entry: UserEntry,
  date: DateReading,
  { origin, dateName }: ReadList,
  { blankDate, now, dueWithinDays }: ListFormat,
): CheckedEntry {
  const { at, userUid: uuid = '', reference = '', problems: found = [] } = entry
  const dateProblem = typeof date === 'object' && isProblem(date) ? date : undefined
  const bad = (problems: readonly Problem[]): BadEntry => ({
    kind: 'bad',
    at,
    email: cut(entry.email, MAX_ADDRESS_LENGTH),
    problems: withPlace(problems, at),
    ...(dateProblem !== undefined && { dateProblem: dateProblem.kind }),
  })
  if (entry.broken !== undefined) return bad([entry.broken])
  const moment = typeof date === 'object' && !isProblem(date) ? date : undefined
  const stays = entry.isUnselected === true || (date === 'blank' && blankDate === 'not-due')
  const timing = stays ? 'stays' : timingOf(moment, now, dueWithinDays)
  const email = parseEmailAddress(entry.email)
  const isSettled = stays || (moment !== undefined && timing !== 'due')
  if (typeof email === 'object' && isSettled && saysNoAddress(entry.email)) return { kind: 'unaddressed' }
  const problems = [
    ...(typeof email === 'object' ? addressProblems(entry, email, origin) : []),
    ...(stays ? [] : [...found, ...uuidProblems(uuid), ...dateProblems(entry, date, dateName)]),
  ]
  if (typeof email === 'object' || problems.length > 0) return bad(problems)
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

function addressProblems(
  { email: text, problems }: UserEntry,
  found: Problem,
  origin: ReadList['origin'],
): Problem[] {
  if (text === '') {
    const isTold = problems !== undefined
    return isTold ? [] : [problem('the address is missing', 'Add it, or remove the row if it names no user.')]
  }
  const isSeveral = text.indexOf('@') !== text.lastIndexOf('@') && /[\s,;|/]/.test(text)
  return origin === 'file' && isSeveral
    ? [problem(`${shownValue(text)} is more than one address`, 'Give each address a row of its own.')]
    : [found]
}

function uuidProblems(text: string): Problem[] {
  return text === '' || parseUuid(text) !== undefined
    ? []
    : [problem(`the UUID ${shownValue(text)} is not 32 hex characters, or 36 with hyphens`)]
}

function dateProblems({ revokeAfter: text = '' }: UserEntry, date: DateReading, name: string): Problem[] {
  if (date === 'blank') {
    const value = text === '' ? 'is blank' : `is ${shownValue(text)}, which means no date`
    const remedy =
      'If users without a date stay, set `blank-date: not-due`. For a user who leaves, write the date, or `now`.'
    return [problem(`${name} ${value}`, remedy)]
  }
  return date === 'now' || !isProblem(date)
    ? []
    : [problem(`${name} ${shownValue(text)} ${date.what}`, date.remedy)]
}

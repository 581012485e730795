import * as v from 'valibot'
import { addressKey, type EmailAddress, keysIn, parseEmailAddress } from '../text/email-address.ts'
import { DAY_MS } from '../text/measures.ts'
import { cut, shownValue } from '../text/plain-text.ts'
import { type Checked, isProblem, type Place, type Problem, problem, problemText } from '../text/problem.ts'
import type { DateProblem, DateReading, Moment } from './dates.ts'
import type { ListFormat, ReadList, UserEntry } from './list.ts'

const Uuid = v.pipe(
  v.string(),
  v.regex(/^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i),
  v.brand('Uuid'),
)

/** A UUID as Cloudflare takes it: 32 hex characters, or 36 with hyphens. */
export type Uuid = v.InferOutput<typeof Uuid>

/** The text as a UUID; undefined if it is none. */
export function parseUuid(text: string): Uuid | undefined {
  const parsed = v.safeParse(Uuid, text)
  return parsed.success ? parsed.output : undefined
}

/** The form in which UUIDs are compared: without hyphens and letter case. */
export function uuidKey(uuid: string): string {
  return uuid.replaceAll('-', '').toLowerCase()
}

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

export interface ListedEntry {
  readonly kind: 'listed'
  readonly at: Place
  readonly origin: ReadList['origin']
  readonly email: EmailAddress
  /** Undefined for someone who stays, of whom nothing but the address is read. */
  readonly user: User | undefined
}

export interface BadEntry {
  readonly kind: 'bad'
  readonly at: Place
  readonly email: string
  readonly problems: readonly Problem[]
  readonly dateProblem: DateProblem['kind'] | undefined
}

/** In characters. What is longer is cut. */
const [MAX_REFERENCE_LENGTH, MAX_ADDRESS_LENGTH] = [200, 1_000]

/** Whether a text says that someone has no address. What holds an @ may be the rest of a row that was not understood. */
export function saysNoAddress(text: string): boolean {
  return !text.includes('@') || /^\S+#EXT#@\S+$/i.test(text)
}

/** @param dates - what the dates of the list say, by their texts */
export function checkEntry(
  entry: UserEntry,
  dates: ReadonlyMap<string, DateReading | undefined>,
  { origin, dateName = '`revoke_after`' }: ReadList,
  { blankDate, now, dueWithinDays }: ListFormat,
): CheckedEntry {
  const { at, userUid: uuid = '', reference = '', problems: found = [], broken } = entry
  const { isUnselected = false, revokeAfter } = entry
  const date: DateReading =
    isUnselected || revokeAfter === undefined ? 'now' : (dates.get(revokeAfter) ?? problem('was not read'))
  const moment = typeof date === 'object' && !isProblem(date) ? date : undefined
  const stays = isUnselected || (date === 'blank' && blankDate === 'not-due')
  const timing = timingOf(moment, now, dueWithinDays)
  const email = parseEmailAddress(entry.email)
  const isSettled = broken === undefined && (stays || (moment !== undefined && timing !== 'due'))
  if (typeof email === 'object' && isSettled && saysNoAddress(entry.email)) return { kind: 'unaddressed' }
  const userUid = parseUuid(uuid)
  const wrongUuid = problem(`the UUID ${shownValue(uuid)} is not 32 hex characters, or 36 with hyphens`)
  const uuidProblems = uuid === '' || userUid !== undefined ? [] : [wrongUuid]
  const problems = [
    ...(typeof email === 'object' ? addressProblems(entry, email) : []),
    ...(stays ? [] : [...found, ...uuidProblems, ...dateProblems(entry, date, dateName)]),
  ]
  if (broken !== undefined || typeof email === 'object' || problems.length > 0) {
    return {
      kind: 'bad',
      at,
      email: cut(entry.email, MAX_ADDRESS_LENGTH),
      problems: broken === undefined ? problems : [broken],
      dateProblem: typeof date === 'object' && isProblem(date) ? date.kind : undefined,
    }
  }
  const user = {
    email,
    timing,
    source: at.source,
    ...(userUid !== undefined && { userUid }),
    ...(moment !== undefined && { revokeAfter: moment }),
    ...(reference !== '' && { reference: cut(reference, MAX_REFERENCE_LENGTH) }),
  }
  return { kind: 'listed', at, origin, email, user: stays ? undefined : user }
}

function addressProblems({ email, problems = [] }: UserEntry, found: Problem): Problem[] {
  if (email !== '') return [found]
  const missing = problem('the address is missing', 'Add it, or remove the row if it names no user.')
  return problems.length > 0 ? [] : [missing]
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

/** The users of the lists, each once, in the order given, and the rows that are not used. */
export interface MergedUsers {
  /** Those who are due, not due yet, or left long ago. */
  readonly users: readonly User[]
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
  isProtected: (email: string) => boolean,
  badRows: ListFormat['badRows'],
): Checked<MergedUsers> {
  const listed = listedIn(entries)
  const people = Map.groupBy(listed, ({ email }) => addressKey(email))
  const unused = new Set(entries.flatMap((entry) => (entry.kind === 'bad' ? keysIn(entry.email) : [])))
  const users: User[] = []
  const bad: Pick<BadEntry, 'at' | 'email' | 'problems'>[] = []
  const problems: Problem[] = []
  let staying = 0
  for (const entry of entries) {
    const [first, ...others] = entry.kind === 'listed' ? (people.get(addressKey(entry.email)) ?? []) : []
    if (entry.kind === 'unaddressed') staying += 1
    else if (entry.kind === 'bad') {
      const good = keysIn(entry.email).flatMap((key) => people.get(key)?.slice(0, 1) ?? [])
      const both = good.map(({ email, at }) => {
        const what = `${shownValue(email)} is also listed at ${at.source}, and neither entry can be used`
        return problem(what, 'Fix this entry.')
      })
      bad.push({ ...entry, problems: [...entry.problems, ...both] })
    } else if (entry === first && !unused.has(addressKey(entry.email))) {
      const isRefused = entry.user?.timing === 'due' && isProtected(entry.email)
      const what = `${shownValue(entry.email)} is due, but is one of \`protected-users\``
      const remedy = 'Find out whether the user leaves. If not, remove the user from the list.'
      const found = [
        ...contradictions(entry, others),
        ...(isRefused ? [problem(what, remedy, entry.at)] : []),
      ]
      problems.push(...found)
      if (found.length > 0) bad.push({ ...entry, problems: found })
      else if (entry.user === undefined) staying += 1
      else users.push(withKnown(entry.user, others))
    }
  }
  const rows = bad.map(({ at, email, problems: all }) => ({ ...at, email, problems: all.map(problemText) }))
  const value = { users, staying, badRows: rows, repeated: listed.length - people.size }
  return { value, problems: badRows === 'skip' ? [] : problems }
}

function contradictions(first: ListedEntry, others: readonly ListedEntry[]): Problem[] {
  const { email, at, origin, user } = first
  const [known = ''] = [first, ...others].flatMap((entry) => entry.user?.userUid ?? [])
  return others.flatMap((later) => {
    const isOtherUuid = uuidKey(later.user?.userUid ?? known) !== uuidKey(known)
    // Entries of `email` come first. One without a date is due now, and wins over the file.
    const isNow = user !== undefined && user.revokeAfter === undefined
    const wins = origin === 'email' && later.origin === 'file' && isNow
    const isOtherTime =
      user?.revokeAfter?.at !== later.user?.revokeAfter?.at || user?.timing !== later.user?.timing
    const whats = [...(isOtherUuid ? ['UUID'] : []), ...(isOtherTime && !wins ? ['`revoke_after`'] : [])]
    const remedy = 'Find out which is right, and remove the other.'
    return whats.map((what) =>
      problem(`${shownValue(email)} is also listed at ${later.at.source}, with another ${what}`, remedy, at),
    )
  })
}

/** Whatever the order, a UUID or a reference that is known is kept. */
function withKnown(user: User, others: readonly ListedEntry[]): User {
  const users = [user, ...others.flatMap((other) => other.user ?? [])]
  const [userUid] = users.flatMap((each) => each.userUid ?? [])
  const [reference] = users.flatMap((each) => each.reference ?? [])
  return {
    ...user,
    ...(userUid !== undefined && { userUid }),
    ...(reference !== undefined && { reference }),
  }
}

export function listedIn(entries: readonly CheckedEntry[]): ListedEntry[] {
  return entries.filter((entry) => entry.kind === 'listed')
}

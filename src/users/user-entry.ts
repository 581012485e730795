import { type EmailAddress, parseEmailAddress } from '../text/email-address.ts'
import { cut } from '../text/plain-text.ts'
import { type Problem, problemText } from '../text/problem.ts'
import { parseUuid } from '../text/uuid.ts'
import { type DateFormat, type DateProblem, isBlankDate, type Moment, readMoment } from './dates.ts'
import { type ListName, type MessageQuotes, type Place, sourceOf } from './list-findings.ts'
import { timingOf, type User } from './user.ts'

/** How the lists of a step are written, and what their gaps mean. */
export interface ListFormat {
  /** Name of the CSV column with the addresses. */
  readonly emailColumn: string
  /** Name of the CSV column with the dates; `none` for a file without dates. */
  readonly dateColumn: string
  /** Name of a CSV column to carry along; empty if there is none. */
  readonly referenceColumn: string
  /** Which rows of a CSV file count; undefined for all. */
  readonly onlyRows: RowFilter | undefined
  readonly dateFormat: DateFormat
  /** What a blank date means where a list has a place for it. */
  readonly blankDate: 'stop' | 'not-due'
  /** What a row that cannot be used means. */
  readonly badRows: 'stop' | 'skip'
  /** An IANA time zone, for dates without a time. */
  readonly timezone: string
  /** The time by which users are due, in milliseconds since the epoch. */
  readonly now: number
  readonly dueWithinDays: number
  /** Addresses that must not be revoked, by their protection key. */
  readonly protectedUsers: ReadonlySet<string>
}

/** Rows count if this column has one of these values. */
export interface RowFilter {
  readonly column: string
  /** In lower case. */
  readonly values: readonly string[]
}

/** A user as a list names it, not checked yet; texts are trimmed. */
export interface UserEntry {
  readonly place: Place
  readonly email: string
  readonly userUid?: string
  /** Blank where the list has a place for the date, but no date; undefined where it has no such place. */
  readonly revokeAfter?: string
  /** The row does not count (`only-rows`), so the user stays. */
  readonly isLeftOut?: true
  readonly reference?: string
  /** Sentences about single fields that cannot be read. */
  readonly problems?: readonly string[]
  /** What is wrong with the row as a whole, as a sentence; nothing else in it can be trusted. */
  readonly broken?: string
}

/** A list as it was read. */
export interface ReadList {
  readonly name: ListName
  /** How the step gives it: the path in `users-file`, or `email`. */
  readonly given: string
  /** As it was read, before anything was done to it. */
  readonly sha256: string
  readonly entries: readonly UserEntry[]
}

/** Reading ends after this many entries: no list of leavers is longer. */
export const MAX_ENTRIES = 25_000

/** A checked user, and where it is listed. */
export interface ListedUser {
  readonly kind: 'user'
  readonly place: Place
  /** The place among all entries. */
  readonly position: number
  readonly user: User
}

/** An entry that cannot be used. */
export interface BadEntry {
  readonly kind: 'bad'
  readonly entry: UserEntry
  /** Each a full sentence. */
  readonly problems: readonly string[]
  /** Whether the format of all dates may be wrong, and not only this entry. */
  readonly otherFormat: boolean
  /** The place among all entries. */
  readonly position: number
}

/** An entry of someone who stays, and has no address that could be a user's. */
export interface UnaddressedEntry {
  readonly kind: 'unaddressed'
}

/** In characters. */
const MAX_REFERENCE_LENGTH = 2_000

const MAX_KNOWN_DATES = 1_000

/** Checks entries one by one. */
export class EntryChecker {
  readonly #format: ListFormat
  readonly #quotes: MessageQuotes
  readonly #knownDates = new Map<string, Moment | DateProblem | 'blank'>()

  constructor(format: ListFormat, quotes: MessageQuotes) {
    this.#format = format
    this.#quotes = quotes
  }

  /** @param position - its place among all entries */
  async check(entry: UserEntry, position: number): Promise<ListedUser | BadEntry | UnaddressedEntry> {
    const bad = (problems: readonly string[], otherFormat = false): BadEntry => ({
      kind: 'bad',
      entry,
      problems,
      otherFormat,
      position,
    })
    const { place, broken, isLeftOut, reference = '', userUid: givenUid = '' } = entry
    const { blankDate, now, dueWithinDays } = this.#format
    if (broken !== undefined) return bad([broken])
    const email = parseEmailAddress(entry.email)
    const date = await this.#dateOf(entry)
    const stays = isLeftOut === true || (date === 'blank' && blankDate === 'not-due')
    if (stays && typeof email === 'object') return { kind: 'unaddressed' }
    const problems = stays
      ? []
      : [
          ...addressProblems(entry, email, this.#quotes),
          ...(entry.problems ?? []),
          ...uuidProblems(givenUid, this.#quotes),
          ...dateProblems(entry, date, this.#quotes),
        ]
    if (typeof email === 'object' || problems.length > 0) {
      return bad(problems, typeof date === 'object' && 'problem' in date && date.otherFormat)
    }
    const userUid = parseUuid(givenUid)
    const revokeAfter = !stays && typeof date === 'object' && 'at' in date ? date : undefined
    const user: User = {
      email,
      source: sourceOf(place),
      timing: stays ? 'not_due' : timingOf(revokeAfter, now, dueWithinDays),
      ...(userUid !== undefined && { userUid }),
      ...(revokeAfter !== undefined && { revokeAfter }),
      ...(reference !== '' && { reference: cut(reference, MAX_REFERENCE_LENGTH) }),
    }
    return { kind: 'user', place, position, user }
  }

  /** @returns undefined for a user who is due now */
  async #dateOf({ revokeAfter: text }: UserEntry): Promise<Moment | DateProblem | 'blank' | undefined> {
    if (text === undefined || /^now$/i.test(text)) return undefined
    const known = this.#knownDates.get(text)
    if (known !== undefined) return known
    const { dateFormat, timezone } = this.#format
    const read = isBlankDate(text) ? 'blank' : await readMoment(text, dateFormat, timezone)
    if (this.#knownDates.size < MAX_KNOWN_DATES) this.#knownDates.set(text, read)
    return read
  }
}

function addressProblems(
  { email: text, place, problems }: UserEntry,
  email: EmailAddress | Problem,
  quotes: MessageQuotes,
): string[] {
  if (typeof email === 'string') return []
  if (text === '')
    return problems === undefined ? ['the address is missing; write it, or remove the row.'] : []
  const isSeveral = (text.match(/@/g) ?? []).length > 1 && /[\s,;|/]/.test(text)
  return place.list.origin === 'file' && isSeveral
    ? [`${quotes.value(text)} is more than one address; give each address a row of its own.`]
    : [problemText(email)]
}

function uuidProblems(text: string, quotes: MessageQuotes): string[] {
  return text === '' || parseUuid(text) !== undefined
    ? []
    : [`the UUID ${quotes.value(text)} is not 32 hex characters, or 36 with hyphens.`]
}

function dateProblems(
  { revokeAfter: text = '', place }: UserEntry,
  date: Moment | DateProblem | 'blank' | undefined,
  quotes: MessageQuotes,
): string[] {
  const name = place.list.dateName ?? '`revoke_after`'
  if (date === 'blank') {
    const value = text === '' ? 'is blank' : `is ${quotes.name(text)}, which means no date`
    return [
      `${name} ${value}: if users without a date stay, set \`blank-date: not-due\`; for a user who leaves, write the date, or \`now\`.`,
    ]
  }
  return date !== undefined && 'problem' in date ? [`${name} ${quotes.value(text)} ${date.problem}.`] : []
}

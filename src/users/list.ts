import { type DateFormat, grouped, quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import type { Place, Problem } from '../text/problem.ts'

/** How the lists of a step are written, and what their gaps mean. Texts are the inputs as given, trimmed. */
export interface ListFormat {
  readonly emailColumn: string
  /** Title of the column with the dates; empty for a table without dates. */
  readonly dateColumn: string
  /** Title of a column to carry along; empty if there is none. */
  readonly referenceColumn: string
  /** `COLUMN = VALUE, VALUE`; empty if every row counts. */
  readonly onlyRows: string
  /** Addresses that must not be revoked; empty if there are none. */
  readonly protectedUsers: string
  readonly dateFormat: DateFormat
  /** What a blank date means where a list has a place for it. */
  readonly blankDate: 'stop' | 'not-due'
  readonly badRows: 'stop' | 'skip'
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
  readonly userUid?: string | undefined
  /** Blank where the list has a place for the date, but no date; undefined where it has no such place. */
  readonly revokeAfter?: string | undefined
  readonly reference?: string | undefined
  /** The row is not one of `only-rows`, so the user stays. Nothing but the address is read. */
  readonly isUnselected?: boolean
  /** What is wrong with single fields. */
  readonly problems?: readonly Problem[]
  /** What is wrong with the row as a whole; nothing else in it can be trusted. */
  readonly broken?: Problem
}

export interface ListContent {
  readonly entries: readonly UserEntry[]
  /** What is wrong with the list as a whole, if not with single entries. */
  readonly problems?: readonly Problem[]
  /** What messages call the date of a user, if not `revoke_after`. */
  readonly dateName?: string
  /** Whether an account ends when the day of its date begins. */
  readonly endsAtMidnight?: boolean
  /** Why the list counts as one without users, although it may have entries. */
  readonly emptiness?: Problem
  /** Lines for the log. */
  readonly notes?: readonly string[]
}

export interface ReadList extends ListContent {
  /** As messages name it: by the name of the file, or `email`. */
  readonly name: Place
  readonly origin: 'email' | 'file'
  /** As it was read, before anything was done to it. */
  readonly sha256: string
}

/** No list of leavers has more rows. */
export const MAX_ENTRIES = 25_000

/** @param line - from 1 */
export function placeIn(list: Place, line: number): Place {
  return { ...list, source: `${list.source}:${line}`, line }
}

/** Texts from outside as a part of a sentence: `"Name", "Mail", and 3 more`, with up to 50 of them named. */
export function shownValues(texts: readonly string[]): string {
  return withMore(texts.slice(0, 50).map(shownValue), texts.length)
}

function withMore(shown: readonly string[], count: number): string {
  const more = count - shown.length
  return `${shown.join(', ')}${more > 0 ? `, and ${grouped(more)} more` : ''}`
}

/** So many equal problems are told one by one; one that stands for more names so many of their rows. */
const [MAX_ALIKE, MAX_NUMBERS] = [5, 10]

/**
 * Tells the same problem of many rows once, with the number of the rows and the first of their lines. Problems are the
 * same if they differ only in what they quote, and in numbers.
 */
export function toldOnce(problems: readonly Problem[]): Problem[] {
  const rowOf = ({ at }: Problem): string | undefined => /:(\d+)$/.exec(at?.source ?? '')?.[1]
  const kindOf = ({ what, at }: Problem): string => `${at?.source ?? ''} ${what}`.replace(/"[^"]*"|\d+/g, '')
  const groups = Map.groupBy(problems, kindOf)
  return problems.flatMap((found) => {
    const alike = groups.get(kindOf(found)) ?? []
    if (alike.length <= MAX_ALIKE || rowOf(found) === undefined) return [found]
    const rows = alike.slice(0, MAX_NUMBERS).flatMap((one) => rowOf(one) ?? [])
    const text = `${quantity(alike.length, 'such row')}: ${withMore(rows, alike.length)}`
    return found === alike[0] ? [{ ...found, what: `${found.what} (${text})` }] : []
  })
}

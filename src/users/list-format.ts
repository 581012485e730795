import type { DateFormat } from './dates.ts'

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
}

/** How text from a list may appear in a message. */
export interface Show {
  /** What somebody is said to be: an address, a date. It may be anything. */
  readonly value: (text: string) => string
  /** The name of something: a column, a key, a file. */
  readonly name: (text: string) => string
}
